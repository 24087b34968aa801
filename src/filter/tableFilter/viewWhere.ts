import { type Span, textOf } from '../../text/span.ts';
import type { TableFilter } from './ast.ts';
import { parseTableFilter } from './parse.ts';
import { closingQuote } from './quotes.ts';
import { doubleQuotes } from './values.ts';
import type { ViewCondition, ViewConstant, ViewField } from './viewAst.ts';
import {
  closeParenthesis,
  isAt,
  isAtEnd,
  readField,
  readWord,
  reportMissing,
  skipBlanks,
  skipTo,
  type ViewReader,
} from './viewText.ts';

/** Reads `Field=FILTER(…), Field=CONST(…)` up to the parenthesis that ends it. */
export function readConditions(reader: ViewReader, open: Span): readonly ViewCondition[] {
  const conditions: ViewCondition[] = [];
  let before = open;
  for (;;) {
    const field = readField(reader, '=,)');
    if (field === undefined) reportMissing(reader, before, 'value');
    conditions.push(readCondition(reader, field ?? fieldless(reader)));
    skipBlanks(reader);
    if (!isAt(reader, ',') && !isAt(reader, ')') && !isAtEnd(reader)) skipSurplus(reader);
    if (!isAt(reader, ',')) return conditions;
    before = { start: reader.offset, end: reader.offset + 1 };
    reader.offset += 1;
  }
}

const fieldless = ({ offset }: ViewReader): ViewField => ({
  text: '',
  name: '',
  span: { start: offset, end: offset },
});

function readCondition(reader: ViewReader, field: ViewField): ViewCondition {
  const { source } = reader;
  const missing = (): ViewCondition => ({
    kind: 'missing',
    field,
    keyword: '',
    span: { start: field.span.start, end: reader.offset },
  });
  if (!isAt(reader, '=')) {
    if (field.text !== '') reportNoEqualSign(reader, field);
    skipTo(reader, ',)', 'quotes');
    return missing();
  }
  const equalSign = { start: reader.offset, end: reader.offset + 1 };
  reader.offset += 1;
  skipBlanks(reader);
  const word = readWord(reader);
  skipBlanks(reader);
  const open = reader.offset;
  if (word.start === word.end || !isAt(reader, '(')) {
    reader.offset = word.start;
    reportBareValue(reader, equalSign);
    return missing();
  }
  const keyword = textOf(source, word);
  reader.offset += 1;
  skipTo(reader, ')', 'quotes');
  const content = { start: open + 1, end: reader.offset };
  closeParenthesis(reader, open);
  const base = { field, keyword, span: { start: field.span.start, end: reader.offset } };
  switch (KINDS[keyword.toUpperCase()]) {
    case 'filter':
      return { ...base, kind: 'filter', filter: readFilter(reader, content) };
    case 'const': {
      // The page of GetView shows CONST with an interval in it become a FILTER.
      const isFilter = textOf(source, content).includes('..');
      return isFilter
        ? { ...base, kind: 'filter', filter: readFilter(reader, content) }
        : { ...base, kind: 'const', value: readConstant(reader, content) };
    }
    default:
      reader.problems.push({
        code: 'unknown-function',
        span: word,
        // FIELD links two pages; a stored view has no second record to take the value from.
        variant: keyword.toUpperCase() === 'FIELD' ? 'viewField' : 'filterKind',
        args: { name: keyword },
      });
      return { ...base, kind: 'missing' };
  }
}

/** 1 is what GetView writes without names; 0 is CONST in third-party views (no page says so). */
const KINDS: Readonly<Record<string, 'filter' | 'const'>> = {
  FILTER: 'filter',
  CONST: 'const',
  1: 'filter',
  0: 'const',
};

function readFilter(reader: ViewReader, content: Span): TableFilter | undefined {
  const { value, problems } = parseTableFilter(reader.source, content);
  for (const problem of problems) reader.problems.push(problem);
  return value;
}

function readConstant(reader: ViewReader, content: Span): ViewConstant {
  const written = textOf(reader.source, content);
  const text = written.trim();
  const start = content.start + (written.length - written.trimStart().length);
  const span = { start, end: start + text.length };
  if (text.length > 1 && text.startsWith('"') && text.endsWith('"')) {
    reader.problems.push(doubleQuotes({ text, span }));
    return { text, span, value: text.slice(1, -1) };
  }
  const isQuoted = text.startsWith("'") && closingQuote(text, 0) === text.length - 1;
  return { text, span, value: isQuoted ? text.slice(1, -1).replaceAll("''", "'") : text };
}

function reportNoEqualSign(reader: ViewReader, field: ViewField): void {
  const isEnd = isAtEnd(reader);
  const { offset } = reader;
  reader.problems.push({
    code: 'expected-operator',
    span: isEnd ? field.span : { start: offset, end: offset + 1 },
    variant: isEnd ? 'viewEnd' : 'view',
    args: { after: field.text, found: isEnd ? '' : reader.source.charAt(offset) },
  });
}

/** `Field=value` without FILTER or CONST around the value. */
function reportBareValue(reader: ViewReader, equalSign: Span): void {
  const start = reader.offset;
  skipTo(reader, ',)', 'quotes');
  const text = reader.source.slice(start, reader.offset).trimEnd();
  if (text === '') {
    reportMissing(reader, equalSign, 'filterKind');
    return;
  }
  const span = { start, end: start + text.length };
  reader.problems.push({
    code: 'expected-value',
    span,
    variant: 'filterKind',
    args: { after: '=', found: text },
    fixes: [
      {
        title: 'write-literal',
        args: { text: `FILTER(${text})` },
        edits: [{ span, text: `FILTER(${text})` }],
      },
    ],
  });
}

/** Something behind a condition, before the next comma; told once. */
function skipSurplus(reader: ViewReader): void {
  const start = reader.offset;
  skipTo(reader, ',)', 'quotes');
  const found = reader.source.slice(start, reader.offset).trimEnd();
  reader.problems.push({
    code: 'unexpected-token',
    span: { start, end: start + found.length },
    args: { found },
  });
}
