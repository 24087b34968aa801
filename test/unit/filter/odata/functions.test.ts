import assert from 'node:assert/strict';
import { checkDataverse } from '../../../../src/filter/odata/dataverse.ts';
import {
  dataverseFunctions,
  QUERY_NAMESPACE,
} from '../../../../src/filter/odata/dataverseFunctions.ts';
import { odataFunctions, takes } from '../../../../src/filter/odata/functions.ts';
import { nearest } from '../../../../src/filter/odata/nearest.ts';
import { parseOData } from '../../../../src/filter/odata/parse.ts';
import { catalogue } from '../../../../src/problem/catalogue.ts';

describe('the tables of functions', () => {
  it('name each function once', () => {
    const names = [...odataFunctions, ...dataverseFunctions].map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
  });

  it('hold more than the 60 query functions that the reference promises', () => {
    assert.ok(dataverseFunctions.length > 60);
    assert.ok(dataverseFunctions.every(({ name }) => name.startsWith(`${QUERY_NAMESPACE}.`)));
  });

  for (const known of [...odataFunctions, ...dataverseFunctions]) {
    it(`parses and accepts a call of ${known.name}`, () => {
      const isQuery = known.name.startsWith(QUERY_NAMESPACE);
      const args = known.parameters.map(({ name }) => (isQuery ? `${name}='x'` : 'a'));
      const call = `${known.name}(${args.join(known.name === 'case' ? ':' : ',')})`;
      const source = known.answers === 'condition' ? call : `${call} eq 1`;
      const { value, problems } = parseOData(source);
      assert.deepEqual(problems, []);
      assert.ok(value);
      const errors = checkDataverse(value, source).filter(
        ({ code }) => catalogue[code].severity === 'error',
      );
      assert.deepEqual(errors, []);
    });
  }

  it('tell the numbers of arguments', () => {
    const counts = (name: string): readonly number[] => {
      const known = odataFunctions.find((each) => each.name === name);
      assert.ok(known);
      return [0, 1, 2, 3, 4, 5].filter((count) => takes(known, count));
    };
    assert.deepEqual(counts('now'), [0]);
    assert.deepEqual(counts('isof'), [1, 2]);
    assert.deepEqual(counts('substring'), [2, 3]);
    assert.deepEqual(counts('case'), [2, 4]);
  });
});

describe('nearest', () => {
  const words = ['contains', 'startswith', 'endswith'];

  it('finds a slip of the hand', () => {
    assert.equal(nearest('contians', words), 'contains');
    assert.equal(nearest('startwith', words), 'startswith');
    assert.equal(nearest('endwith', words), 'endswith');
  });

  it('finds nothing in something else', () => {
    assert.equal(nearest('length', words), undefined);
    assert.equal(nearest('x', words), undefined);
    assert.equal(nearest('', words), undefined);
  });
});
