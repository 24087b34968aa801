import type { Edit } from '../../text/edit.ts';
import { contains, type Span } from '../../text/span.ts';
import type { XppChain, XppComparison, XppExpression, XppNot, XppRelation } from '../xpp/ast.ts';
import { meaningOfXpp } from '../xpp/meaning.ts';
import { parseXpp } from '../xpp/parse.ts';
import { placesOf } from '../xpp/places.ts';
import {
  insertion,
  merged,
  removal,
  smallestAround,
  sortedChain,
  soundTree,
  withoutParentheses,
  withParentheses,
} from './refactoring.ts';

/*
 * Ways to rewrite a filter of the Finance and Operations side. All but `negateXpp` keep its meaning, which
 * test/unit/filter/convert/refactor.test.ts proves over random filters. No edits: nothing to do, or the filter
 * has a mistake in it.
 */

/** Takes away `((…))` and the parentheses around a chain inside a chain of the same operator. */
export function removeParenthesesXpp(source: string): readonly Edit[] {
  const edits: Edit[] = [];
  for (const node of expressionsIn(source)) {
    if (node.kind === 'group' && node.expression.kind === 'group') {
      edits.push(...withoutParentheses(source, node.expression.span));
    }
    if (node.kind !== 'chain') continue;
    const operator = soleOperator(node);
    for (const operand of node.operands) {
      // Only where the operators are the same: others read differently to people who know SQL (`dualwrite.md` 2.4).
      const inner = operand.kind === 'group' ? ungrouped(operand) : operand;
      if (inner.kind !== 'chain' || operator === undefined) continue;
      if (soleOperator(inner) === operator) edits.push(...withoutParentheses(source, operand.span));
    }
  }
  return merged(edits);
}

/**
 * Puts every comparison, the whole, and what `&&` and `||` in turns hold together into parentheses of its own,
 * as the documentation asks (`dualwrite.md` 2.2, rules 1 and 2; 2.4).
 */
export function addParenthesesXpp(source: string): readonly Edit[] {
  const root = soundTree(parseXpp(source));
  if (root === undefined) return [];
  const edits: Edit[] = root.kind === 'group' ? [] : [...withParentheses(root.span)];
  for (const node of expressionsIn(source)) {
    edits.push(...bareIn(node).flatMap(({ span }) => withParentheses(span)));
    if (node.kind !== 'chain') continue;
    for (const [index, { operator }] of node.operators.entries()) {
      const before = node.operators[index - 1];
      if (before === undefined || before.operator === operator) continue;
      const { end } = node.operands[index]?.span ?? node.span;
      edits.push(...withParentheses({ start: node.span.start, end }));
    }
  }
  return merged(edits);
}

/** Puts the bare comparisons in a selection into parentheses. */
export function parenthesiseXpp(source: string, selection: Span): readonly Edit[] {
  const bare = [...expressionsIn(source)].flatMap(bareIn);
  const meant = bare.filter(({ span }) => contains(span, selection) || contains(selection, span));
  return merged(meant.flatMap(({ span }) => withParentheses(span)));
}

/** Writes `==` for every `=`. */
export const doubleEqualsXpp = (source: string): readonly Edit[] =>
  [...expressionsIn(source)].flatMap((node) =>
    node.kind === 'comparison' && node.operator.text === '='
      ? [{ span: node.operator.span, text: '==' }]
      : [],
  );

/** Turns the selected part, or the whole, into its opposite: rows with NULL answer neither (`dualwrite.md` 4.3). */
export function negateXpp(source: string, selection?: Span): readonly Edit[] {
  const root = soundTree(parseXpp(source));
  if (root === undefined) return [];
  const node = selection === undefined ? root : smallestAround(expressionsIn(source), selection);
  return node === undefined ? [] : merged(opposite(node) ?? []);
}

/** Takes away the `!` around a selection and turns what it negated into its opposite (De Morgan). */
export function resolveNegationXpp(source: string, selection?: Span): readonly Edit[] {
  const negations = [...expressionsIn(source)].filter(
    (node): node is XppNot => node.kind === 'not',
  );
  const node = selection === undefined ? negations[0] : smallestAround(negations, selection);
  if (node === undefined) return [];
  const inner = opposite(node.operand);
  // A `like` would only get the `!` back.
  return inner === undefined ||
    (ungrouped(node.operand).kind === 'comparison' && isLike(node.operand))
    ? []
    : merged([removal(node.span.start, node.operand.span.start), ...inner]);
}

/** Sorts the values in `F == b || F == a || F == b`, each once. */
export function sortAlternativesXpp(source: string, selection?: Span): readonly Edit[] {
  return [...expressionsIn(source)].flatMap((node) => {
    if (node.kind !== 'chain' || soleOperator(node) !== '||') return [];
    if (selection !== undefined && !contains(node.span, selection)) return [];
    const operands = node.operands.map((operand) => {
      const inner = ungrouped(operand);
      const meaning = inner.kind === 'comparison' ? meaningOfXpp(inner) : undefined;
      return { span: operand.span, meaning };
    });
    return sortedChain(source, node.span, operands, ' || ');
  });
}

const NEGATED: Readonly<Record<Exclude<XppRelation, 'like'>, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

/**
 * The edits that make an expression its opposite, in place: since `&&` and `||` rank alike, the tree stays the same.
 * Undefined for what has no opposite.
 */
function opposite(node: XppExpression): readonly Edit[] | undefined {
  switch (node.kind) {
    case 'comparison':
      return node.relation === 'like'
        ? [insertion(node.span.start, '!('), insertion(node.span.end, ')')]
        : [{ span: node.operator.span, text: NEGATED[node.relation] }];
    case 'not':
      return [removal(node.span.start, node.operand.span.start)];
    case 'group':
      // `(F like "x")` has the parentheses that `!` needs.
      return isLike(node.expression) && node.expression.kind === 'comparison'
        ? [insertion(node.span.start, '!')]
        : opposite(node.expression);
    case 'chain': {
      const edits = node.operators.map(({ operator, span }): Edit => ({
        span,
        text: operator === '&&' ? '||' : '&&',
      }));
      for (const operand of node.operands) {
        const inner = opposite(operand);
        if (inner === undefined) return undefined;
        edits.push(...inner);
      }
      return edits;
    }
    case 'call':
    case 'missing':
      return undefined;
  }
}

function* expressionsIn(source: string): Generator<XppExpression> {
  const root = soundTree(parseXpp(source));
  if (root === undefined) return;
  for (const { node } of placesOf(root)) {
    if (isExpression(node)) yield node;
  }
}

const isExpression = (node: { readonly kind: string }): node is XppExpression =>
  ['chain', 'not', 'group', 'comparison', 'call'].includes(node.kind);

/** Comparisons directly in a chain or behind `!`. */
function bareIn(node: XppExpression): readonly XppComparison[] {
  const parts = node.kind === 'chain' ? node.operands : node.kind === 'not' ? [node.operand] : [];
  return parts.filter((part) => part.kind === 'comparison');
}

function soleOperator({ operators }: XppChain): '&&' | '||' | undefined {
  const [first] = operators;
  return operators.every(({ operator }) => operator === first?.operator)
    ? first?.operator
    : undefined;
}

const ungrouped = (node: XppExpression): XppExpression =>
  node.kind === 'group' ? ungrouped(node.expression) : node;

function isLike(node: XppExpression): boolean {
  const inner = ungrouped(node);
  return inner.kind === 'comparison' && inner.relation === 'like';
}
