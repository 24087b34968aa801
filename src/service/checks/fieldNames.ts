import { nearest } from '../../filter/odata/nearest.ts';
import type { XppExpression } from '../../filter/xpp/ast.ts';
import { rewriting } from '../../filter/xpp/checks/check.ts';
import { placesOf } from '../../filter/xpp/places.ts';
import { isSystemField } from '../../metadata/fieldType.ts';
import { fieldNamed, type Metadata } from '../../metadata/metadata.ts';
import type { Entity } from '../../metadata/model.ts';
import type { Fix, Problem } from '../../problem/problem.ts';
import type { Span } from '../../text/span.ts';

/** Behind so many wrong names, likeness is not worth the time it takes. */
const MOST_GUESSES = 100;

/**
 * Names that are no fields of the entity, and fields that are no columns (`dualwrite.md` section 6, F1, F3). What the
 * map maps exists where it runs, whatever the files at hand say.
 */
export function checkFieldNames(
  root: XppExpression,
  entity: Entity,
  isField: (name: string) => boolean,
  metadata: Metadata,
): readonly Problem[] {
  const problems: Problem[] = [];
  const isWhole = metadata.isWhole(entity);
  for (const { node, above } of placesOf(root)) {
    if (node.kind !== 'field' || above?.node.kind !== 'comparison') continue;
    if (node.dataSource !== undefined || node.element !== undefined) continue;
    const { name, span } = node;
    const args = { field: name, entity: entity.name };
    const known = fieldNamed(entity, name);
    if (known?.kind === 'virtual') {
      problems.push({
        code: 'virtual-field',
        span,
        args,
        related: [{ ...known.origin, message: 'virtual-field', args: { field: known.name } }],
      });
    }
    if (known !== undefined || isField(name) || isSystemField(name)) continue;
    problems.push({
      code: isWhole ? 'unknown-field' : 'unlisted-field',
      span,
      args,
      fixes: problems.length < MOST_GUESSES ? meantFields(name, entity, span) : [],
    });
  }
  return problems;
}

function meantFields(name: string, entity: Entity, span: Span): readonly Fix[] {
  const columns = entity.fields.filter(({ kind }) => kind !== 'virtual');
  const near = nearest(
    name.toLowerCase(),
    columns.map((field) => field.name.toLowerCase()),
  );
  const meant = columns.find((field) => field.name.toLowerCase() === near);
  return meant === undefined ? [] : [rewriting('replace-name', span, meant.name)];
}
