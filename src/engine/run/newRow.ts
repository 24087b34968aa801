import type { ConfigTemplate, TemplateDefinition } from '../model/mapping.ts';
import { isNumbered, SERIES_DIGITS } from '../sides/numberSeries.ts';
import { blankOf, cellOf, type StoredField } from '../store/rowTables.ts';
import { sqlText } from '../store/sqlText.ts';
import type { CompiledRun } from './compiled.ts';
import { readSql } from './readSql.ts';
import { fieldOf } from '../store/rowTables.ts';
import { sqlOfView } from './view.ts';

/** The templates of a run by ascending priority; the first whose filter lets the source row pass is taken. */
export const templatesOf = ({ mapping, direction }: CompiledRun): readonly ConfigTemplate[] =>
  (
    (direction === 'ToIntegrationTable' ? mapping.integrationTemplates : mapping.templates) ?? []
  ).toSorted((left, right) => (left.priority ?? 0) - (right.priority ?? 0));

export const templateNamed = (
  { settings }: CompiledRun,
  code: string,
): TemplateDefinition | undefined => settings.templates.find((template) => template.code === code);

/** The number, from 1, of the template that applies to a source row `s`; 0 for none. */
export function templateSql(run: CompiledRun): string {
  const templates = templatesOf(run);
  if (templates.length === 0) return '0';
  const cases = templates.map(
    ({ filter }, index) => `WHEN ${sourceViewSql(run, filter)} THEN ${index + 1}`,
  );
  return `CASE ${cases.join(' ')} ELSE 0 END`;
}

/** A stored view over the source row `s`. */
export const sourceViewSql = (run: CompiledRun, view: string | undefined): string =>
  sqlOfView(view, run.source, (name) => {
    const field = fieldOf(run.source, name);
    return field && readSql(run.source, field, 's', run.all);
  });

/**
 * The value of a field of a new row. Templates override what is mapped (`bc-sync.md` 2.8).
 *
 * @param number SQL for the number of the row in its series.
 */
export function insertedSql(run: CompiledRun, stored: StoredField, number: string): string {
  const { field, column } = stored;
  const mapped = run.fields.find((transfer) => transfer.column === column)?.inserted;
  const series = isNumbered(run.destination, field)
    ? `${sqlText(run.destination.definition.numberSeries ?? '')} || printf('%0${SERIES_DIGITS}d', ${number})`
    : undefined;
  const blank = run.destination.side === 'Dataverse' ? 'NULL' : sqlText(blankOf(field));
  const plain =
    series === undefined
      ? (mapped ?? companySql(run, field.name) ?? blank)
      : mapped === undefined
        ? series
        : `coalesce(nullif(${mapped}, ''), ${series})`;
  const cases = templatesOf(run).flatMap(({ filter, code }) => {
    const values = Object.entries(templateNamed(run, code)?.values ?? {});
    const value = values.find(([name]) => name.toLowerCase() === field.name.toLowerCase())?.[1];
    const then = value === undefined ? plain : sqlText(cellOf(value));
    return [`WHEN ${sourceViewSql(run, filter)} THEN ${then}`];
  });
  return cases.length === 0 ? plain : `CASE ${cases.join(' ')} ELSE ${plain} END`;
}

/** A row of Dataverse that is coupled belongs to the company (`bc-sync.md` 1.2). */
const companySql = ({ destination, settings }: CompiledRun, name: string): string | undefined =>
  destination.definition.companyField?.toLowerCase() === name.toLowerCase()
    ? sqlText(settings.company)
    : undefined;
