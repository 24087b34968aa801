import type { IToken } from 'chevrotain';
import { type Span, spanning, textOf } from '../../text/span.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { ODataArgument, ODataExpression } from './ast.ts';
import {
  addOperand,
  expectOperand,
  finishRow,
  type Item,
  type Neighbours,
  openRow,
  type Reading,
  type Row,
} from './row.ts';
import { readStep } from './steps.ts';
import * as tokens from './tokens.ts';

/** The row between two parentheses: arguments behind a name, else a group or the list of `in`. */
export function openParenthesis(reading: Reading, row: Row, at: Neighbours): Row {
  const owner = row.path?.pending;
  if (owner !== undefined) return openRow('arguments', owner);
  expectOperand(reading, row, at);
  return openRow('group');
}

export function closeParenthesis(
  reading: Reading,
  row: Row,
  inside: Row,
  open: Neighbours,
  close: Neighbours,
): void {
  const isEmptyList =
    open.before.tokenType === tokens.In && open.token === close.before && inside.items.length === 0;
  if (!isEmptyList) finishRow(reading, inside, close);
  const { owner } = inside;
  if (owner === undefined || row.path === undefined) {
    addOperand(row, groupOf(reading, inside, open, close.token));
    return;
  }
  const args: readonly ODataArgument[] = inside.items.map(argumentOf);
  const { variable, separators } = inside;
  if (variable !== undefined) reading.variables.pop();
  const step = readStep(
    {
      token: owner,
      isFirst: row.path.steps.length === 0,
      inside: { variable, args, separators, close: close.token },
      variables: reading.variables,
    },
    reading.problems,
  );
  row.path.pending = undefined;
  row.path.steps.push(step);
}

const argumentOf = ({ name, value }: Item): ODataArgument =>
  name === undefined ? { value } : { name, value };

function groupOf(
  reading: Reading,
  { items, separators }: Row,
  { before, token: open }: Neighbours,
  close: IToken,
): ODataExpression {
  const values = items.map(({ value }) => value);
  const [first] = values;
  const span = spanning(spanOfToken(open), spanOfToken(close));
  const isBehindIn = before.tokenType === tokens.In;
  const isList = values.length !== 1 || (isBehindIn && first !== undefined && 'text' in first);
  if (!isList && first !== undefined) return { kind: 'group', expression: first, span };
  if (isBehindIn) checkList(reading, values);
  else for (const comma of separators) unexpected(reading, comma);
  return { kind: 'list', items: values, span };
}

/** The list behind `in` holds literals alone (ABNF, `listExpr`). */
function checkList(reading: Reading, values: readonly ODataExpression[]): void {
  for (const { kind, span, ...value } of values) {
    if ('text' in value || kind === 'missing') continue;
    reading.problems.push({
      code: 'expected-value',
      span,
      variant: 'literal',
      args: { found: textOf(reading.source, span) },
    });
  }
}

const unexpected = (reading: Reading, token: IToken): unknown =>
  reading.problems.push({
    code: 'unexpected-token',
    span: spanOfToken(token),
    args: { found: token.image },
  });

/** The row between the brackets of a JSON array or object. */
export function openBrackets(reading: Reading, row: Row, at: Neighbours): Row {
  expectOperand(reading, row, at);
  return openRow(at.token.tokenType === tokens.LeftBracket ? 'array' : 'object');
}

/** Where the brackets of JSON end; without `close` they are never closed. */
interface End extends Neighbours {
  readonly close: IToken | undefined;
}

export function closeBrackets(
  reading: Reading,
  row: Row,
  inside: Row,
  open: IToken,
  end: End,
): void {
  finishRow(reading, inside, end);
  const last = end.close ?? end.before;
  if (end.close === undefined) unclosed(reading, open, spanOfToken(last).end);
  const span: Span = spanning(spanOfToken(open), spanOfToken(last));
  if (inside.place === 'array') {
    addOperand(row, { kind: 'array', items: inside.items.map(({ value }) => value), span });
    return;
  }
  const members = inside.items.map(({ name, value }) => ({ name: name?.text, value }));
  for (const { name, value } of members) if (name === undefined) unnamed(reading, value);
  addOperand(row, { kind: 'object', members, span });
}

function unclosed(reading: Reading, open: IToken, end: number): void {
  const missing = open.tokenType === tokens.LeftBracket ? ']' : '}';
  reading.problems.push({
    code: 'unclosed-parenthesis',
    span: spanOfToken(open),
    variant: 'bracket',
    args: { bracket: open.image },
    fixes: [
      {
        title: 'insert-text',
        args: { text: missing },
        edits: [{ span: { start: end, end }, text: missing }],
        preferred: true,
      },
    ],
  });
}

/** A member without a name; where its value is missing too, that was told. */
function unnamed(reading: Reading, { kind, span }: ODataExpression): void {
  if (kind === 'missing') return;
  reading.problems.push({
    code: 'expected-value',
    span,
    variant: 'member',
    args: { found: textOf(reading.source, span) },
  });
}
