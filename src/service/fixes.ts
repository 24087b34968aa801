import { fieldWithLiteral } from '../filter/meaning/evaluate.ts';
import { comparisonsOf } from '../filter/meaning/condition.ts';
import { nullSafeColumn } from '../generate/nullSafeColumn.ts';
import type { Translate } from '../problem/message.ts';
import { addedDefault } from './defaultMapping.ts';
import type { Diagnostic } from './diagnostics.ts';
import { suppressionEdit } from './directives.ts';
import type { DocumentFix } from './documentFix.ts';
import { dottedFieldFix } from './dottedField.ts';
import { editInDocument } from './place.ts';
import type { Document, Workspace } from './workspace.ts';

export function fixesOf(
  diagnostic: Diagnostic,
  document: Document,
  workspace: Workspace,
  translate: Translate,
): readonly DocumentFix[] {
  const { problem, filter } = diagnostic;
  const fixes = (problem.fixes ?? []).map(
    ({ title, args, edits, preferred = false }): DocumentFix => ({
      title: translate(`fix.${title}`, args),
      preferred,
      change: {
        edits: [
          {
            uri: document.uri,
            edits: filter === undefined ? edits : edits.map((edit) => editInDocument(filter, edit)),
          },
        ],
        files: [],
      },
    }),
  );
  const column = nullSafeColumnFix(diagnostic, document, workspace, translate);
  const mapping = defaultMappingFix(diagnostic, document, translate);
  const field = dottedFieldFix(diagnostic, document, translate);
  const suppression = suppressionFix(diagnostic, document, translate);
  return [...fixes, column, mapping, field, suppression].filter((fix) => fix !== undefined);
}

/** Offered last, and not for what keeps a filter from working at all. */
function suppressionFix(
  { code, phase }: Diagnostic,
  document: Document,
  translate: Translate,
): DocumentFix | undefined {
  if (phase !== 'semantic' || code === 'unused-suppression') return undefined;
  const edit = suppressionEdit(document, code);
  if (edit === undefined) return undefined;
  return {
    title: translate('fix.suppress-in-file', { code }),
    preferred: false,
    change: { edits: [{ uri: document.uri, edits: [edit] }], files: [] },
  };
}

/** Maps the default that would let rows of the other side pass the filter. */
function defaultMappingFix(
  { problem, filter }: Diagnostic,
  document: Document,
  translate: Translate,
): DocumentFix | undefined {
  const leg = filter?.site.leg;
  if (filter === undefined || leg === undefined) return undefined;
  if (problem.code !== 'may-not-return' || problem.variant !== 'default') return undefined;
  const field = String(problem.args?.['field'] ?? '');
  const value = String(problem.args?.['value'] ?? '');
  const edit = addedDefault(leg, document.text, { side: filter.site.side, field, value });
  if (edit === undefined) return undefined;
  return {
    title: translate('fix.add-default', { field, value }),
    preferred: false,
    change: { edits: [{ uri: document.uri, edits: [edit] }], files: [] },
  };
}

/** Generates the column and lets every comparison of the field in this filter use it. */
export function nullSafeColumnFix(
  { problem, filter }: Diagnostic,
  document: Document,
  workspace: Workspace,
  translate: Translate,
): DocumentFix | undefined {
  if (filter?.resolution.kind !== 'found' || problem.code !== 'null-lost') return undefined;
  const compared = comparisonsOf(filter.meaning).map(fieldWithLiteral);
  const field = String(problem.args?.['field'] ?? '');
  const uses = compared.filter((use) => use?.field.name.toLowerCase() === field.toLowerCase());
  const [first] = uses;
  if (first === undefined) return undefined;
  const column = nullSafeColumn(filter.resolution.entity, field, first.literal.value, workspace);
  if (column === undefined) return undefined;
  const edits = uses
    .filter((use) => use !== undefined)
    .map((use) => editInDocument(filter, { span: use.field.span, text: column.name }));
  const isNew = column.change.edits.length + column.change.files.length > 0;
  return {
    title: translate(isNew ? 'fix.add-null-safe-column' : 'fix.use-null-safe-column', {
      column: column.name,
      entity: filter.resolution.entity.name,
    }),
    preferred: true,
    change: {
      edits: [{ uri: document.uri, edits }, ...column.change.edits],
      files: column.change.files,
    },
  };
}
