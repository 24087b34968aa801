import type { IToken } from 'chevrotain';
import type { Problem } from '../../problem/problem.ts';
import { spanning, textOf } from '../../text/span.ts';
import { missingValue } from '../range/problems.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { FilterJunction, Missing, TableFilter } from './ast.ts';
import { ranked } from './precedence.ts';
import { quoted } from './quotes.ts';
import * as tokens from './tokens.ts';

/** What the whole reading of a filter shares. */
export interface Reading {
  readonly source: string;
  readonly problems: Problem[];
}

/** A token and the one before it. */
export interface Place {
  readonly before: IToken;
  readonly token: IToken;
}

/** Terms and the operators between them while they are read: those of the filter, or of a group in it. */
interface Row {
  /** Where the parenthesis of a group stands. */
  readonly open: Place | undefined;
  readonly operands: TableFilter[];
  /** As many as the operands where a term is due, one fewer elsewhere. */
  readonly operators: FilterJunction['operator'][];
}

/** The row that is read, and below it those of the groups around it. */
export interface Rows {
  current: Row;
  readonly around: Row[];
}

const openRow = (open?: Place): Row => ({ open, operands: [], operators: [] });

export const openRows = (): Rows => ({ current: openRow(), around: [] });

export function openGroup(rows: Rows, at: Place): void {
  rows.around.push(rows.current);
  rows.current = openRow(at);
}

/** Parentheses are balanced before the grammar reads them, so that one that closes has its partner. */
export function closeGroup(reading: Reading, rows: Rows, at: Place): void {
  const { open } = rows.current;
  const around = rows.around.pop();
  if (open === undefined || around === undefined) return;
  const expression = finishRow(reading, rows.current, at);
  const span = spanning(spanOfToken(open.token), spanOfToken(at.token));
  rows.current = around;
  addOperand(reading, rows, { kind: 'group', expression, span }, open);
}

export function addOperator(
  reading: Reading,
  { current }: Rows,
  operator: FilterJunction['operator'],
  at: Place,
): void {
  if (isTermDue(current)) current.operands.push(missingValueAt(reading, at));
  current.operators.push(operator);
}

/** @param at where the term begins. */
export function addOperand(
  reading: Reading,
  { current }: Rows,
  operand: TableFilter,
  at: Place,
): void {
  const left = current.operands.at(-1);
  if (left !== undefined && !isTermDue(current)) {
    reading.problems.push(missingConnector(reading, left, operand, at));
    current.operators.push('&');
  }
  current.operands.push(operand);
}

export const finishFilter = (reading: Reading, { current }: Rows, at: Place): TableFilter =>
  finishRow(reading, current, at);

function finishRow(reading: Reading, row: Row, at: Place): TableFilter {
  if (isTermDue(row)) row.operands.push(missingValueAt(reading, at));
  return ranked(row.operands, row.operators);
}

const isTermDue = ({ operands, operators }: Row): boolean => operands.length === operators.length;

export function missingValueAt({ problems }: Reading, { before, token }: Place): Missing {
  const { problem, missing } = missingValue(before, token);
  problems.push(problem);
  return missing;
}

/** `Balance (LCY)`, `A=B`: either an operator is missing, or the quotes around a value with such a sign. */
function missingConnector(
  { source }: Reading,
  left: TableFilter,
  right: TableFilter,
  { before, token: found }: Place,
): Problem {
  const { end } = spanOfToken(before);
  const whole = spanning(left.span, right.span);
  const isOneValue =
    before.tokenType === tokens.Value &&
    !before.image.includes("'") &&
    (found.tokenType === tokens.LeftParenthesis || found.image === '=');
  return {
    code: 'expected-connector',
    span: spanOfToken(found),
    variant: isOneValue ? 'filterValue' : 'filter',
    args: { after: before.image, found: found.image },
    fixes: [
      ...(isOneValue
        ? [
            {
              title: 'single-quotes',
              edits: [{ span: whole, text: quoted(textOf(source, whole)) }],
            },
          ]
        : []),
      ...['&', '|'].map((operator) => ({
        title: 'insert-operator',
        args: { text: operator },
        edits: [{ span: { start: end, end }, text: operator }],
      })),
    ],
  };
}
