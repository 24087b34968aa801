import type { Comparison, Condition } from '../../filter/meaning/condition.ts';
import { emptyCellFor } from '../../filter/meaning/evaluate.ts';
import { digitsOf } from '../../filter/meaning/numbers.ts';
import { leftFold, momentText, type SqlLiteral, sqlTextOf } from '../../filter/meaning/sqlText.ts';
import type { ComputedColumn } from '../computedColumns.ts';
import type { RowQuery } from '../rowStore.ts';
import { verdicts } from '../rowStore.ts';
import { type ContextLimit, limitTerm } from '../statement.ts';
import type { StatementContext } from '../statementContext.ts';
import type { EngineProblem } from './externalRows.ts';

/** What is sent to SQL Server: text of our own, with everything that a person wrote in parameters. */
export interface SqlStatement {
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
}

export interface SqlParameter {
  readonly name: string;
  /** `integer` is an int64 in digits. */
  readonly type: 'text' | 'integer';
  readonly value: string;
}

/** A view of the database, and which of its columns limit it to a company and a partition. */
export interface View {
  readonly schema: string;
  readonly name: string;
  /** As the database has them, those of the data sources left out; the computed ones at the end. */
  readonly columns: readonly string[];
  /** Columns that are computed from another, for the view lacks them. */
  readonly computed: readonly ComputedColumn[];
  /** Limits on columns that it has. */
  readonly limits: readonly ContextLimit[];
  /** Columns that order it; empty where nothing tells. */
  readonly keys: readonly string[];
  readonly context: StatementContext;
  /** Rows that are looked at. */
  readonly mostRows: number;
}

/**
 * The number of an enum's element, by the type of the field: `unknown` where it is one, but nothing tells its number;
 * undefined where the field holds something else.
 */
export type ElementNumber = (
  field: string | undefined,
  literal: SqlLiteral,
) => number | 'unknown' | undefined;

/** SQL Server takes 2,100 parameters; some are ours. */
const MOST_PARAMETERS = 2_000;

interface Parameters {
  readonly all: SqlParameter[];
  readonly of: (type: SqlParameter['type'], value: string) => string;
}

function openParameters(): Parameters {
  const all: SqlParameter[] = [];
  const names = new Map<string, string>();
  return {
    all,
    of(type, value) {
      const key = `${type} ${value}`;
      const name = names.get(key) ?? `p${all.length}`;
      if (!names.has(key)) {
        names.set(key, name);
        all.push({ name, type, value });
      }
      return `@${name}`;
    },
  };
}

const bracketed = (name: string): string => `[${name.replaceAll(']', ']]')}]`;

/** Which columns there are, of a view in whatever case. */
export const columnsStatement = (schema: string, view: string): SqlStatement => ({
  text: 'SELECT TABLE_SCHEMA,TABLE_NAME,COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE UPPER(TABLE_SCHEMA)=UPPER(@p0) AND UPPER(TABLE_NAME)=UPPER(@p1) ORDER BY ORDINAL_POSITION',
  parameters: [
    { name: 'p0', type: 'text', value: schema },
    { name: 'p1', type: 'text', value: view },
  ],
});

/** How many rows there are, up to one more than are looked at. */
export function sizeStatement(view: View): SqlStatement {
  const parameters = openParameters();
  const top = parameters.of('integer', String(view.mostRows + 1));
  const text = `SELECT COUNT_BIG(*) FROM (SELECT TOP (${top}) 1 AS one FROM ${nameOf(view)}${whereOf(view, parameters)}) AS d`;
  return { text, parameters: parameters.all };
}

type Written = { readonly value: SqlStatement } | { readonly problem: EngineProblem };

export const countsStatement = (
  view: View,
  condition: Condition,
  elementNumber: ElementNumber,
): Written =>
  written(view, condition, false, elementNumber, (judged) => ({
    text: `SELECT v,COUNT_BIG(*) FROM (${judged}) AS j GROUP BY v`,
  }));

