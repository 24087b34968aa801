import type { Node } from 'jsonc-parser';
import type { Problem } from '../problem/problem.ts';
import { readBrokenJson } from './brokenJson.ts';
import { isCorrectNode, readCorrectJson } from './correctJson.ts';
import { type EmbeddedText, nested, toDocument } from './embedded.ts';
import { decodeJsonString, encodeJsonString } from './jsonString.ts';
import type { Span } from './span.ts';

/** JSON that stands in a document, perhaps behind other layers. Offsets of nodes count in `source.value`. */
export interface JsonText {
  readonly source: EmbeddedText;
  readonly root: Node | undefined;
}

/** Reads JSON tolerantly; problems carry places of the document. Never throws. */
export function readJson(source: EmbeddedText): {
  readonly value: JsonText;
  readonly problems: readonly Problem[];
} {
  const text = withoutByteOrderMark(source.value);
  const root = readCorrectJson(text);
  if (root !== undefined) return { value: { source, root }, problems: [] };
  const broken = readBrokenJson(source, text);
  return { value: { source, root: broken.root }, problems: broken.problems };
}

/** The value of a property, or undefined where the node is no object or lacks it. The last of equal keys counts. */
export function propertyOf(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  if (isCorrectNode(node)) return node.named(name);
  return node.children?.findLast((property) => property.children?.[0]?.value === name)
    ?.children?.[1];
}

export const itemsOf = (node: Node | undefined): readonly Node[] =>
  node?.type === 'array' ? (node.children ?? []) : [];

export const stringOf = (node: Node | undefined): string | undefined =>
  node?.type === 'string' && typeof node.value === 'string' ? node.value : undefined;

/** Where a node stands in the document. */
export const nodeSpan = ({ source }: JsonText, node: Node): Span =>
  toDocument(source, { start: node.offset, end: node.offset + node.length });

/** The text of a string node with all its layers, and a problem for each escape that JSON does not know. */
export function textOfString(
  { source }: JsonText,
  node: Node,
): { readonly value: EmbeddedText; readonly problems: readonly Problem[] } {
  const end = node.offset + node.length;
  const isClosed = node.length > 1 && endsWithQuote(source.value, node.offset + 1, end);
  const content = { start: node.offset + 1, end: isClosed ? end - 1 : end };
  const decoded = decodeJsonString(source.value, content);
  // What is cut off inside an escape is told as a text that does not end.
  const escapes = isClosed
    ? decoded.problems
    : decoded.problems.filter(
        ({ span }) => !/^\\(?:u[0-9a-f]{0,3})?$/iu.test(source.value.slice(span.start, end)),
      );
  return {
    value: nested(source, decoded.value),
    problems: escapes.map(({ span }) => ({
      code: 'json-escape',
      span: toDocument(source, span),
      args: { text: source.value.slice(span.start, span.end) },
      fixes: [
        {
          title: 'double-backslash',
          edits: [
            {
              span: toDocument(source, { start: span.start, end: span.start + 1 }),
              text: source.encode(encodeJsonString('\\')),
            },
          ],
          preferred: true,
        },
      ],
    })),
  };
}

/** Whether a quote ends the string; one behind an odd number of backslashes is text of a truncated one. */
function endsWithQuote(text: string, start: number, end: number): boolean {
  let backslash = end - 2;
  while (backslash >= start && text[backslash] === '\\') backslash -= 1;
  return text[end - 1] === '"' && (end - 2 - backslash) % 2 === 0;
}

// A blank keeps every offset where it is.
const withoutByteOrderMark = (text: string): string =>
  text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
