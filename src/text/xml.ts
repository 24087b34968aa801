import { Parser } from 'htmlparser2';
import { startDecoding } from './decoding.ts';
import type { EmbeddedText } from './embedded.ts';
import { type Span, textOf } from './span.ts';

/** An XML element with places in the document. Attribute values are decoded. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** From `<` of the start tag to `>` of the end tag. */
  readonly span: Span;
  /** Between the tags; empty, and placed behind the tag, where the element closes itself. */
  readonly content: Span;
  /** The character data directly in this element, entities and CDATA sections not yet decoded. */
  readonly text: readonly XmlText[];
}

interface XmlText {
  readonly span: Span;
  /** In a CDATA section nothing is decoded. */
  readonly cdata: boolean;
}

/** `notClosed`: an element without its end tag, which is also what a truncated file looks like. */
export interface XmlProblem {
  readonly kind: 'notClosed' | 'noRoot';
  readonly name: string;
  readonly span: Span;
}

interface OpenElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  start: number;
  contentStart: number;
  text: XmlText[];
}

/** Reads XML tolerantly: what can be read is read, what is broken is told. Never throws. */
export function readXml(source: string): {
  readonly value: XmlElement | undefined;
  readonly problems: readonly XmlProblem[];
} {
  const problems: XmlProblem[] = [];
  const stack: OpenElement[] = [];
  let root: XmlElement | undefined;
  let inCdata = false;

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        stack.push({
          name,
          attributes: decodedAttributes(attributes),
          children: [],
          start: parser.startIndex,
          contentStart: parser.endIndex + 1,
          text: [],
        });
      },
      ontext() {
        const end = Math.min(parser.endIndex + 1, source.length);
        const span = inCdata
          ? insideCdata(source, { start: parser.startIndex, end })
          : { start: parser.startIndex, end };
        stack.at(-1)?.text.push({ span, cdata: inCdata });
      },
      oncdatastart() {
        inCdata = true;
      },
      oncdataend() {
        inCdata = false;
      },
      onclosetag(_name, isImplied) {
        const open = stack.pop();
        if (open === undefined) return;
        const closesItself = isImplied && parser.endIndex + 1 === open.contentStart;
        if (isImplied && !closesItself) {
          problems.push({
            kind: 'notClosed',
            name: open.name,
            span: { start: open.start, end: open.contentStart },
          });
        }
        const contentEnd = closesItself
          ? open.contentStart
          : isImplied
            ? Math.max(open.contentStart, Math.min(parser.startIndex, source.length))
            : parser.startIndex;
        const element: XmlElement = {
          name: open.name,
          attributes: open.attributes,
          children: open.children,
          span: { start: open.start, end: Math.min(parser.endIndex + 1, source.length) },
          content: { start: open.contentStart, end: contentEnd },
          text: open.text,
        };
        const parent = stack.at(-1);
        if (parent === undefined) root ??= element;
        else parent.children.push(element);
      },
    },
    { xmlMode: true, decodeEntities: false },
  );
  parser.write(source);
  parser.end();

  if (root === undefined) {
    problems.push({ kind: 'noRoot', name: '', span: { start: 0, end: 0 } });
  }
  return { value: root, problems };
}

const NAMED: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
};

/** The character data of an element with the place of each character in the document. */
export function xmlTextOf(source: string, element: XmlElement): EmbeddedText {
  const decoding = startDecoding();
  for (const piece of element.text) {
    if (piece.cdata) decoding.copy(source, piece.span.start, piece.span.end);
    else decodeEntities(source, piece.span, decoding);
  }
  const end = element.text.at(-1)?.span.end ?? element.content.end;
  return decoding.finish(end, encoderFor(source, element));
}

/** Trimmed text of an element, for the short values of metadata files. */
export const xmlValueOf = (source: string, element: XmlElement): string =>
  xmlTextOf(source, element).value.trim();

/** What stands in a section; one that a truncated file leaves open has no end to leave out. */
function insideCdata(source: string, { start, end }: Span): Span {
  const isClosed = source.endsWith(']]>', end);
  const inner = isClosed ? end - ']]>'.length : end;
  return { start: Math.min(start + '<![CDATA['.length, inner), end: inner };
}

/** Every element below `element`, in document order. */
export function descendants(element: XmlElement): readonly XmlElement[] {
  const result: XmlElement[] = [];
  const pending = element.children.toReversed();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    result.push(next);
    // One by one: spread into a call, a hundred thousand children would overflow the stack.
    for (const child of next.children.toReversed()) pending.push(child);
  }
  return result;
}

/** The elements below the child `name`: how the AOT writes lists. */
export const listNamed = (element: XmlElement, name: string): readonly XmlElement[] =>
  childNamed(element, name)?.children ?? [];

export const childNamed = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name);

/** Writes on in the style of the element: solution exports escape quotes or leave them (`dualwrite.md` 1.2). */
function encoderFor(source: string, element: XmlElement): EmbeddedText['encode'] {
  if (element.text.some((piece) => piece.cdata)) return encodeCdata;
  const escapesQuotes = element.text.some((piece) => textOf(source, piece.span).includes('&quot;'));
  return escapesQuotes
    ? (decoded) => encodeXmlText(decoded).replaceAll('"', '&quot;')
    : encodeXmlText;
}

export const encodeXmlText = (decoded: string): string =>
  decoded.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const encodeCdata = (decoded: string): string => decoded.replaceAll(']]>', ']]]]><![CDATA[>');

function decodeEntities(
  source: string,
  span: Span,
  decoding: ReturnType<typeof startDecoding>,
): void {
  let offset = span.start;
  while (offset < span.end) {
    const ampersand = source.indexOf('&', offset);
    const plainEnd = ampersand < 0 || ampersand > span.end ? span.end : ampersand;
    decoding.copy(source, offset, plainEnd);
    offset = plainEnd;
    if (offset >= span.end) return;
    const entity = readEntity(source, offset, span.end);
    if (entity === undefined) {
      // A bare ampersand is broken XML; read as itself it keeps the rest of the document readable.
      decoding.copy(source, offset, offset + 1);
      offset += 1;
    } else {
      decoding.append(entity.text, offset);
      offset += entity.length;
    }
  }
}

const LONGEST_ENTITY = '&#x0010FFFF;'.length;

function readEntity(
  source: string,
  ampersand: number,
  end: number,
): { readonly text: string; readonly length: number } | undefined {
  const window = source.slice(ampersand, Math.min(ampersand + LONGEST_ENTITY, end));
  const match = /^&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/iu.exec(window);
  if (match === null) return undefined;
  const [whole, hexadecimal, decimal, name] = match;
  if (name !== undefined) {
    const text = NAMED[name];
    return text === undefined ? undefined : { text, length: whole.length };
  }
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return code > 0x10ffff ? undefined : { text: String.fromCodePoint(code), length: whole.length };
}

function decodedAttributes(raw: Readonly<Record<string, string>>): Record<string, string> {
  const decoded: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    const decoding = startDecoding();
    decodeEntities(value, { start: 0, end: value.length }, decoding);
    decoded[name] = decoding.finish(value.length, encodeXmlText).value;
  }
  return decoded;
}
