import { fieldNamed } from '../metadata/metadata.ts';
import type { Entity } from '../metadata/model.ts';
import type { Translate } from '../problem/message.ts';
import type { AnalysedFilter } from './analysed.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { DocumentFix } from './documentFix.ts';
import { editInDocument } from './place.ts';
import type { Document } from './workspace.ts';

/**
 * `Projects.ParentProject` in a filter of Finance and Operations, whose only data source is the entity itself
 * (`dualwrite.md` 2.1, F7): the field alone where the entity of the map is what is named, or the field that the entity
 * makes of it where one of its data sources is. Undefined where neither is known.
 */
export function dottedFieldFix(
  { problem, filter }: Diagnostic,
  document: Document,
  translate: Translate,
): DocumentFix | undefined {
  if (problem.code !== 'dotted-field' || filter?.site.side !== 'fo') return undefined;
  const dataSource = String(problem.args?.['dataSource'] ?? '');
  const text = meantField(filter, dataSource, String(problem.args?.['field'] ?? ''));
  if (text === undefined) return undefined;
  const edit = editInDocument(filter, { span: problem.span, text });
  return {
    title: translate('fix.replace-name', { text }),
    preferred: true,
    change: { edits: [{ uri: document.uri, edits: [edit] }], files: [] },
  };
}

function meantField(
  { site, resolution }: AnalysedFilter,
  dataSource: string,
  field: string,
): string | undefined {
  const entity = resolution.kind === 'found' ? resolution.entity : undefined;
  const names = [
    ...(entity === undefined ? [] : [entity.name]),
    ...(site.leg === undefined ? [] : [site.leg.sourceSchema, ...site.leg.sourceEntityNames]),
  ].map(plain);
  const inSource = entity === undefined ? undefined : fieldOfSource(entity, dataSource, field);
  if (inSource !== undefined) return inSource;
  if (!names.includes(plain(dataSource))) return undefined;
  // Of an entity that is known, a field that it lacks would be the next problem.
  return entity === undefined ? field : fieldNamed(entity, field)?.name;
}

/** The field under which an entity shows one of a data source. */
function fieldOfSource(entity: Entity, dataSource: string, field: string): string | undefined {
  const found = entity.fields.filter(
    (each) =>
      each.kind === 'mapped' &&
      each.dataSource.toLowerCase() === dataSource.toLowerCase() &&
      each.dataField.toLowerCase() === field.toLowerCase(),
  );
  return found.length === 1 ? found[0]?.name : undefined;
}

/** A label has blanks that a name has not: `Customers V3` is written `CustomersV3`. */
const plain = (name: string): string => name.replaceAll(/[\s_-]/gu, '').toLowerCase();
