import { deepEqual, equal, ok } from 'node:assert/strict';
import { insertIntoList, newExtension, newExtensionClass } from '../../../src/generate/aotXml.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { readXml } from '../../../src/text/xml.ts';

const ITEM = '\t\t<I>\n\t\t\t<N>x</N>\n\t\t</I>';

const insertions = [
  {
    id: 'behind the last item',
    text: '<R>\n\t<L>\n\t\t<I />\n\t</L>\n</R>',
    result: `<R>\n\t<L>\n\t\t<I />\n${ITEM}\n\t</L>\n</R>`,
  },
  {
    id: 'into a list that closes itself',
    text: '<R>\n\t<L />\n</R>',
    result: `<R>\n\t<L>\n${ITEM}\n\t</L>\n</R>`,
  },
  {
    id: 'into an empty list',
    text: '<R>\n\t<L></L>\n</R>',
    result: `<R>\n\t<L>\n${ITEM}\n\t</L>\n</R>`,
  },
  {
    id: 'into a blank list',
    text: '<R>\n\t<L>\n\t</L>\n</R>',
    result: `<R>\n\t<L>\n${ITEM}\n\t</L>\n</R>`,
  },
  {
    id: 'with CRLF',
    text: '<R>\r\n\t<L>\r\n\t\t<I />\r\n\t</L>\r\n</R>',
    result: `<R>\r\n\t<L>\r\n\t\t<I />\r\n${ITEM.replaceAll('\n', '\r\n')}\r\n\t</L>\r\n</R>`,
  },
  {
    id: 'indented by blanks',
    text: '<R>\n  <L>\n    <I />\n  </L>\n</R>',
    result: `<R>\n  <L>\n    <I />\n${ITEM.replaceAll('\t', '  ')}\n  </L>\n</R>`,
  },
  {
    id: 'behind a byte order mark, in one line',
    text: '\uFEFF<R><L><I /></L></R>',
    result: `\uFEFF<R><L><I />\n${ITEM}\n\t</L></R>`,
  },
  {
    id: 'of the first of equal names',
    text: '<R>\n\t<L />\n\t<L />\n</R>',
    result: `<R>\n\t<L>\n${ITEM}\n\t</L>\n\t<L />\n</R>`,
  },
];

const refused = [
  { id: 'no file', text: undefined },
  { id: 'no such list', text: '<R><M /></R>' },
  { id: 'the list stands deeper', text: '<R><M><L /></M></R>' },
  { id: 'no XML', text: 'x' },
  { id: 'a file that is cut off', text: '<R>\n\t<L>\n\t\t<I />\n\t</L>' },
];

describe('XML of the AOT', () => {
  for (const { id, text, result } of insertions) {
    it(`gets an item: ${id}`, () => {
      const edit = insertIntoList(text, ['L'], ITEM);
      ok(edit);
      equal(applyEdits(text, [edit]), result);
    });
  }

  for (const { id, text } of refused) {
    it(`gets no item: ${id}`, () => {
      equal(insertIntoList(text, ['L'], ITEM), undefined);
    });
  }

  it('is closed where it is new', () => {
    for (const text of [
      newExtension('E.Ours', '\t\t<F />'),
      newExtensionClass('E_Extension', 'E', '\t\t\t<M />'),
    ]) {
      deepEqual(readXml(text).problems, []);
      equal(/\r/u.test(text), false);
    }
  });
});
