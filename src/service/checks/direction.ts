import type { ODataExpression } from '../../filter/odata/ast.ts';
import { visitOData } from '../../filter/odata/visit.ts';
import type { XppExpression, XppField } from '../../filter/xpp/ast.ts';
import { placesOf, type XppPlace } from '../../filter/xpp/places.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Span } from '../../text/span.ts';
import { isFrom, type LegFacts } from './legFacts.ts';

/**
 * Whether a filter and the mappings of its leg go the same way. Microsoft's own maps filter on fields that are
 * not mapped this way (`dualwrite.md` 5), so all of it is information.
 */
export function checkDirection(
  fields: readonly FieldUse[],
  source: string,
  facts: LegFacts,
): readonly Problem[] {
  if (!facts.isKnown || source.trim() === '') return [];
  const variant = facts.side;
  if (!facts.isSource) {
    const start = source.length - source.trimStart().length;
    const span = { start, end: source.trimEnd().length };
    return [{ code: 'dead-filter', variant, span }];
  }
  return fields.flatMap(({ name, span }): readonly Problem[] => {
    const mappings = facts.mappingsOf(name);
    if (mappings.some((mapping) => isFrom(mapping, facts.side))) return [];
    return [
      {
        code: 'untracked-field',
        variant: mappings.length === 0 ? 'unmapped' : 'otherWay',
        span,
        args: { field: name },
      },
    ];
  });
}

export interface FieldUse {
  readonly name: string;
  readonly span: Span;
}

/** The fields that a filter compares, each where it stands first. */
export function xppFields(root: XppExpression): readonly FieldUse[] {
  const uses = new Map<string, FieldUse>();
  for (const { node } of fieldPlaces(root)) {
    if (node.dataSource === undefined) note(uses, node);
  }
  return [...uses.values()];
}

/** Every field that a filter compares. */
export const fieldPlaces = (root: XppExpression): readonly FieldPlace[] =>
  placesOf(root).filter(isComparedField);

interface FieldPlace extends XppPlace {
  readonly node: XppField;
  readonly above: XppPlace;
}

const isComparedField = (place: XppPlace): place is FieldPlace =>
  place.node.kind === 'field' && place.above?.node.kind === 'comparison';

export function odataFields(columns: readonly ColumnUse[]): readonly FieldUse[] {
  const uses = new Map<string, FieldUse>();
  for (const column of columns) if (!column.isPath) note(uses, column);
  return [...uses.values()];
}

/** A column of the table wherever a filter names it, or a path that begins with one. */
export interface ColumnUse extends FieldUse {
  readonly isPath: boolean;
}

export function columnsOf(root: ODataExpression): readonly ColumnUse[] {
  const uses: ColumnUse[] = [];
  visitOData(root, ({ expression }) => {
    const { kind, span } = expression;
    if (kind === 'property') uses.push({ name: expression.name, span, isPath: false });
    if (kind !== 'path') return true;
    const [first] = expression.steps;
    if (first?.kind === 'property') uses.push({ name: first.name, span, isPath: true });
    // What lies behind a lookup is no column of this table.
    return false;
  });
  return uses;
}

function note(uses: Map<string, FieldUse>, { name, span }: FieldUse): void {
  const key = name.toLowerCase();
  if (!uses.has(key)) uses.set(key, { name, span });
}
