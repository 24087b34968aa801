import { equal } from 'node:assert/strict';
import type { Side } from '../../../../src/map/model.ts';
import { readMapDocument } from '../../../../src/map/read.ts';
import { liveTexts } from '../../../../src/live/texts.ts';
import { changesOfRow } from '../../../../src/service/explain/explainRowChanges.ts';
import { legsIn } from '../../../../src/service/rehearsal/rehearsal.ts';
import { SOLUTION_URI, solutionXml } from '../../../kit/dataverse.ts';
import { ENTITY_URI, entityXml, mappedField, workspaceWith } from '../../../kit/metadata.ts';
import { enumXml, tableFieldXml, tableWith } from '../../../kit/types.ts';

const METADATA = {
  [ENTITY_URI]: entityXml({
    label: 'Customers',
    fields: [mappedField('Status', 'T')],
    root: { name: 'T' },
  }),
  'file:///m/Model/AxTable/T.xml': tableWith('T', [
    tableFieldXml('Status', 'Enum', '<EnumType>Status</EnumType>'),
  ]),
  'file:///m/Model/AxEnum/Status.xml': enumXml('Status', ['Created', 'Started', 'Finished']),
  [SOLUTION_URI]: solutionXml,
};

/** What is told of the value map for a cell of an inserted row. */
function toldOf(side: Side, cell: string, metadata: Readonly<Record<string, string>>): string {
  const map = {
    legs: [
      {
        sourceSchema: 'Customers',
        destinationSchema: 'account',
        fieldMappings: [
          {
            syncDirection: 3,
            sourceField: 'STATUS',
            destinationField: 'statecode',
            valueTransforms: [
              { transformType: 'ValueMap', valueMap: { created: '0', started: '1' } },
            ],
          },
        ],
      },
    ],
  };
  const [named] = legsIn(readMapDocument(JSON.stringify(map)).value, 'map.json');
  if (named === undefined) return '';
  const cells = new Map([[side === 'fo' ? 'status' : 'statecode', cell]]);
  const { span } = named.leg;
  const condition = { kind: 'always', span } as const;
  const workspace = workspaceWith(metadata);
  const told = changesOfRow(named, { side, cells }, condition, workspace, liveTexts('en'));
  return /: the value map ([^.]+)\./u.exec(told)?.[1] ?? told;
}

describe('the value map of a field of a row', () => {
  for (const [side, cell, told, toldWithoutMetadata] of [
    ['fo', 'Started', 'makes 1 of Started', 'makes 1 of Started'],
    ['fo', '1', 'makes 1 of 1', 'makes … of 1'],
    ['fo', '2', 'has no entry for 2', 'makes … of 2'],
    ['fo', 'Finished', 'has no entry for Finished', 'has no entry for Finished'],
    ['dataverse', '1', 'makes started of 1', 'makes started of 1'],
    ['dataverse', 'Inactive', 'makes started of Inactive', 'makes … of Inactive'],
    ['dataverse', '9', 'has no entry for 9', 'has no entry for 9'],
  ] as const) {
    it(`knows the cell ${cell} of ${side} as far as metadata tell`, () => {
      equal(toldOf(side, cell, METADATA), told);
      equal(toldOf(side, cell, {}), toldWithoutMetadata);
    });
  }
});
