import * as fc from 'fast-check';
import {
  checkDecoding,
  filterInJsonDocument,
  filterInJsonInXml,
  mappingInXml,
} from '../../kit/embedded.ts';
import { troublesomeText } from '../../kit/random.ts';
import { between, nestedSpelling, spelledJson, spelledXml } from '../../kit/spelling.ts';

const cases = [
  { id: 'empty', text: '' },
  { id: 'quotes', text: '(Name == "a")' },
  { id: 'backslashes', text: String.raw`(Date <= 23\06\2021)` },
  { id: 'ampersands', text: '((A == 1) && (B < 2))' },
  { id: 'text that looks escaped', text: String.raw`&amp; &#65; \u0041 \"` },
  { id: 'line breaks', text: 'a\r\nb\nc\rd' },
  { id: 'beyond the basic plane', text: '😀"😀' },
  { id: 'half a surrogate pair', text: 'a\uD83D"' },
] as const;
const seeds = [0, 1, 2, 3, 4, 5, 6, 7];

/** Every layer around a filter, and how a document is written and read through it. */
const layers = [
  {
    id: 'JSON',
    check(text: string, seed: number) {
      const written = between('\uFEFF{"name":"é😀","filter":"', spelledJson(text, seed), '"}\r\n');
      checkDecoding(filterInJsonDocument(written.text), text, written);
    },
  },
  {
    id: 'XML',
    check(text: string, seed: number) {
      const written = between('\uFEFF<a>😀<mapping>', spelledXml(text, seed), '</mapping></a>');
      checkDecoding(mappingInXml(written.text), text, written);
    },
  },
  {
    id: 'CDATA',
    check(text: string) {
      const content = text.replaceAll(']]>', '');
      const starts = Array.from({ length: content.length + 1 }, (_, index) => index);
      const written = between(
        '<a><mapping><![CDATA[',
        { text: content, starts },
        ']]></mapping></a>',
      );
      checkDecoding(mappingInXml(written.text), content, written);
    },
  },
  {
    id: 'JSON in XML',
    check(text: string, seed: number) {
      const inner = between('{\r\n  "filter": "', spelledJson(text, seed), '" }');
      const outer = spelledXml(inner.text, seed + 1);
      const written = between('<a><mapping>', nestedSpelling(inner, outer), '</mapping></a>');
      checkDecoding(filterInJsonInXml(written.text), text, written);
    },
  },
] as const;

describe('text behind layers of escapes', () => {
  for (const layer of layers) {
    for (const { id, text } of cases) {
      it(`decodes and maps back through ${layer.id}: ${id}`, () => {
        for (const seed of seeds) layer.check(text, seed);
      });
    }

    it(`decodes and maps back through ${layer.id}: any text, any spelling`, () => {
      fc.assert(fc.property(troublesomeText, fc.nat(), layer.check));
    });
  }
});
