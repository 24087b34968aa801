import { deepEqual, equal, ok } from 'node:assert/strict';
import { ALLOWED } from '../../../src/live/lifecycle.ts';
import { ACTIONS, MAP_STATES } from '../../../src/live/model.ts';
import { codesOf, play } from '../../kit/rehearsals.ts';
import { entityXml, mappedField } from '../../kit/metadata.ts';
import { ENTITY, mapOf, type MapParts, metadata, NAME, one, rename, rows } from './items.ts';

const outcomes = async (rehearsal: object, map = mapOf()): Promise<readonly string[]> =>
  (await play(rehearsal, [map], metadata)).results[0]?.outcomes ?? [];

describe('a rehearsed change', () => {
  const unit = {
    syncDirection: 1,
    sourceField: 'UNIT',
    destinationField: 'ours_unit.ours_symbol',
    destinationLookupFieldRelatedEntity: 'ours_units',
  };
  const cases: readonly (readonly [string, object, MapParts, readonly string[]])[] = [
    ['of a mapped field arrives', one(rename), {}, ['synchronized']],
    [
      'of an unmapped field does not',
      one({ ...rename, values: { Kind: 'y' } }),
      {},
      ['notTriggered'],
    ],
    [
      'to the value that is there does not',
      one({ ...rename, values: { Name: 'OLD' } }),
      {},
      ['notTriggered'],
    ],
    ['of a table of no entity does not', one({ ...rename, update: 'Other' }), {}, ['notTriggered']],
    ['that the filter takes arrives', one(rename), { filter: '(Kind == "x")' }, ['synchronized']],
    [
      'that the filter leaves out does not',
      one(rename),
      { filter: '(Kind == "y")' },
      ['notTriggered'],
    ],
    [
      'may arrive where the filter asks for what nobody told',
      one(rename),
      { filter: '(City == "Brno")' },
      ['synchronized', 'notTriggered'],
    ],
    [
      'that leaves the filter has no published end',
      one(rename),
      { filter: '(Name == "Old")' },
      ['synchronized', 'notTriggered'],
    ],
    [
      'that leaves out a NULL does not arrive',
      one({ ...rename, entityFields: { City: null } }),
      { filter: '(City == "")' },
      ['notTriggered'],
    ],
    [
      'with a value that a value map lacks may fail',
      one({ ...rename, values: { Name: 'New', Kind: 'z' } }),
      {
        more: [
          {
            syncDirection: 1,
            sourceField: 'KIND',
            destinationField: 'ours_kind',
            valueTransforms: [{ transformType: 'ValueMap', valueMap: { x: '1' } }],
          },
        ],
      },
      ['synchronized', 'failed'],
    ],
    [
      'that refers to what is not there fails',
      one(
        { ...rename, values: { Name: 'New', Unit: 'pal' } },
        { rows: { ...rows, dataverse: { ours_units: [{ ours_symbol: 'kg' }] } } },
      ),
      { more: [unit] },
      ['failed'],
    ],
    [
      'that refers to a table nobody told of is taken to find it',
      one({ ...rename, values: { Name: 'New', Unit: 'pal' } }),
      { more: [unit] },
      ['synchronized'],
    ],
    [
      'in Dataverse arrives as well',
      {
        rows,
        steps: [
          {
            transaction: 't',
            side: 'dataverse',
            changes: [
              { update: 'ours_items', where: { ours_itemid: 'A' }, values: { ours_name: 'New' } },
            ],
          },
        ],
      },
      {},
      ['synchronized'],
    ],
    [
      'of an unmapped column in Dataverse depends on the version',
      {
        rows,
        steps: [
          {
            transaction: 't',
            side: 'dataverse',
            changes: [
              { update: 'ours_items', where: { ours_itemid: 'A' }, values: { other: '1' } },
            ],
          },
        ],
      },
      {},
      ['synchronized', 'notTriggered'],
    ],
    [
      'that changes nothing at all does nothing',
      { steps: [{ transaction: 't', changes: [] }] },
      {},
      ['notTriggered'],
    ],
  ];
  for (const [name, rehearsal, parts, expected] of cases) {
    it(name, async () => deepEqual(await outcomes(rehearsal, mapOf(parts)), expected));
  }

  it('leaves nothing behind on either side where it fails', async () => {
    const failing = { ...rename, values: { Name: 'New', Unit: 'pal' } };
    const { results } = await play(
      {
        rows: { ...rows, dataverse: { ...rows.dataverse, ours_units: [] } },
        steps: [
          { transaction: 'fails', changes: [failing] },
          {
            transaction: 'nothing is new',
            changes: [{ ...rename, values: { Name: 'Old' } }],
            expect: {
              result: 'notTriggered',
              rows: { fo: { Item: [{ ItemId: 'A', Name: 'Old' }] } },
            },
          },
        ],
      },
      [mapOf({ more: [unit] })],
      metadata,
    );
    deepEqual(
      results.map((result) => [result.outcomes, result.failures]),
      [
        [['failed'], []],
        [['notTriggered'], []],
      ],
    );
  });

  it('is told without metadata as far as the map tells', async () => {
    const change = { update: 'Items', where: { ItemId: 'A' }, values: { Name: 'New' } };
    const { results } = await play(one(change), [mapOf()]);
    const [result] = results;
    ok(result);
    deepEqual(result.outcomes, ['synchronized', 'notTriggered']);
    ok(codesOf(result).includes('trigger.unknown.noEntity'), String(codesOf(result)));
  });

  it('arrives though another data source of the same table is not tracked', async () => {
    const twice = entityXml({
      name: 'ItemEntity',
      label: 'Items',
      fields: [
        mappedField('ItemId', 'Item'),
        mappedField('Name', 'Item'),
        mappedField('ParentName', 'Parent', 'Name'),
      ],
      root: {
        name: 'Item',
        below: [{ name: 'Parent', table: 'Item', join: 'OuterJoin', readOnly: true }],
      },
    });
    const parent = { syncDirection: 1, sourceField: 'PARENTNAME', destinationField: 'ours_parent' };
    const { results } = await play(one(rename), [mapOf({ more: [parent] })], {
      ...metadata,
      [ENTITY]: twice,
    });
    const [result] = results;
    ok(result);
    deepEqual(result.outcomes, ['synchronized']);
    ok(codesOf(result).includes('trigger.untracked.outerReadOnly'));
  });

  it('finds no place in a queue of more than 1 GB', async () => {
    const states = [{ map: NAME, state: 'paused' }];
    const transaction = { transaction: 't', megabytes: 600, changes: [rename] };
    const again = { ...transaction, changes: [{ ...rename, values: { Name: 'Newer' } }] };
    const { results } = await play(
      { rows, environment: { states }, steps: [transaction, again] },
      [mapOf()],
      metadata,
    );
    deepEqual(
      results.map(({ outcomes: found }) => found),
      [['queued'], ['failed', 'notTriggered']],
    );
  });

  it('is played by every map that follows it', async () => {
    const other = { ...mapOf(), name: 'other' };
    const { results } = await play(one(rename), [mapOf(), other], metadata);
    deepEqual(
      results[0]?.maps.map(({ map }) => map),
      [NAME, 'other'],
    );
  });
});

describe('a map in a rehearsal', () => {
  for (const state of MAP_STATES) {
    for (const action of ACTIONS) {
      it(`answers ${action} while it is ${state}`, async () => {
        const [outcome] = await outcomes({
          environment: { states: [{ map: NAME, state }] },
          steps: [{ action, map: NAME }],
        });
        const isAllowed = ALLOWED[state].includes(action);
        equal(outcome, isAllowed ? 'done' : action === 'edit' ? 'lost' : 'refused');
      });
    }
  }
});
