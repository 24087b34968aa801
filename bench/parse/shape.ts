/** How many of each node a tree has: parsers that agree on it read the same filter. */
export interface Shape {
  readonly comparisons: number;
  readonly connectors: number;
  readonly negations: number;
}

export type Counts = { -readonly [Key in keyof Shape]: Shape[Key] };

export type Node = Readonly<Record<string, unknown>>;

/**
 * Counts over every object below `root`, whatever its class: trees of peers have nothing else in common.
 *
 * @param count adds what one node says.
 */
export function shapeOf(root: unknown, count: (node: Node, counts: Counts) => void): Shape {
  const counts: Counts = { comparisons: 0, connectors: 0, negations: 0 };
  const seen = new Set<object>();
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (!Array.isArray(value)) count(value as Node, counts);
    pending.push(...Object.values(value));
  }
  return counts;
}

export const textOfShape = ({ comparisons, connectors, negations }: Shape): string =>
  `${comparisons}/${connectors}/${negations}`;

const connectorsOf = ({ operators }: Node): number =>
  Array.isArray(operators) ? operators.length : 0;

/** Trees of the product and of the hand-written limit. */
export function countOwn(node: Node, counts: Counts): void {
  switch (node['kind']) {
    case 'comparison':
      counts.comparisons += 1;
      return;
    case 'logical':
    case 'chain':
      counts.connectors += connectorsOf(node);
      return;
    case 'not':
      counts.negations += 1;
      return;
    default:
  }
}

const RELATIONS: ReadonlySet<unknown> = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** Trees of JavaScript, as acorn and jsep make them. */
export function countJavaScript(node: Node, counts: Counts): void {
  const { type, operator } = node;
  if (type === 'UnaryExpression' && operator === '!') counts.negations += 1;
  if (type !== 'BinaryExpression' && type !== 'LogicalExpression') return;
  if (RELATIONS.has(operator)) counts.comparisons += 1;
  else if (operator === '&&' || operator === '||') counts.connectors += 1;
}

/** Trees of @actions/expressions: an operator is a token, and its arguments stand in a list where it joins. */
export function countActions(node: Node, counts: Counts): void {
  const lexeme = (node['operator'] as Node | undefined)?.['lexeme'];
  if (lexeme === undefined) return;
  const { args } = node;
  if (lexeme === '!') counts.negations += 1;
  else if (RELATIONS.has(lexeme)) counts.comparisons += 1;
  else if (Array.isArray(args)) counts.connectors += args.length - 1;
}

/** Tokens of odata-v4-parser and of @odata/parser, which descends from it. */
export function countV4(node: Node, counts: Counts): void {
  switch (node['type']) {
    case 'EqualsExpression':
    case 'NotEqualsExpression':
    case 'LesserThanExpression':
    case 'LesserOrEqualsExpression':
    case 'GreaterThanExpression':
    case 'GreaterOrEqualsExpression':
      counts.comparisons += 1;
      return;
    case 'AndExpression':
    case 'OrExpression':
      counts.connectors += 1;
      return;
    case 'NotExpression':
      counts.negations += 1;
      return;
    default:
  }
}

/** The flat conditions of CQN: operators are words between operands, groups lists of their own. */
export function countCqn(node: Node, counts: Counts): void {
  for (const list of Object.values(node)) {
    if (!Array.isArray(list)) continue;
    for (const word of list) {
      if (word === 'and' || word === 'or') counts.connectors += 1;
      else if (word === 'not') counts.negations += 1;
      else if (CQN_RELATIONS.has(word)) counts.comparisons += 1;
    }
  }
}

const CQN_RELATIONS: ReadonlySet<unknown> = new Set(['=', '!=', '<', '<=', '>', '>=', 'is', '<>']);
