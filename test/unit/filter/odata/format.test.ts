import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { evaluate } from '../../../../src/filter/meaning/evaluate.ts';
import { formatOData } from '../../../../src/filter/odata/format.ts';
import { parseOData } from '../../../../src/filter/odata/parse.ts';
import { printOData } from '../../../kit/odataPrint.ts';
import { applyEdits } from '../../../../src/text/edit.ts';
import { readShared } from '../../../kit/repository.ts';
import { asRow, cells, odataFilter, odataMeaning } from '../convert/filters.ts';
import { shapeOf } from './shape.ts';

const flat = { multiline: false, width: 100 };
const narrow = { multiline: true, width: 40 };

const formatted = (source: string, options = flat): string =>
  applyEdits(source, formatOData(source, options));

const treeOf = (source: string): string => {
  const { value } = parseOData(source);
  return value === undefined ? '' : shapeOf(value);
};

const canonical: readonly (readonly [string, string])[] = [
  ['a  eq   1', 'a eq 1'],
  ['( a eq 1 )and not( b eq null )', '(a eq 1) and not (b eq null)'],
  ["contains( name ,'A' )", "contains(name, 'A')"],
  ['a in(1,2)', 'a in (1, 2)'],
  ['a/b eq 1', 'a/b eq 1'],
  ['a/any( x : x/b eq 1 )', 'a/any(x:x/b eq 1)'],
  ['a/$count gt 1', 'a/$count gt 1'],
  ['case( a eq 1 : 2 ,true:3 ) eq 2', 'case(a eq 1:2, true:3) eq 2'],
  ["a eq 'x   y'", "a eq 'x   y'"],
  ['mod eq 5', 'mod eq 5'],
  [
    `Microsoft.Dynamics.CRM.In(PropertyName = 'a',PropertyValues = [ "5","2" ])`,
    `Microsoft.Dynamics.CRM.In(PropertyName='a', PropertyValues=["5", "2"])`,
  ],
  ['- a eq 1', '- a eq 1'],
  ['a add 1 eq 2', 'a add 1 eq 2'],
];

describe('format of OData filters', () => {
  const cases = [
    ...canonical.filter(([source]) => source !== 'a / b eq 1'),
    ['a  ==  1', 'a  ==  1'],
    ['(a  eq 1', '(a  eq 1'],
    [' ', ''],
  ] as const;
  for (const [source, expected] of cases) {
    it(`${JSON.stringify(source)} becomes ${expected}`, () => equal(formatted(source), expected));
  }

  it('breaks lines at operators and parentheses where they are allowed', () =>
    equal(
      formatted("(objecttypecode eq 'a' or objecttypecode eq 'b') and x ne null", narrow),
      ['(', "  objecttypecode eq 'a'", "  or objecttypecode eq 'b'", ')', 'and x ne null'].join(
        '\n',
      ),
    ));

  it('is finished after one time and keeps the tree', () => {
    fc.assert(
      fc.property(odataFilter, fc.constantFrom(flat, narrow), cells, (source, chosen, given) => {
        const text = formatted(source, chosen);
        deepEqual(formatOData(text, chosen), []);
        equal(treeOf(text), treeOf(source));
        equal(
          evaluate(odataMeaning(text), asRow(given)),
          evaluate(odataMeaning(source), asRow(given)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the tree of every published filter', function () {
    const rows = readShared(this, 'facts/filters.tsv').split('\n');
    const filters = rows.map((row) => row.split('\t')).filter(([side]) => side === 'dv');
    ok(filters.length > 30);
    for (const [, , filter = ''] of filters) {
      for (const options of [flat, narrow]) {
        equal(treeOf(formatted(filter, options)), treeOf(filter), filter);
      }
    }
  });
});

describe('print of OData filters', () => {
  for (const [source, expected] of canonical) {
    it(`${source} is ${expected}`, () => {
      const { value } = parseOData(source);
      equal(value && printOData(value), expected);
    });
  }

  it('is what formatting makes of a filter, and reads as the same tree', () => {
    fc.assert(
      fc.property(odataFilter, (source) => {
        const { value } = parseOData(source);
        const text = value === undefined ? '' : printOData(value);
        equal(treeOf(text), treeOf(source));
        deepEqual(formatOData(text, flat), []);
      }),
      { numRuns: 300 },
    );
  });
});
