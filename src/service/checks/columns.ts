import type { ODataExpression } from '../../filter/odata/ast.ts';
import { isGuidText, rewriting } from '../../filter/odata/checks/check.ts';
import type { ColumnComparison } from '../../filter/odata/compared.ts';
import { isODataDate } from '../../filter/odata/dates.ts';
import { nearest } from '../../filter/odata/nearest.ts';
import { quoted } from '../../filter/odata/strings.ts';
import { visitOData } from '../../filter/odata/visit.ts';
import {
  type ColumnType,
  type DataverseColumn,
  type DataverseTable,
  lookupColumn,
} from '../../metadata/dataverse/model.ts';
import { columnIn } from '../../metadata/dataverse/tables.ts';
import type { Problem } from '../../problem/problem.ts';

/** Behind so many wrong names, likeness is not worth the time it takes. */
const MOST_GUESSES = 100;

/** Kept short: a menu of forty options helps nobody. */
const MOST_FIXES = 8;

/** Columns and values against the table of Dataverse that the map names (`dualwrite.md` 3.1, 3.2, F1, L5). */
export function checkColumns(root: ODataExpression, table: DataverseTable): readonly Problem[] {
  const problems: Problem[] = [];
  visitOData(root, ({ expression, compared }) => {
    if (expression.kind === 'property') {
      const { name, span } = expression;
      const isKnown =
        columnIn(table, name) !== undefined || table.navigation.has(name.toLowerCase());
      if (isKnown || !table.isWhole) return true;
      const args = { column: name, table: table.entitySet || table.logicalName };
      const meant = problems.length < MOST_GUESSES ? meantColumn(name, table) : undefined;
      problems.push({
        code: 'unknown-column',
        span,
        args,
        fixes: meant === undefined ? [] : [rewriting('replace-name', span, meant, false)],
      });
    }
    const column = compared === undefined ? undefined : columnIn(table, compared.column.name);
    if (compared !== undefined && column !== undefined) {
      const problem = checkValue(compared, column);
      if (problem !== undefined) problems.push(problem);
    }
    // What lies behind a lookup is no column of this table.
    return expression.kind !== 'path';
  });
  return problems;
}

function meantColumn(name: string, table: DataverseTable): string | undefined {
  const lookup = columnIn(table, lookupColumn(name));
  if (lookup !== undefined) return lookup.name;
  return nearest(
    name.toLowerCase(),
    table.columns.map((column) => column.name),
  );
}

function checkValue(compared: ColumnComparison, column: DataverseColumn): Problem | undefined {
  const { literal, relation } = compared;
  const { span, text } = literal;
  if (column.type === 'option' || column.type === 'number') {
    if (literal.kind === 'string' && /^-?\d+$/u.test(literal.value)) {
      return {
        code: 'quoted-value',
        variant: column.type,
        span,
        args: { text },
        fixes: [rewriting('remove-quotes', span, literal.value)],
      };
    }
    if (literal.kind === 'integer' && (relation === 'eq' || relation === 'ne')) {
      return checkOption(compared, literal.value, column);
    }
  }
  if (fits(compared, column.type)) return undefined;
  return {
    code: 'type-mismatch',
    variant: `${column.type}Column`,
    span,
    args: { field: column.name, text },
    fixes: meantValues(compared, column.type).map((meant) =>
      rewriting('write-literal', span, meant),
    ),
  };
}

/** Only what is certain misfits: null always fits, and a text that may be a date has a problem of its own. */
function fits({ literal }: ColumnComparison, type: ColumnType): boolean {
  switch (literal.kind) {
    case 'string':
      if (type === 'date' || type === 'datetime') return isODataDate(literal.value);
      if (type === 'guid' || type === 'lookup') return isGuidText(literal.value);
      return type === 'text' || type === 'unknown';
    case 'integer':
    case 'decimal':
      return type === 'number' || type === 'option' || type === 'unknown';
    case 'boolean':
      return type === 'boolean' || type === 'unknown';
    case 'guid':
      return type === 'guid' || type === 'lookup' || type === 'unknown';
    case 'date':
    case 'dateTimeOffset':
      return type === 'date' || type === 'datetime' || type === 'unknown';
    default:
      return true;
  }
}

function meantValues({ literal }: ColumnComparison, type: ColumnType): readonly string[] {
  if (type === 'text') return [quoted(literal.text)];
  if (type !== 'boolean') return [];
  const word = literal.kind === 'string' ? literal.value.toLowerCase() : literal.text;
  if (/^(?:true|yes|1)$/u.test(word)) return ['true'];
  return /^(?:false|no|0)$/u.test(word) ? ['false'] : [];
}

/**
 * A solution lists all options of a column that its publisher made, and all states; to other columns of the platform
 * it may only add some.
 */
function checkOption(
  { literal }: ColumnComparison,
  value: number,
  { name, options }: DataverseColumn,
): Problem | undefined {
  if (options === undefined || !(name.includes('_') || name === 'statecode')) return undefined;
  if (options.some((option) => option.value === value)) return undefined;
  const { span, text } = literal;
  return {
    code: 'unknown-option',
    span,
    args: { column: name, text },
    fixes: options
      .slice(0, MOST_FIXES)
      .map((option) => rewriting('write-literal', span, String(option.value), false)),
  };
}
