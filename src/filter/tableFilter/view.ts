import type { Analysed } from '../../problem/problem.ts';
import { type Span, textOf } from '../../text/span.ts';
import type { TableView, ViewField, ViewOrder } from './viewAst.ts';
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
import { readConditions } from './viewWhere.ts';

/** Reads a stored view; nothing at all is a view that sorts by the primary key and keeps every row. */
export function parseTableView(source: string): Analysed<TableView> {
  const reader: ViewReader = { source, problems: [], offset: 0 };
  let view: TableView = { span: { start: 0, end: source.length } };
  for (skipBlanks(reader); !isAtEnd(reader); skipBlanks(reader)) {
    const word = readWord(reader);
    if (word.start === word.end) {
      readStray(reader);
      continue;
    }
    view = { ...readSection(reader, word, view), ...view };
  }
  return { value: view, problems: reader.problems.toSorted((a, b) => a.span.start - b.span.start) };
}

/** A section, alone in a view. What stands there twice is reported, and the first one holds. */
function readSection(reader: ViewReader, word: Span, view: TableView): TableView {
  const { source, problems } = reader;
  const nothing: TableView = { span: view.span };
  const name = textOf(source, word);
  const section = SECTIONS[name.toUpperCase()];
  const part = { span: word, args: { name } };
  if (section === undefined) {
    problems.push({ code: 'unknown-function', variant: 'viewSection', ...part });
  } else if (view[section] !== undefined) {
    problems.push({
      code: 'unexpected-token',
      variant: 'repeated',
      span: word,
      args: { found: name },
    });
  }
  skipBlanks(reader);
  if (!isAt(reader, '(')) {
    if (section !== undefined) reportMissing(reader, word, 'value');
    return nothing;
  }
  const open = { start: reader.offset, end: reader.offset + 1 };
  reader.offset = open.end;
  const read = section === undefined ? undefined : READERS[section](reader, open);
  skipTo(reader, ')', 'quotes');
  closeParenthesis(reader, open.start);
  const span = { start: word.start, end: reader.offset };
  return read === undefined ? nothing : { ...nothing, ...read(span) };
}

type Section = 'version' | 'sorting' | 'order' | 'where';

const SECTIONS: Readonly<Record<string, Section>> = {
  VERSION: 'version',
  SORTING: 'sorting',
  ORDER: 'order',
  WHERE: 'where',
};

/** Reads what stands between the parentheses; the section is known where its end is. */
type SectionReader = (
  reader: ViewReader,
  open: Span,
) => (span: Span) => Partial<Pick<TableView, Section>>;

const READERS: Readonly<Record<Section, SectionReader>> = {
  version: (reader) => {
    const start = reader.offset;
    skipTo(reader, ')', 'letters');
    const text = reader.source.slice(start, reader.offset).trim();
    return (span) => ({ version: { text, span } });
  },
  sorting: (reader, open) => {
    const fields = readSorting(reader, open);
    return (span) => ({ sorting: { fields, span } });
  },
  order: (reader, open) => {
    const order = readOrder(reader, open);
    return (span) => ({ order: { order, span } });
  },
  where: (reader, open) => {
    const conditions = readConditions(reader, open);
    return (span) => ({ where: { conditions, span } });
  },
};

function readSorting(reader: ViewReader, open: Span): readonly ViewField[] {
  const fields: ViewField[] = [];
  let before = open;
  for (;;) {
    const field = readField(reader, ',)');
    if (field === undefined) reportMissing(reader, before, 'value');
    else fields.push(field);
    if (!isAt(reader, ',') && !isAt(reader, ')') && !isAtEnd(reader)) {
      // Only quotes end before a comma: something stands behind them.
      reportStray(reader, ',)');
    }
    if (!isAt(reader, ',')) return fields;
    before = { start: reader.offset, end: reader.offset + 1 };
    reader.offset += 1;
  }
}

const ORDERS: Readonly<Record<string, ViewOrder>> = {
  ASCENDING: 'Ascending',
  DESCENDING: 'Descending',
};

function readOrder(reader: ViewReader, open: Span): ViewOrder {
  skipBlanks(reader);
  const start = reader.offset;
  skipTo(reader, ')', 'letters');
  const found = reader.source.slice(start, reader.offset).trimEnd();
  const order = ORDERS[found.toUpperCase()];
  if (order !== undefined) return order;
  const span = { start, end: start + found.length };
  reader.problems.push({
    code: 'unexpected-token',
    variant: 'order',
    span: found === '' ? open : span,
    args: { found },
  });
  return 'Ascending';
}

/** Signs between the sections; told once. */
function readStray(reader: ViewReader): void {
  if (isAt(reader, ')')) {
    const span = { start: reader.offset, end: reader.offset + 1 };
    reader.offset += 1;
    reader.problems.push({
      code: 'unopened-parenthesis',
      span,
      fixes: [{ title: 'remove-parenthesis', edits: [{ span, text: '' }], preferred: true }],
    });
    return;
  }
  const start = reader.offset;
  while (!isAtEnd(reader) && !/[\p{L}\p{N}_\s)]/u.test(reader.source.charAt(reader.offset))) {
    reader.offset += 1;
  }
  reportFrom(reader, start);
}

function reportStray(reader: ViewReader, signs: string): void {
  const start = reader.offset;
  skipTo(reader, signs, 'letters');
  reportFrom(reader, start);
}

function reportFrom(reader: ViewReader, start: number): void {
  const found = reader.source.slice(start, reader.offset).trimEnd();
  const span = { start, end: start + found.length };
  reader.problems.push({ code: 'unexpected-token', span, args: { found } });
}
