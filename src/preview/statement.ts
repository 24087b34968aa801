import type { Condition } from '../filter/meaning/condition.ts';
import { type Approximation, leftFold, quotedText, sqlTextOf } from '../filter/meaning/sqlText.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { DataSource, Entity } from '../metadata/model.ts';
import type { Span } from '../text/span.ts';
import type { StatementContext } from './statementContext.ts';

export interface Statement {
  readonly text: string;
  /** Where the filter's own term stands in the text; undefined for a filter without one. */
  readonly term: Span | undefined;
  readonly approximations: ReadonlySet<Approximation | 'innerJoin'>;
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
  ];
  const limited = lines.join('\n');
  return {
    text: [limited, ...(order.length === 0 ? [] : [`ORDER BY ${order.join(',')}`])].join('\n'),
    // The last of several, so that one parenthesis follows it: the partition always limits.
    term: filter && {
      start: limited.length - 1 - filter.text.length,
      end: limited.length - 1,
    },
    approximations: new Set([
      ...(filter?.approximations ?? []),
      ...(entity.dataSources.slice(1).every((dataSource) => canBeAbsent(entity, dataSource))
        ? []
        : (['innerJoin'] as const)),
    ]),
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

/** A column that a statement is limited by, to one partition or to one company. */
export interface ContextLimit {
  readonly column: string;
  readonly by: 'partition' | 'company';
  /** Whether NULL passes too: the data source can be absent. */
  readonly isOptional: boolean;
}

/**
 * The root is limited to the partition and the company; every further data source too, or it is absent, where an
 * outer join lets it: first all partitions, then the companies of those that have one.
 */
export function contextLimits(entity: Entity, metadata: Metadata): readonly ContextLimit[] {
  const isPerCompany = (table: string): boolean =>
    metadata.tableNamed(table)?.isPerCompany ?? false;
  const [root, ...others] = entity.dataSources;
  const limitOf = (
    dataSource: DataSource,
    by: ContextLimit['by'],
    ordinal: number,
  ): ContextLimit => ({
    column: `${by === 'partition' ? 'PARTITION' : 'DATAAREAID'}#${ordinal}`,
    by,
    isOptional: canBeAbsent(entity, dataSource),
  });
  // A root that is not among the metadata counts as per company: nearly every mapped entity is.
  const rootIsPerCompany =
    root === undefined || (metadata.tableNamed(root.table)?.isPerCompany ?? true);
  return [
    { column: 'PARTITION', by: 'partition', isOptional: false },
    ...(rootIsPerCompany
      ? [{ column: 'DATAAREAID', by: 'company', isOptional: false } as const]
      : []),
    ...others.map((other, index) => limitOf(other, 'partition', index + 2)),
    ...others.flatMap((other, index) =>
      isPerCompany(other.table) ? [limitOf(other, 'company', index + 2)] : [],
    ),
  ];
}

/** A limit as a term: equal to the value or, where it may be, absent. */
export const limitTerm = (column: string, value: string, isOptional: boolean): string =>
  isOptional ? `((${column}=${value}) OR (${column} IS NULL))` : `(${column}=${value})`;

const contextTerms = (
  entity: Entity,
  metadata: Metadata,
  { company, partition }: StatementContext,
): readonly string[] =>
  contextLimits(entity, metadata).map(({ column, by, isOptional }) =>
    limitTerm(column, by === 'partition' ? partition : quotedText(company), isOptional),
  );

/** Whether an outer join stands anywhere between a data source and the root (`dualwrite.md` 4.1, rule 6). */
function canBeAbsent(entity: Entity, dataSource: DataSource): boolean {
  const above = new Set<DataSource>();
  for (
    let current: DataSource | undefined = dataSource;
    current !== undefined && !above.has(current);
    current = parentOf(entity, current)
  ) {
    if (current.joinMode === 'OuterJoin') return true;
    above.add(current);
  }
  return false;
}

const parentOf = (entity: Entity, { parent }: DataSource): DataSource | undefined =>
  entity.dataSources.find(({ name }) => name.toLowerCase() === parent?.toLowerCase());

const isKnown = (table: string, metadata: Metadata): boolean =>
  metadata.tableNamed(table) !== undefined || metadata.entityNamed(table) !== undefined;
