import type { ODataExpression } from '../../filter/odata/ast.ts';
import type { XppExpression } from '../../filter/xpp/ast.ts';
import type { DataverseTable } from '../../metadata/dataverse/model.ts';
import type { Metadata } from '../../metadata/metadata.ts';
import type { Entity, FieldType } from '../../metadata/model.ts';
import { isBroken, type ProblemCode } from '../../problem/catalogue.ts';
import type { Problem } from '../../problem/problem.ts';
import { checkColumns } from './columns.ts';
import { checkFieldNames } from './fieldNames.ts';
import { checkFieldTypes } from './fieldTypes.ts';
import { xppFields } from './direction.ts';
import { checkKeyFields } from './keys.ts';

interface XppSurroundings {
  readonly entity: Entity | undefined;
  readonly isField: (name: string) => boolean;
  /** Undefined where nothing tells of any type. */
  readonly typeOf: ((field: string) => FieldType) | undefined;
  readonly metadata: Metadata;
}

/** What text and map tell of a filter, and what metadata adds to it or knows better. */
export function checkXppMetadata(
  expression: XppExpression | undefined,
  { entity, isField, typeOf, metadata }: XppSurroundings,
  told: readonly Problem[],
): readonly Problem[] {
  if (expression === undefined || typeOf === undefined || isBroken(told)) return told;
  if (entity === undefined) return together(told, checkFieldTypes(expression, typeOf, metadata));
  return together(told, [
    ...checkFieldNames(expression, entity, isField, metadata),
    ...checkFieldTypes(expression, typeOf, metadata),
    ...checkKeyFields(xppFields(expression), entity, metadata),
  ]);
}

/** The same for Dataverse. */
export function checkODataMetadata(
  expression: ODataExpression | undefined,
  table: DataverseTable | undefined,
  told: readonly Problem[],
): readonly Problem[] {
  if (expression === undefined || table === undefined || isBroken(told)) return told;
  return together(told, checkColumns(expression, table));
}

/** What is said with less knowledge about a place than metadata has. */
const WEAKER: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['untracked-field', 'label-literal']);

/** One place, one problem: the text's own goes first, unless it was a guess that metadata replaces. */
function together(told: readonly Problem[], added: readonly Problem[]): readonly Problem[] {
  if (added.length === 0) return told;
  const placeOf = ({ span }: Problem): string => `${span.start} ${span.end}`;
  const places = new Set(told.filter(({ code }) => !WEAKER.has(code)).map(placeOf));
  const kept = added.filter((problem) => !places.has(placeOf(problem)));
  const replaced = new Set(kept.map(placeOf));
  return [
    ...told.filter((problem) => !WEAKER.has(problem.code) || !replaced.has(placeOf(problem))),
    ...kept,
  ];
}
