import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { assert as check, property, string } from 'fast-check';
import { translator } from '../../../../src/problem/message.ts';
import { analyse } from '../../../../src/service/analysis.ts';
import { code, plain, table } from '../../../../src/text/markdown.ts';
import { mapsInMarkdown } from '../../../../src/service/maps/mapMarkdown.ts';
import { emptyWorkspace } from '../../../../src/service/workspace.ts';
import { readInRepository } from '../../../kit/repository.ts';

const exported = (text: string, locale = 'en'): string =>
  mapsInMarkdown(analyse({ uri: 'file:///m.json', text }, emptyWorkspace), translator(locale));

const map = (leg: object, more: object = {}): string =>
  JSON.stringify({
    name: 'M',
    legs: [{ sourceSchema: 'S', destinationSchema: 'd', ...leg }],
    ...more,
  });

describe('a map in Markdown', () => {
  it('tells entities, filters in words, fields and transforms', () => {
    const text = exported(readInRepository('samples/maps/customers-accounts.json'));
    match(text, /^# .*Customers V3/mu);
    match(text, /^## Customers V3 → accounts$/mu);
    match(text, /^### Finance and Operations filter$/mu);
    match(text, /^```xpp\n.+\n```\n\n.*Keeps the rows/mu);
    match(text, /^\| `CUSTOMERACCOUNT` \| `=` \| `accountnumber` \|/mu);
    match(text, /lookup in `transactioncurrencies`/u);
    match(text, /→ `806380000`/u);
  });

  it('tells that there is no filter, and no mapping', () => {
    const text = exported(map({ sourceFilter: ' ' }));
    equal([...text.matchAll(/No filter: every row is synchronized\./gu)].length, 2);
    match(text, /No field is mapped\./u);
  });

  it('tells what is wrong with it', () => {
    match(
      exported(map({ sourceFilter: '(A == ' })),
      /## Problems\n\n[^]*- .*\(`expected-value`\)/u,
    );
  });

  for (const [locale, expected] of [
    ['cs', 'Bez filtru: synchronizují se všechny řádky.'],
    ['fr', 'Aucun filtre\u202F: toutes les lignes sont synchronisées.'],
  ] as const) {
    it(`speaks ${locale}`, () => ok(exported(map({}), locale).includes(expected)));
  }

  it('is nothing where there is no map', () => {
    equal(exported('{"name":"x"}'), '');
  });

  const cells = [
    { id: 'a pipe', written: plain('a|b'), cell: String.raw`a\|b` },
    { id: 'a pipe in code', written: code('a|b'), cell: String.raw`${'`'}a\|b${'`'}` },
    { id: 'a pipe behind a backslash', written: plain(String.raw`a\|b`), cell: String.raw`a\\\|b` },
    { id: 'lines', written: plain('a\r\nb'), cell: 'a b' },
    { id: 'backticks', written: code('a`b'), cell: '``a`b``' },
    { id: 'a backtick at the end', written: code('a`'), cell: '`` a` ``' },
    { id: 'markup', written: plain('*a* <b> [c](d)'), cell: String.raw`\*a\* \<b\> \[c\](d)` },
    { id: 'a list', written: plain('- a'), cell: String.raw`\- a` },
    { id: 'a number', written: plain('1. a'), cell: String.raw`1\. a` },
    { id: 'nothing', written: code(' '), cell: '' },
  ];
  for (const { id, written, cell } of cells) {
    it(`escapes ${id}`, () => {
      deepEqual(table(['x'], [[written]]).split('\n'), ['| x |', '| --- |', `| ${cell} |`]);
    });
  }

  it('keeps as many cells in a row as in the head, whatever fields are called', () => {
    check(
      property(string({ unit: 'binary' }), string({ unit: 'binary' }), (source, value) => {
        const text = exported(
          map({
            fieldMappings: [
              {
                sourceField: source,
                destinationField: 'd',
                valueTransforms: [{ valueMap: { [value]: value } }],
              },
            ],
          }),
        );
        const rows = text.split('\n').filter((line) => line.startsWith('| '));
        equal(rows.length, 3, text);
        for (const row of rows) equal(row.split(/(?<!\\)\|/u).length, 6, row);
      }),
      { numRuns: 50 },
    );
  });
});
