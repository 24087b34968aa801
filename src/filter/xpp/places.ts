import type { XppExpression, XppOperand } from './ast.ts';
import { fieldComparison, type FieldComparison } from './compared.ts';

/** An expression where it stands. */
export interface XppPlace<Node extends XppExpression | XppOperand = XppExpression | XppOperand> {
  readonly node: Node;
  /** What it is a part of; undefined at the root. */
  readonly above: XppPlace | undefined;
  /** Which of its parts it is. */
  readonly index: number;
  /** Where it compares a field with a constant. */
  readonly compared: FieldComparison | undefined;
}

function partsOf(node: XppExpression | XppOperand): readonly (XppExpression | XppOperand)[] {
  switch (node.kind) {
    case 'chain':
      return node.operands;
    case 'group':
      return [node.expression];
    case 'not':
      return [node.operand];
    case 'comparison':
      return [node.left, node.right];
    case 'call':
      return node.args;
    default:
      return [];
  }
}

const placeOf = (node: XppPlace['node'], above: XppPlace | undefined, index: number): XppPlace => ({
  node,
  above,
  index,
  compared: fieldComparison(node),
});

/** A place that compares a field with a constant. */
export interface ComparedPlace extends XppPlace {
  readonly compared: FieldComparison;
}

interface Places {
  readonly all: readonly XppPlace[];
  readonly compared: readonly ComparedPlace[];
}

const known = new WeakMap<XppExpression | XppOperand, Places>();

/** Every part of an expression in the order of the text, each before its own parts. */
export const placesOf = (root: XppExpression | XppOperand): readonly XppPlace[] =>
  readPlaces(root).all;

/** Those of the parts that compare a field with a constant. */
export const comparedIn = (root: XppExpression): readonly ComparedPlace[] =>
  readPlaces(root).compared;

/** Without recursion, and made once: a filter is asked a dozen questions. */
function readPlaces(root: XppExpression | XppOperand): Places {
  const before = known.get(root);
  if (before !== undefined) return before;
  const all: XppPlace[] = [];
  const pending: XppPlace[] = [placeOf(root, undefined, 0)];
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    all.push(place);
    const parts = partsOf(place.node);
    for (let index = parts.length - 1; index >= 0; index -= 1) {
      const node = parts[index];
      if (node !== undefined) pending.push(placeOf(node, place, index));
    }
  }
  const places = { all, compared: all.filter(isCompared) };
  known.set(root, places);
  return places;
}

const isCompared = (place: XppPlace): place is ComparedPlace => place.compared !== undefined;
