import { deepEqual, doesNotThrow, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyEdits } from '../../../src/text/edit.ts';
import { type EmbeddedText, toDocument } from '../../../src/text/embedded.ts';
import { filterInJsonDocument, filterInJsonInXml, mappingInXml } from '../../kit/embedded.ts';
import { troublesomeText } from '../../kit/random.ts';
import { between, spelledJson, spelledXml } from '../../kit/spelling.ts';

/** Documents around a text, and whether what an edit leaves is still a document of that kind. */
const layers = [
  {
    id: 'JSON',
    write: (text: string, seed: number) =>
      between('{"filter":"', spelledJson(text, seed), '"}').text,
    read: filterInJsonDocument,
    checkValid: (document: string) => doesNotThrow(() => JSON.parse(document)),
  },
  {
    id: 'XML',
    write: (text: string, seed: number) =>
      between('<a><mapping>', spelledXml(text, seed), '</mapping></a>').text,
    read: mappingInXml,
    checkValid: checkEscapedXml,
  },
  {
    id: 'JSON in XML',
    write: (text: string, seed: number) => {
      const { text: json } = between('{"filter":"', spelledJson(text, seed), '"}');
      return between('<a><mapping>', spelledXml(json, seed + 1), '</mapping></a>').text;
    },
    read: filterInJsonInXml,
    checkValid: checkEscapedXml,
  },
  {
    id: 'JSON in CDATA',
    // A section holds anything but its own end, which no edit of this test writes across its border.
    write: (text: string, seed: number) => {
      const { text: json } = between('{"filter":"', spelledJson(text, seed), '"}');
      return `<a><mapping><![CDATA[${json.replaceAll(']', String.raw`\u005d`)}]]></mapping></a>`;
    },
    read: filterInJsonInXml,
    checkValid: () => undefined,
  },
] as const;

/** Between the tags stand neither a bare `<` nor an ampersand that begins no entity. */
function checkEscapedXml(document: string): void {
  const content = document.slice('<a><mapping>'.length, -'</mapping></a>'.length);
  deepEqual(/<|&(?!#x?[0-9A-F]+;|[a-z]+;)/u.exec(content), null);
}

const offsetsOf = (text: string): readonly number[] => {
  const offsets = [0];
  for (const character of text) offsets.push((offsets.at(-1) ?? 0) + character.length);
  return offsets;
};

describe('edits of text behind layers of escapes', () => {
  for (const { id, write, read: readText, checkValid } of layers) {
    it(`leaves a ${id} document whose text is the edited one`, () => {
      const property = fc.property(
        troublesomeText,
        troublesomeText,
        fc.nat(),
        fc.nat(),
        fc.nat(),
        (text, replacement, first, second, seed) => {
          // Between characters: no person edits half of a surrogate pair, and an entity is a whole one.
          const offsets = offsetsOf(text);
          const [start = 0, end = 0] = [first, second]
            .map((choice) => offsets[choice % offsets.length] ?? 0)
            .toSorted((a, b) => a - b);
          const document = write(text, seed);
          const read = readText(document);
          const edit = {
            span: toDocument(read, { start, end }),
            text: read.encode(replacement),
          };
          const edited = applyEdits(document, [edit]);
          const expected = text.slice(0, start) + replacement + text.slice(end);
          checkValid(edited);
          equal(valueOf(readText(edited)), expected);
        },
      );
      fc.assert(property, { examples: [['a > 1', ']]>', 0, 1, 0]] });
    });
  }

  const orders = [
    { id: 'in order', edits: [0, 1, 2] },
    { id: 'backwards', edits: [2, 1, 0] },
  ];
  for (const { id, edits } of orders) {
    it(`applies several edits given ${id}`, () => {
      const all = [
        { span: { start: 0, end: 1 }, text: 'xy' },
        { span: { start: 2, end: 2 }, text: '-' },
        { span: { start: 3, end: 4 }, text: '' },
      ];
      equal(
        applyEdits(
          'abcd',
          edits.flatMap((index) => all[index] ?? []),
        ),
        'xyb-c',
      );
    });
  }
});

const valueOf = ({ value }: EmbeddedText): string => value;
