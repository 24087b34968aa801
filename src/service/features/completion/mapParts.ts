import { getLocation, type JSONPath } from 'jsonc-parser';
import snippets from '../../../../snippets/map.json' with { type: 'json' };
import type { Span } from '../../../text/span.ts';
import type { AnalysedDocument } from '../../analysis.ts';

/** A part of a map that can be put in a list: a leg, a field mapping, a value transform. */
export interface MapPart {
  /** What is typed to find it; its sentence is the message `part.NAME`. */
  readonly name: string;
  /** In the syntax of snippets. */
  readonly body: string;
  /** The word at the caret, which it replaces. */
  readonly span: Span;
}

type Lists = keyof typeof snippets;

/**
 * The parts of a map that fit at a place of its JSON. Told by the map's content, whatever the file is called: a
 * schema and a snippet of VS Code know a file by its name or its language alone (docs/decisions.md).
 */
export function mapPartsAt(
  { document, map }: AnalysedDocument,
  offset: number,
): readonly MapPart[] {
  if (map.kind !== 'mapping' && map.kind !== 'record') return [];
  const { text } = document;
  const start =
    offset - (/[\w-]*$/u.exec(text.slice(Math.max(0, offset - LONGEST), offset))?.[0].length ?? 0);
  const list = listAt(text, start);
  if (list === undefined) return [];
  const end = offset + (/^[\w-]*/u.exec(text.slice(offset, offset + LONGEST))?.[0].length ?? 0);
  return Object.entries(snippets[list]).map(([name, body]) => ({
    name,
    body: body.join('\n'),
    span: { start, end },
  }));
}

/** The part as an editor without snippets inserts it: first choices, examples and nothing to fill in. */
export const plainPart = (body: string): string =>
  body
    .replaceAll(/\$\{\d+\|([^,|]*)[^|]*\|\}/gu, '$1')
    .replaceAll(/\$\{\d+:([^}]*)\}/gu, '$1')
    .replaceAll(/\$\d+/gu, '');

const LONGEST = 64;

/** The list between whose elements a place is; undefined inside an element, a text or elsewhere. */
function listAt(text: string, offset: number): Lists | undefined {
  const path = pathAt(text, offset);
  const [name, index] = path.slice(-2);
  if (typeof index !== 'number') return undefined;
  const before = withoutComments(text.slice(0, offset)).trimEnd();
  if (!/[[,]$/u.test(before)) return undefined;
  return LISTS.find((list) => list === name);
}

const LISTS: readonly Lists[] = ['legs', 'fieldMappings', 'valueTransforms'];

/** A comment at the end, where no text can hold it: the place was found between the elements of a list. */
const withoutComments = (text: string): string =>
  text.replace(/(?:\s*(?:\/\/[^\n]*\n|\/\*[^*]*\*\/))+\s*$/u, '');

function pathAt(text: string, offset: number): JSONPath {
  try {
    const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
    const isInside =
      previousNode !== undefined &&
      previousNode.offset < offset &&
      offset < previousNode.offset + previousNode.length;
    return isAtPropertyKey || isInside ? [] : path;
  } catch (error) {
    // It recurses per level, as every reader of jsonc-parser does.
    if (error instanceof RangeError) return [];
    throw error;
  }
}
