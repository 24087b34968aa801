import { equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import transactSql from 'node-sql-parser/build/transactsql.js';
import type { Comparison, Condition, Operand } from '../../../src/filter/meaning/condition.ts';
import { isReadable } from '../../../src/filter/meaning/condition.ts';
import { sqlTextOf } from '../../../src/filter/meaning/sqlText.ts';
import { statementOf } from '../../../src/preview/statement.ts';
import { defaultContext } from '../../../src/preview/statementContext.ts';
import { anyFilter, conditionOf } from '../../kit/conditions.ts';
import { ENTITY_URI, entityXml, mappedField, metadataIn, tableXml } from '../../kit/metadata.ts';
import { odataFilter, odataMeaning } from '../filter/convert/filters.ts';

/* What we write as T-SQL, read again by a parser of SQL Server's language that knows nothing of us. */

/** A node of its tree, as far as we look at it. */
interface SqlNode {
  readonly type: string;
  readonly operator?: string;
  readonly left?: SqlNode;
  readonly right?: SqlNode;
  readonly column?: string;
  readonly value?: unknown;
  readonly name?: { readonly name: readonly { readonly value: string }[] };
  readonly args?: { readonly value: readonly SqlNode[] };
  readonly expr?: SqlNode;
}

const parser = new transactSql.Parser();

/**
 * The WHERE tree of a statement. Two things that SQL Server reads and this parser does not are written otherwise
 * before: `#` in names, which F&O gives its data sources, and ODBC's `{ts '…'}`.
 */
function whereOf(statement: string): SqlNode {
  const readable = statement
    .replaceAll(/\b(?:T1\.)?(\w+#\d+)/gu, '[$1]')
    .replaceAll(/\{ts ('[^']*')\}/gu, 'CAST($1 AS DATETIME)');
  const parsed = parser.astify(readable, { database: 'transactsql' });
  const [select] = Array.isArray(parsed) ? parsed : [parsed];
  ok(select?.type === 'select' && isNode(select.where), readable);
  return select.where;
}

const isNode = (value: unknown): value is SqlNode =>
  typeof value === 'object' && value !== null && 'type' in value;

const CONNECTORS = new Set(['AND', 'OR']);

function shapeOf(node: SqlNode | undefined): string {
  switch (node?.type) {
    case 'binary_expr':
      return `(${node.operator ?? ''} ${shapeOf(node.left)} ${shapeOf(node.right)})`;
    case 'function':
      equal(node.name?.name[0]?.value, 'NOT');
      equal(node.args?.value.length, 1);
      return `(NOT ${shapeOf(node.args?.value[0])})`;
    case 'column_ref':
      return node.column ?? '';
    case 'cast':
      return shapeOf(node.expr);
    case 'null':
      return 'NULL';
    case 'var_string':
    case 'single_quote_string':
      return JSON.stringify(String(node.value).replaceAll("''", "'"));
    default:
      return String(node?.value);
  }
}

const SIGNS = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=', like: 'LIKE' } as const;

/** The same tree, made from what the filter means. */
function expected(condition: Condition): string {
  switch (condition.kind) {
    case 'comparison':
      return expectedComparison(condition);
    case 'not':
      return `(NOT ${expected(condition.term)})`;
    case 'and':
    case 'or': {
      const [first = '', ...others] = condition.terms.map(expected);
      const connector = condition.kind.toUpperCase();
      ok(CONNECTORS.has(connector));
      return others.reduce((left, right) => `(${connector} ${left} ${right})`, first);
    }
    case 'always':
      return '(= 1 1)';
    case 'unreadable':
      throw new Error('There is no SQL for it.');
  }
}

function expectedComparison({ left, operator, right }: Comparison): string {
  const isNull = (operand: Operand): boolean =>
    operand.kind === 'constant' && operand.constant === null;
  if ((isNull(left) || isNull(right)) && (operator === 'eq' || operator === 'ne')) {
    const asked = isNull(right) ? left : right;
    return `(${operator === 'eq' ? 'IS' : 'IS NOT'} ${expectedOperand(asked, operator)} NULL)`;
  }
  return `(${SIGNS[operator]} ${expectedOperand(left, operator)} ${expectedOperand(right, operator)})`;
}

/** What wildcards of X++ are in SQL Server, and what keeps its own ones from being any. */
const WILDCARDS = new Map([
  ['*', '%'],
  ['?', '_'],
  ['%', '[%]'],
  ['_', '[_]'],
  ['[', '[[]'],
]);

function expectedOperand(operand: Operand, operator: Comparison['operator']): string {
  switch (operand.kind) {
    case 'field':
      return operand.name.toUpperCase();
    case 'constant':
      return operand.constant === null ? 'NULL' : operand.constant ? '1' : '0';
    case 'pattern': {
      const before = operand.match === 'startswith' ? '' : '%';
      return JSON.stringify(`${before}${operand.text}${operand.match === 'endswith' ? '' : '%'}`);
    }
    case 'literal':
      break;
  }
  const { value } = operand;
  switch (value.type) {
    case 'text':
      return JSON.stringify(
        operator === 'like'
          ? Array.from(value.text, (character) => WILDCARDS.get(character) ?? character).join('')
          : value.text,
      );
    case 'number':
      return value.exact ?? String(value.number);
    case 'date':
      return JSON.stringify(`${value.iso} 00:00:00.000`);
    case 'datetime':
      return JSON.stringify(`${value.iso.replace('T', ' ')}.000`);
    case 'enum':
      return `@${value.enumName}_${value.element}`;
    case 'guid':
      return JSON.stringify(value.guid);
  }
}

/** The parser takes a backslash for an escape, as MySQL does; for SQL Server it is a character like others. */
const hasBackslash = (condition: Condition): boolean => JSON.stringify(condition).includes('\\\\');

describe('T-SQL read by a parser of its own', () => {
  const metadata = metadataIn({
    [ENTITY_URI]: entityXml({
      fields: [mappedField('A', 'R')],
      root: { name: 'R', below: [{ name: 'S', join: 'OuterJoin' }] },
      keys: [['EntityKey', ['A']]],
      primaryKey: 'EntityKey',
    }),
    'file:///m/AxTable/R.xml': tableXml('R', true),
    'file:///m/AxTable/S.xml': tableXml('S', true),
  });
  const entity = metadata.entityNamed('E');
  ok(entity);
  const optional = (column: string, value: string): string =>
    `(OR (= ${column} ${value}) (IS ${column} NULL))`;
  const CONTEXT = [
    '(= PARTITION 5637144576)',
    '(= DATAAREAID "usmf")',
    optional('PARTITION#2', '5637144576'),
    optional('DATAAREAID#2', '"usmf"'),
  ];
  const withContext = (...terms: readonly string[]): string =>
    [...CONTEXT, ...terms].reduce((left, right) => `(AND ${left} ${right})`);

  it('is a statement with the terms of company and partition around the filter', () => {
    const { text } = statementOf(entity, conditionOf(''), metadata, defaultContext);
    equal(shapeOf(whereOf(text)), withContext());
  });

  it('means what an X++ filter means', () => {
    fc.assert(
      fc.property(anyFilter, (source) => {
        const condition = conditionOf(source);
        fc.pre(isReadable(condition) && !hasBackslash(condition));
        const { text } = statementOf(entity, condition, metadata, defaultContext);
        equal(shapeOf(whereOf(text)), withContext(expected(condition)), text);
      }),
      { numRuns: 300 },
    );
  });

  it('means what an OData filter means', () => {
    fc.assert(
      fc.property(odataFilter, (source) => {
        const condition = odataMeaning(source);
        fc.pre(isReadable(condition));
        const text = sqlTextOf(condition)?.text ?? '(1=1)';
        equal(
          shapeOf(whereOf(`SELECT * FROM accounts WHERE ${text}`)),
          expected(condition),
          `${source}\n${text}`,
        );
      }),
      { numRuns: 300 },
    );
  });
});
