import { equal, match, ok } from 'node:assert/strict';
import { assert, nat, property, string } from 'fast-check';
import { freeName, xppText } from '../../../src/generate/names.ts';

const names = [
  { wanted: 'ParentProject', suffix: 'NotNull', taken: [], name: 'ParentProjectNotNull' },
  { wanted: 'A', suffix: 'RecId', taken: ['ARecId', 'ARecId2'], name: 'ARecId3' },
  { wanted: 'x'.repeat(90), suffix: 'NotNull', taken: [], name: `${'x'.repeat(74)}NotNull` },
  { wanted: 'switch', suffix: '', taken: [], name: 'switch2' },
  { wanted: 'Container', suffix: '', taken: [], name: 'Container2' },
  { wanted: '2nd line', suffix: '', taken: [], name: '_2ndline' },
  { wanted: '', suffix: '', taken: [], name: '_' },
] as const;

describe('a generated name', () => {
  for (const { wanted, suffix, taken, name } of names) {
    it(`is ${name.slice(0, 30)} for ${wanted.slice(0, 30)}`, () => {
      const known = new Set<string>(taken);
      equal(
        freeName(wanted, (candidate) => known.has(candidate), suffix),
        name,
      );
    });
  }

  it('is always one of X++ that is free', () => {
    assert(
      property(string(), nat(5), (wanted, times) => {
        const taken = new Set<string>();
        for (let count = 0; count <= times; count++) {
          const name = freeName(wanted, (candidate) => taken.has(candidate), 'RecId');
          match(name, /^[A-Za-z_]\w*$/u);
          ok(name.length <= 81 && !taken.has(name));
          taken.add(name);
        }
      }),
    );
  });
});

describe('a text of X++', () => {
  it('is in quotes, with what they need escaped', () => {
    equal(xppText('a "b" \\ \r\n c\td'), String.raw`"a \"b\" \\ \n c\td"`);
  });
});