/** The rows that a query finds, or how many they are. */
export const pageStatement = (
  view: View,
  condition: Condition,
  query: RowQuery,
  elementNumber: ElementNumber,
  page: { readonly offset: number; readonly limit: number } | 'all' | 'total',
): Written =>
  written(view, condition, query.nullAsEmpty === true, elementNumber, (judged, parameters) => {
    const from = `FROM (${judged}) AS j WHERE ${wantedOf(query, view, parameters)}`;
    if (page === 'total') return { text: `SELECT COUNT_BIG(*) ${from}` };
    const cells = view.columns.map(bracketed).join(',');
    const text = `SELECT n,v,${cells} ${from} ORDER BY ${orderOf(query, view)}`;
    if (page === 'all') return { text };
    const offset = parameters.of('integer', String(page.offset));
    const limit = parameters.of('integer', String(page.limit));
    return { text: `${text} OFFSET ${offset} ROWS FETCH NEXT ${limit} ROWS ONLY` };
  });

export function rowStatement(view: View, number: number): SqlStatement {
  const parameters = openParameters();
  const cells = view.columns.map(bracketed).join(',');
  const text = `SELECT ${cells} FROM (${numbered(view, '', parameters)}) AS d WHERE n=${parameters.of('integer', String(number))}`;
  return { text, parameters: parameters.all };
}

function written(
  view: View,
  condition: Condition,
  nullAsEmpty: boolean,
  elementNumber: ElementNumber,
  statement: (judged: string, parameters: Parameters) => { readonly text: string },
): Written {
  const parameters = openParameters();
  let problem: EngineProblem | undefined;
  const known = new Map(view.columns.map((name) => [name.toLowerCase(), name]));
  const column = (field: string): string => {
    const name = known.get(field.toLowerCase());
    if (name === undefined) problem ??= { kind: 'missingColumn', column: field };
    return columnOf(view, name ?? field, parameters);
  };
  const literal = (value: SqlLiteral, comparison: Comparison): string => {
    const number = elementNumber(fieldIn(comparison), value);
    if (number === 'unknown') {
      problem ??= {
        kind: 'unknownElement',
        element: value.type === 'enum' ? `${value.enumName}::${value.element}` : textIn(value),
      };
      return 'NULL';
    }
    return number === undefined ? literalOf(value, parameters) : String(number);
  };
  const isEnum = (comparison: Comparison): boolean =>
    [comparison.left, comparison.right].some(
      (side) =>
        side.kind === 'literal' &&
        (side.value.type === 'enum' ||
          elementNumber(fieldIn(comparison), side.value) !== undefined),
    );
  const term = (empties: boolean): string =>
    sqlTextOf(
      condition,
      (field, comparison) =>
        empties
          ? `COALESCE(${column(field)},${emptyOf(comparison, isEnum(comparison))})`
          : column(field),
      literal,
    )?.text ?? '(1=1)';
  const asMeant = term(true);
  const asWritten = nullAsEmpty ? asMeant : term(false);
  const verdict = `CASE WHEN ${asWritten} THEN 0 WHEN ${asMeant} THEN 1 ELSE 2 END AS v`;
  const { text } = statement(numbered(view, `,${verdict}`, parameters), parameters);
  if (parameters.all.length > MOST_PARAMETERS) problem ??= { kind: 'tooLong' };
  return problem === undefined ? { value: { text, parameters: parameters.all } } : { problem };
}

/** The rows that are looked at, each with its number in the order of the key. */
function numbered(view: View, more: string, parameters: Parameters): string {
  const order = view.keys.length === 0 ? '(SELECT NULL)' : view.keys.map(bracketed).join(',');
  const top = parameters.of('integer', String(view.mostRows));
  const cells = view.columns.map((name) => {
    const sql = columnOf(view, name, parameters);
    return sql === bracketed(name) ? sql : `${sql} AS ${bracketed(name)}`;
  });
  return `SELECT TOP (${top}) ROW_NUMBER() OVER (ORDER BY ${order}) AS n${more},${cells.join(',')} FROM ${nameOf(view)}${whereOf(view, parameters)} ORDER BY ${order}`;
}

/** ISNULL gives what stands for NULL the type of the column; COALESCE would ask for one that both can be. */
function columnOf({ computed }: View, name: string, parameters: Parameters): string {
  const added = computed.find((column) => column.name === name);
  const fallback = added?.fallback ?? null;
  if (added === undefined || fallback === null) return bracketed(added?.source ?? name);
  return `ISNULL(${bracketed(added.source)},${parameters.of('text', fallback)})`;
}

