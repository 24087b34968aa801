import type { Edit } from '../../text/edit.ts';
import { contains, type Span } from '../../text/span.ts';
import type {
  ODataComparison,
  ODataExpression,
  ODataLogical,
  ODataNot,
  ODataRelation,
} from '../odata/ast.ts';
import { meaningOfOData } from '../odata/meaning.ts';
import { parseOData } from '../odata/parse.ts';
import { visitOData } from '../odata/visit.ts';
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
 * Ways to rewrite a filter of the Dataverse side. All but `negateOData` keep its meaning, which
 * test/unit/filter/convert/refactor.test.ts proves over random filters. No edits: nothing to do, or the filter
 * has a mistake in it.
 */

/** Takes away `((…))`, parentheses around the whole, and those around a chain inside one of the same operator. */
export function removeParenthesesOData(source: string): readonly Edit[] {
  const [root, ...others] = conditionsIn(source);
  if (root === undefined) return [];
  const edits: Edit[] = root.kind === 'group' ? [...withoutParentheses(source, root.span)] : [];
  for (const node of [root, ...others]) {
    if (node.kind === 'group' && node.expression.kind === 'group') {
      edits.push(...withoutParentheses(source, node.expression.span));
    }
    if (node.kind !== 'logical') continue;
    for (const operand of node.operands) {
      if (operand.kind !== 'group') continue;
      const inner = ungrouped(operand);
      if (inner.kind === 'logical' && inner.operator === node.operator) {
        edits.push(...withoutParentheses(source, operand.span));
      }
    }
  }
  return merged(edits);
}

/** Puts what `and` holds together beside an `or` into parentheses, where only precedence does. */
export function addParenthesesOData(source: string): readonly Edit[] {
  const edits = conditionsIn(source).flatMap((node) =>
    node.kind === 'logical'
      ? node.operands.filter(({ kind }) => kind === 'logical').map(({ span }) => span)
      : [],
  );
  return merged(edits.flatMap(withParentheses));
}

/** Turns the selected part, or the whole, into its opposite: rows with null answer neither (`dualwrite.md` 3.2). */
export function negateOData(source: string, selection?: Span): readonly Edit[] {
  const nodes = conditionsIn(source);
  const node = selection === undefined ? nodes[0] : smallestAround(nodes, selection);
  return node === undefined ? [] : merged(opposite(node) ?? []);
}

/** Takes away the `not` around a selection and turns what it negated into its opposite (De Morgan). */
export function resolveNegationOData(source: string, selection?: Span): readonly Edit[] {
  const negations = conditionsIn(source).filter((node): node is ODataNot => node.kind === 'not');
  const node = selection === undefined ? negations[0] : smallestAround(negations, selection);
  if (node === undefined || isFlat(node.operand)) return [];
  const inner = opposite(node.operand);
  return inner === undefined
    ? []
    : merged([removal(node.span.start, node.operand.span.start), ...inner]);
}

/** Sorts the values in `f eq 2 or f eq 1 or f eq 2`, each once. */
export function sortAlternativesOData(source: string, selection?: Span): readonly Edit[] {
  return conditionsIn(source).flatMap((node) => {
    if (node.kind !== 'logical' || node.operator !== 'or') return [];
    if (selection !== undefined && !contains(node.span, selection)) return [];
    const operands = node.operands.map((operand) => ({
      span: operand.span,
      meaning: meaningOfOData(operand),
    }));
    return sortedChain(source, node.span, operands, ' or ');
  });
}

const NEGATED: Readonly<Partial<Record<ODataRelation, ODataRelation>>> = {
  eq: 'ne',
  ne: 'eq',
  lt: 'ge',
  le: 'gt',
  gt: 'le',
  ge: 'lt',
};

/** The edits that make a condition its opposite. Undefined for what has none. */
function opposite(node: ODataExpression): readonly Edit[] | undefined {
  const { start, end } = node.span;
  switch (node.kind) {
    case 'comparison': {
      const negated = NEGATED[node.operator.name];
      return negated === undefined
        ? [insertion(start, 'not ('), insertion(end, ')')]
        : [{ span: node.operator.span, text: negated }];
    }
    case 'not':
      return [removal(start, node.operand.span.start)];
    case 'group':
      return opposite(node.expression);
    case 'logical':
      return oppositeOfLogical(node);
    case 'boolean':
      return [{ span: node.span, text: String(!node.value) }];
    case 'property':
    case 'call':
    case 'path':
      return [insertion(start, 'not ')];
    default:
      return undefined;
  }
}

function oppositeOfLogical(node: ODataLogical): readonly Edit[] | undefined {
  const name = node.operator === 'and' ? 'or' : 'and';
  const edits = node.operators.map(({ span }): Edit => ({ span, text: name }));
  for (const operand of node.operands) {
    const inner = opposite(operand);
    if (inner === undefined) return undefined;
    // `a and b or c` becomes `(a or b) and c`: what bound tighter binds looser.
    const [open, close] = operand.kind === 'logical' ? withParentheses(operand.span) : [];
    edits.push(...(open === undefined ? [] : [open]), ...inner);
    if (close !== undefined) edits.push(close);
  }
  return edits;
}

/** Whatever answers true or false, each before its parts; what stands inside a function is left out. */
function conditionsIn(source: string): readonly ODataExpression[] {
  const root = soundTree(parseOData(source));
  if (root === undefined) return [];
  const nodes: ODataExpression[] = [];
  visitOData(root, ({ expression }) => {
    nodes.push(expression);
    return (
      expression.kind === 'logical' || expression.kind === 'not' || expression.kind === 'group'
    );
  });
  return nodes;
}

const ungrouped = (node: ODataExpression): ODataExpression =>
  node.kind === 'group' ? ungrouped(node.expression) : node;

/** Whether its opposite is written with `not` anyway. */
function isFlat(node: ODataExpression): boolean {
  const inner = ungrouped(node);
  if (inner.kind === 'comparison') return isUnnegatable(inner);
  return inner.kind === 'call' || inner.kind === 'property' || inner.kind === 'path';
}

const isUnnegatable = ({ operator }: ODataComparison): boolean =>
  NEGATED[operator.name] === undefined;
