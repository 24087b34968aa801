import { ok } from 'node:assert/strict';
import type { XppExpression, XppOperand } from '../../src/filter/xpp/ast.ts';
import { parseXpp } from '../../src/filter/xpp/parse.ts';
import { contains, type Span } from '../../src/text/span.ts';

type Node = XppExpression | XppOperand;

/** A tree on one line: what each part was read as, blanks and case of keywords aside. */
export function printed(node: Node): string {
  switch (node.kind) {
    case 'chain':
      return `[${node.operands
        .map((operand, index) => {
          const connector = node.operators[index - 1];
          return `${connector === undefined ? '' : ` ${connector.operator} `}${printed(operand)}`;
        })
        .join('')}]`;
    case 'not':
      return `!${printed(node.operand)}`;
    case 'group':
      return `(${printed(node.expression)})`;
    case 'comparison':
      return `${printed(node.left)} ${node.relation} ${printed(node.right)}`;
    case 'call':
      return `${node.name}(${node.args.map(printed).join(', ')})`;
    case 'field':
      return [
        node.dataSource === undefined ? '' : `${node.dataSource}.`,
        node.name,
        node.element === undefined ? '' : `[${node.element}]`,
      ].join('');
    case 'string':
      return JSON.stringify(node.value);
    case 'integer':
    case 'real':
    case 'date':
    case 'datetime':
    case 'guid':
      return `${node.kind}:${node.value}`;
    case 'enum':
      return `${node.enumName}::${node.element}`;
    case 'placeholder':
      return node.text;
    case 'missing':
      return '_';
  }
}

/** Children in the order of the text. */
function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'chain':
      return node.operands;
    case 'not':
      return [node.operand];
    case 'group':
      return [node.expression];
    case 'comparison':
      return [node.left, node.right];
    case 'call':
      return node.args;
    default:
      return [];
  }
}

/** Every span lies in that of its parent, behind its elder sibling's; operators lie between their operands. */
export function checkNesting(root: Node, source: string): void {
  const within = (outer: Span, inner: Span, what: string): void =>
    ok(
      inner.start <= inner.end && contains(outer, inner),
      `${what} ${inner.start}..${inner.end} is not inside ${outer.start}..${outer.end} of ${source}`,
    );
  const check = (node: Node, outer: Span): void => {
    within(outer, node.span, node.kind);
    let { start } = node.span;
    for (const child of childrenOf(node)) {
      check(child, { start, end: node.span.end });
      start = child.span.end;
    }
    if (node.kind === 'comparison') {
      const gap = { start: node.left.span.end, end: node.right.span.start };
      within(gap, node.operator.span, 'operator');
    }
    if (node.kind === 'chain') {
      for (const [index, { span }] of node.operators.entries()) {
        const start = node.operands[index]?.span.end ?? 0;
        const end = node.operands[index + 1]?.span.start ?? source.length;
        within({ start, end }, span, 'connector');
      }
    }
  };
  check(root, { start: 0, end: source.length });
}

/** The tree of a source, and its problems as `code start..end` in the order of the text. */
export const parsed = (
  source: string,
): { readonly tree: string; readonly problems: readonly string[] } => {
  const { value, problems } = parseXpp(source);
  return {
    tree: value === undefined ? '-' : printed(value),
    problems: problems.map(
      ({ code, variant, span }) =>
        `${code}${variant === undefined ? '' : `.${variant}`} ${span.start}..${span.end}`,
    ),
  };
};