const nameOf = ({ schema, name }: View): string => `${bracketed(schema)}.${bracketed(name)}`;

function whereOf({ limits, context }: View, parameters: Parameters): string {
  const terms = limits.map(({ column, by, isOptional }) =>
    limitTerm(
      bracketed(column),
      by === 'partition'
        ? parameters.of('integer', context.partition)
        : parameters.of('text', context.company),
      isOptional,
    ),
  );
  return terms.length === 0 ? '' : ` WHERE ${leftFold(terms, 'AND')}`;
}

function wantedOf(
  { verdicts: wanted, search = '' }: RowQuery,
  { columns }: View,
  parameters: Parameters,
): string {
  const codes = wanted.map((verdict) => verdicts.indexOf(verdict));
  const isWanted = codes.length === 0 ? '(1=0)' : `v IN (${codes.join(',')})`;
  if (search === '') return isWanted;
  const text = parameters.of('text', `%${search.replaceAll(/[%_[]/gu, (sign) => `[${sign}]`)}%`);
  const hits = columns.map((name) => `CONVERT(nvarchar(4000),${bracketed(name)}) LIKE ${text}`);
  return `${isWanted} AND (${hits.join(' OR ')})`;
}

/** As the database orders the column; equals by their number. */
function orderOf({ sort }: RowQuery, { columns }: View): string {
  const column = columns.find((name) => name.toLowerCase() === sort?.column.toLowerCase());
  if (sort === undefined || column === undefined) return 'n';
  const direction = sort.isDescending ? 'DESC' : 'ASC';
  return `${bracketed(column)} ${direction},n ${direction}`;
}

function fieldIn({ left, right }: Comparison): string | undefined {
  const field = left.kind === 'field' ? left : right;
  return field.kind === 'field' ? field.name : undefined;
}

const textIn = (value: SqlLiteral): string => (value.type === 'text' ? value.text : value.type);

function literalOf(value: SqlLiteral, parameters: Parameters): string {
  switch (value.type) {
    case 'text':
      return parameters.of('text', value.text);
    case 'number':
      return numberOf(digitsOf(value), parameters);
    case 'date':
    case 'datetime':
      return `CAST(${parameters.of('text', momentText(value.iso).replace(' ', 'T'))} AS datetime)`;
    case 'enum':
      return 'NULL';
    case 'guid':
      return `CAST(${parameters.of('text', value.guid)} AS uniqueidentifier)`;
  }
}

const MOST_OF_INT64 = 2n ** 63n - 1n;

/** A decimal keeps its digits on the way as text; as a double it would not. */
function numberOf(digits: string, parameters: Parameters): string {
  if (/^-?\d{1,19}$/u.test(digits)) {
    const number = BigInt(digits);
    if (number <= MOST_OF_INT64 && number >= -MOST_OF_INT64)
      return parameters.of('integer', digits);
  }
  const fraction = /^-?\d{1,38}(?:\.(\d{1,37}))?$/u.exec(digits)?.[1] ?? '';
  return /^-?\d+(?:\.\d+)?$/u.test(digits) && digits.replaceAll(/\D/gu, '').length <= 38
    ? `CAST(${parameters.of('text', digits)} AS decimal(38,${fraction.length}))`
    : `CAST(${parameters.of('text', digits)} AS float)`;
}

/** What stands for NULL where it counts as the value that X++ takes for nothing. An enum's is the number 0. */
function emptyOf(comparison: Comparison, isEnum: boolean): string {
  if (isEnum) return '0';
  const literal = [comparison.left, comparison.right].find((side) => side.kind === 'literal');
  const empty = emptyCellFor(comparison);
  if (literal?.kind !== 'literal' || empty === null) return "''";
  switch (literal.value.type) {
    case 'number':
      return '0';
    case 'date':
    case 'datetime':
      return "CAST('1900-01-01T00:00:00' AS datetime)";
    case 'guid':
      return "CAST('00000000-0000-0000-0000-000000000000' AS uniqueidentifier)";
    default:
      return "''";
  }
}
