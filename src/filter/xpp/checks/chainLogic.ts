import type { Fix, Problem } from '../../../problem/problem.ts';
import type { Span } from '../../../text/span.ts';
import type { XppChain, XppExpression, XppRelation } from '../ast.ts';
import { placesOf } from '../places.ts';
import { type CheckContext, quotedPart } from './check.ts';
import { fieldKey, isUniform, OPPOSITE, plainTerm, type Term, termKey, termsOf } from './terms.ts';
import { holds, type KnownValue, knownValue } from './values.ts';

/**
 * What the terms of a chain say about each other: the same twice, two that exclude each other, two of which one
 * always holds. Every answer is sound for rows without NULL, and NULL makes no term true.
 * Held by test/unit/filter/xpp/checks/chainLogic.test.ts against the evaluator.
 */
export function checkChains(root: XppExpression, context: CheckContext): readonly Problem[] {
  const problems: Problem[] = [];
  const done = new Set<XppChain>();
  for (const { node } of placesOf(root)) {
    if (node.kind !== 'chain' || done.has(node) || !isUniform(node)) continue;
    const terms = termsOf(node);
    for (const { owner } of terms) done.add(owner);
    problems.push(...checkTerms(terms, context));
  }
  return problems;
}

function checkTerms(terms: readonly Term[], context: CheckContext): readonly Problem[] {
  const problems: Problem[] = [];
  const told = new Map<string, Term>();
  const facts = new Map<string, Facts>();
  const decided = new Set<string>();
  for (const term of terms) {
    const plain = plainTerm(term);
    if (plain === undefined) continue;
    const key = termKey(plain, context);
    const first = told.get(key);
    if (first !== undefined) {
      problems.push(duplicate(term, context));
      continue;
    }
    told.set(key, term);

    const isOr = term.owner.operators[0]?.operator === '||';
    const relation =
      plain.plain === undefined ? undefined : isOr ? OPPOSITE[plain.plain] : plain.plain;
    const value = knownValue(plain.literal);
    if (relation === undefined || value === undefined) continue;
    const about = `${fieldKey(plain, context)} ${value.type}`;
    // The first pair says it; the rest of a long list would only repeat it.
    if (decided.has(about)) continue;
    const known = facts.get(about) ?? { unequal: new Map() };
    facts.set(about, known);
    const against = add(known, { relation, value, term });
    if (against === undefined) continue;
    decided.add(about);
    problems.push(conflict(term, against, terms, context));
  }
  return problems;
}

interface Fact {
  readonly relation: XppRelation;
  readonly value: KnownValue;
  readonly term: Term;
}

/** What must hold of one field for all terms to hold. */
interface Facts {
  readonly unequal: Map<string | number, Fact>;
  equal?: Fact;
  lower?: Fact;
  upper?: Fact;
}

/** Takes a fact in and answers one that excludes it. */
function add(facts: Facts, fact: Fact): Term | undefined {
  const { relation, value } = fact;
  const { equal, lower, upper, unequal } = facts;
  if (equal !== undefined && holds(equal.value, relation, value) === false) return equal.term;
  switch (relation) {
    case '==': {
      const against = [unequal.get(value.value), lower, upper].find(
        (other) => other !== undefined && holds(value, other.relation, other.value) === false,
      );
      facts.equal ??= fact;
      return against?.term;
    }
    case '!=':
      unequal.set(value.value, fact);
      return undefined;
    case '<':
    case '<=':
      if (!value.isOrdered) return undefined;
      if (isTighter(fact, upper, '<')) facts.upper = fact;
      return areApart(lower, fact) ? lower?.term : undefined;
    case '>':
    case '>=':
      if (!value.isOrdered) return undefined;
      if (isTighter(fact, lower, '>')) facts.lower = fact;
      return areApart(fact, upper) ? upper?.term : undefined;
    case 'like':
      return undefined;
  }
}

function isTighter(fact: Fact, than: Fact | undefined, strict: '<' | '>'): boolean {
  if (than === undefined || holds(fact.value, strict, than.value) === true) return true;
  return fact.value.value === than.value.value && fact.relation === strict;
}

/** Whether nothing lies above the one and below the other. */
function areApart(lower: Fact | undefined, upper: Fact | undefined): boolean {
  if (lower === undefined || upper === undefined) return false;
  if (holds(lower.value, '>', upper.value) === true) return true;
  const isStrict = lower.relation === '>' || upper.relation === '<';
  return lower.value.value === upper.value.value && isStrict;
}

function conflict(
  term: Term,
  against: Term,
  terms: readonly Term[],
  context: CheckContext,
): Problem {
  const { operator = '&&' } = term.owner.operators[0] ?? {};
  const span = term.operand.span;
  return {
    code: operator === '&&' ? 'never-true' : 'always-true',
    span,
    args: {
      first: quotedPart(context.source, against.operand.span),
      second: quotedPart(context.source, span),
      field: plainTerm(term)?.field.name ?? '',
    },
    fixes: otherConnector(term, terms, context),
  };
}

/** `A == "x" && A == "y"` was meant with `||`, `A != "x" || A != "y"` with `&&`; only such plain lists are sure. */
function otherConnector(
  { owner }: Term,
  terms: readonly Term[],
  context: CheckContext,
): readonly Fix[] {
  const operator = owner.operators[0]?.operator;
  const wanted = operator === '&&' ? '==' : '!=';
  const fields = new Set<string>();
  for (const term of terms) {
    const plain = plainTerm(term);
    if (plain?.plain !== wanted || term.owner !== owner) return [];
    fields.add(fieldKey(plain, context));
  }
  if (fields.size !== 1) return [];
  const text = operator === '&&' ? '||' : '&&';
  return [
    {
      title: 'replace-connectors',
      args: { text },
      edits: owner.operators.map(({ span }) => ({ span, text })),
    },
  ];
}

function duplicate(term: Term, { source }: CheckContext): Problem {
  return {
    code: 'duplicate-comparison',
    span: term.operand.span,
    args: { comparison: quotedPart(source, term.operand.span) },
    fixes: [
      {
        title: 'remove-comparison',
        edits: [{ span: removalSpan(term.owner, term.index), text: '' }],
        preferred: true,
      },
    ],
  };
}

/** An operand together with the connector that ties it to its neighbour. */
export function removalSpan({ operands }: XppChain, index: number): Span {
  const own = operands[index]?.span ?? { start: 0, end: 0 };
  const before = operands[index - 1];
  const after = operands[index + 1];
  return before === undefined
    ? { start: own.start, end: after?.span.start ?? own.end }
    : { start: before.span.end, end: own.end };
}
