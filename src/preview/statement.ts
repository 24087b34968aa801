import type { Condition } from '../filter/meaning/condition.ts';
import { type Approximation, leftFold, quotedText, sqlTextOf } from '../filter/meaning/sqlText.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { Entity } from '../metadata/model.ts';

/** The company and partition that the generated statement is limited to. */
export interface StatementContext {
  readonly company: string;
  readonly partition: string;
}

export const defaultContext: StatementContext = { company: 'usmf', partition: '5637144576' };

export interface Statement {
  readonly text: string;
  readonly approximations: ReadonlySet<Approximation>;
  /** Tables of the entity that are not among the metadata: whether they are per company is not known. */
  readonly unknownTables: readonly string[];
}

/**
 * The statement that Finance and Operations generates for an entity and a filter, by the rules that
 * `dualwrite.md` 4.1 reads off the one published example; test/unit/preview/statement.test.ts holds its WHERE clause.
 */
export function statementOf(
  entity: Entity,
  condition: Condition,
  metadata: Metadata,
  context: StatementContext,
): Statement {
  const filter = sqlTextOf(condition);
  const terms = [
    ...contextTerms(entity, metadata, context),
    ...(filter === undefined ? [] : [filter.text]),
  ];
  const order = entity.keyFields.map((field) => `T1.${field.toUpperCase()}`);
  const lines = [
    `SELECT ${wrapped(selectList(entity))}`,
    `FROM ${entity.name.toUpperCase()} T1`,
    `WHERE${leftFold(terms, 'AND', '\n')}`,
    ...(order.length === 0 ? [] : [`ORDER BY ${order.join(',')}`]),
  ];
  return {
    text: lines.join('\n'),
    approximations: filter?.approximations ?? new Set(),
    unknownTables: entity.dataSources
      .filter(({ table }) => !isKnown(table, metadata))
      .map(({ table }) => table),
  };
}

function selectList(entity: Entity): readonly string[] {
  const ordinals = entity.dataSources
    .map((_, index) => index + 1)
    .slice(1)
    .toReversed();
  const fields = entity.fields
    .filter((field) => field.kind !== 'virtual')
    .map((field) => field.name.toUpperCase())
    .toSorted();
  return [
    'RECID',
    'MODIFIEDDATETIME',
    'RECVERSION',
    'RECID',
    ...fields,
    ...ordinals.map((ordinal) => `RECVERSION#${ordinal}`),
    ...ordinals.map((ordinal) => `RECID#${ordinal}`),
    'PARTITION',
  ].map((column) => `T1.${column}`);
}

/** Lines of about 80 characters; where they break has no meaning. */
function wrapped(columns: readonly string[]): string {
  const lines = [''];
  for (const column of columns) {
    const line = lines.at(-1) ?? '';
    if (line.length + column.length > 80) lines.push(`  ${column}`);
    else lines[lines.length - 1] = line === '' ? column : `${line},${column}`;
  }
  return lines.join(',\n');
}

/**
 * The root is limited to the partition and the company; every further data source too, or it is absent:
 * first all partitions, then the companies of those that have one.
 */
function contextTerms(
  entity: Entity,
  metadata: Metadata,
  { company, partition }: StatementContext,
): readonly string[] {
  const companyText = quotedText(company);
  const isPerCompany = (table: string): boolean =>
    metadata.tableNamed(table)?.isPerCompany ?? false;
  const [root, ...others] = entity.dataSources;
  const optional = (column: string, value: string): string =>
    `((${column}=${value}) OR (${column} IS NULL))`;
  // A root that is not among the metadata counts as per company: nearly every mapped entity is.
  const rootIsPerCompany =
    root === undefined || (metadata.tableNamed(root.table)?.isPerCompany ?? true);
  return [
    `(PARTITION=${partition})`,
    ...(rootIsPerCompany ? [`(DATAAREAID=${companyText})`] : []),
    ...others.map((_, index) => optional(`PARTITION#${index + 2}`, partition)),
    ...others.flatMap(({ table }, index) =>
      isPerCompany(table) ? [optional(`DATAAREAID#${index + 2}`, companyText)] : [],
    ),
  ];
}

const isKnown = (table: string, metadata: Metadata): boolean =>
  metadata.tableNamed(table) !== undefined || metadata.entityNamed(table) !== undefined;
