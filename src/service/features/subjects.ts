import type { ODataExpression } from '../../filter/odata/ast.ts';
import { visitOData } from '../../filter/odata/visit.ts';
import type { XppExpression, XppLiteral, XppOperand } from '../../filter/xpp/ast.ts';
import { placesOf } from '../../filter/xpp/places.ts';
import type { Span } from '../../text/span.ts';
import type { ParsedFilter } from '../analysed.ts';
import type { Subject } from './docs.ts';

/** A part of a filter that can be explained, where it stands. */
export interface PlacedSubject {
  readonly subject: Subject;
  readonly span: Span;
}

/** What stands at an offset. Of two parts that meet there it is the one that begins. */
export function subjectAt(parsed: ParsedFilter, offset: number): PlacedSubject | undefined {
  const found: PlacedSubject[] = [];
  const add = (subject: Subject | undefined, span: Span): void => {
    if (
      subject !== undefined &&
      span.start <= offset &&
      offset <= span.end &&
      span.end > span.start
    )
      found.push({ subject, span });
  };
  if (parsed.expression === undefined) return undefined;
  if (parsed.language === 'xpp') addXpp(parsed.expression, add);
  else addOData(parsed.expression, add);
  return found.toSorted((a, b) => b.span.start - a.span.start)[0];
}

type Add = (subject: Subject | undefined, span: Span) => void;

function addXpp(expression: XppExpression, add: Add): void {
  for (const { node } of placesOf(expression)) {
    switch (node.kind) {
      case 'chain':
        for (const { operator, span } of node.operators) add(operatorNamed(operator), span);
        break;
      case 'not':
        add(operatorNamed('!'), { start: node.span.start, end: node.span.start + 1 });
        break;
      case 'comparison': {
        const { left, right, operator } = node;
        add(operatorNamed(operator.text), operator.span);
        addXppOperand(left, right, add);
        addXppOperand(right, left, add);
        break;
      }
      case 'call':
        add(
          { kind: 'function', name: node.name },
          { start: node.span.start, end: node.span.start + node.name.length },
        );
        for (const argument of node.args) addXppOperand(argument, undefined, add);
        break;
      default:
        break;
    }
  }
}

const operatorNamed = (name: string): Subject => ({ kind: 'operator', name });

function addXppOperand(operand: XppOperand, other: XppOperand | undefined, add: Add): void {
  if (operand.kind === 'field') add({ kind: 'field', name: operand.name }, operand.span);
  else if (operand.kind !== 'call' && operand.kind !== 'missing') {
    add(xppLiteral(operand, other?.kind === 'field' ? other.name : undefined), operand.span);
  }
}

function xppLiteral(literal: XppLiteral, field: string | undefined): Subject | undefined {
  switch (literal.kind) {
    case 'date':
      return { kind: 'date', iso: literal.value };
    case 'datetime':
      return { kind: 'dateTime', iso: literal.value };
    case 'string':
      return field === undefined ? undefined : { kind: 'value', value: literal.value, of: field };
    case 'enum':
      return field === undefined ? undefined : { kind: 'value', value: literal.element, of: field };
    default:
      return undefined;
  }
}

function addOData(expression: ODataExpression, add: Add): void {
  visitOData(expression, ({ expression: node, above }) => {
    switch (node.kind) {
      case 'logical':
      case 'arithmetic':
        for (const { text, name, span } of node.operators) {
          add(operatorNamed(text === '' ? text : name), span);
        }
        return;
      case 'not':
        add(operatorNamed('not'), node.operator.span);
        return;
      case 'comparison':
        add(operatorNamed(node.operator.name), node.operator.span);
        return;
      case 'call':
        add({ kind: 'function', name: node.name }, node.nameSpan);
        return;
      case 'property':
        // Behind a slash it is a column of another table.
        if (above?.expression.kind !== 'path') add({ kind: 'column', name: node.name }, node.span);
        return;
      case 'date':
        add({ kind: 'date', iso: node.value }, node.span);
        return;
      case 'dateTimeOffset':
        add({ kind: 'dateTime', iso: node.value }, node.span);
        return;
      case 'integer':
      case 'boolean':
      case 'string':
      case 'guid': {
        const column = comparedColumn(node, above?.expression);
        add(
          column === undefined
            ? undefined
            : {
                kind: 'value',
                value: String(node.kind === 'integer' ? node.text : node.value),
                of: column,
              },
          node.span,
        );
        return;
      }
      default:
    }
  });
}

/** The column that a constant is compared with. */
export function comparedColumn(
  node: ODataExpression,
  above: ODataExpression | undefined,
): string | undefined {
  if (above?.kind !== 'comparison') return undefined;
  const other = above.left === node ? above.right : above.left;
  return other.kind === 'property' ? other.name : undefined;
}
