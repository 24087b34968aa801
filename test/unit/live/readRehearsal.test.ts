import { deepEqual } from 'node:assert/strict';
import * as fc from 'fast-check';
import { readRehearsal } from '../../../src/live/read.ts';
import { play } from '../../kit/rehearsals.ts';
import { mapOf, metadata, NAME, rename } from './items.ts';

describe('a file of a rehearsal', () => {
  const problems = (text: string): readonly string[] =>
    readRehearsal(text).problems.map(({ code, variant, span }) =>
      [code, variant, text.slice(span.start, span.end)].join(' '),
    );
  const change = (more: string): string =>
    `{"steps":[{"transaction":"t","changes":[{"update":"T"${more}}]}]}`;
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['empty', '', ['json-syntax end ']],
    ['no object', '[]', ['rehearsal-invalid type.object [']],
    ['without steps', '{}', ['rehearsal-invalid missing {}']],
    [
      'an unknown property',
      '{"steps":[],"enviroment":{}}',
      ['rehearsal-invalid propertyMeant "enviroment"'],
    ],
    ['a wrong type', '{"steps":"x"}', ['rehearsal-invalid type.array "x"']],
    [
      'a wrong side',
      '{"steps":[{"transaction":"t","side":"crm","changes":[]}]}',
      ['rehearsal-invalid value "crm"'],
    ],
    ['a cell that is a list', change(',"values":{"A":[]}'), ['rehearsal-invalid cell []']],
    [
      'a change that does nothing',
      '{"steps":[{"transaction":"t","changes":[{}]}]}',
      ['rehearsal-invalid noOperation {}'],
    ],
    [
      'a way of writing that does not fit',
      change(',"by":"doInsert"'),
      ['rehearsal-invalid writing {"update":"T","by":"doInsert"}'],
    ],
    ['a way of writing in another case', change(',"by":"doupdate"'), []],
    [
      'a result that does not exist',
      '{"steps":[{"wait":{"days":1},"expect":{"result":"perhaps"}}]}',
      ['rehearsal-invalid value "perhaps"'],
    ],
  ];
  for (const [name, text, expected] of cases) {
    it(`is told of: ${name}`, () => deepEqual(problems(text), expected));
  }

  it('is never too much, whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), async (text) => {
        await play(text, [mapOf()], metadata);
        await play(
          `{"steps":[{"transaction":"t","changes":[${text}],"expect":${text}}]}`,
          [mapOf()],
          metadata,
        );
      }),
      { numRuns: 50 },
    );
  });

  it('has names with what was probably meant', async () => {
    const { problems: told } = await play(
      {
        environment: { states: [{ map: '[Item] - [ours_items]', state: 'paused' }] },
        steps: [
          { transaction: 't', changes: [{ ...rename, update: 'Itm' }] },
          {
            transaction: 'u',
            changes: [{ ...rename, values: { Nmae: 'x', RecId: '1', Ours: '2' } }],
          },
        ],
      },
      [mapOf()],
      metadata,
    );
    deepEqual(
      told.map(({ variant, args }) => [variant, args?.['name'], args?.['meant']]),
      [
        ['mapMeant', '[Item] - [ours_items]', NAME],
        ['tableMeant', 'Itm', 'Item'],
        ['fieldMeant', 'Nmae', 'Name'],
      ],
    );
  });
});
