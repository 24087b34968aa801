import { deepEqual } from 'node:assert/strict';
import { evaluateWithoutNull } from '../../../src/filter/meaning/evaluate.ts';
import { rowStore, verdicts } from '../../../src/preview/rowStore.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { withEmptyElements } from '../../../src/service/emptyElements.ts';
import { mapForms } from '../../kit/maps.ts';
import {
  ENTITY_URI,
  entityXml,
  mappedField,
  type MetadataTexts,
  workspaceWith,
} from '../../kit/metadata.ts';
import { tableOf } from '../../kit/tables.ts';
import { enumXml, tableFieldXml, tableWith } from '../../kit/types.ts';

const METADATA: MetadataTexts = {
  [ENTITY_URI]: entityXml({
    label: 'Projects',
    fields: [mappedField('Status', 'O'), mappedField('Name', 'T')],
    root: { name: 'T', below: [{ name: 'O', table: 'T', join: 'OuterJoin' }] },
  }),
  'file:///m/Model/AxTable/T.xml': tableWith('T', [
    tableFieldXml('Status', 'Enum', '<EnumType>Status</EnumType>'),
    tableFieldXml('Name', 'String'),
  ]),
  'file:///m/Model/AxEnum/Status.xml': enumXml('Status', ['Created', 'Finished']),
};

const VERDICTS: readonly (readonly [string, MetadataTexts, string])[] = [
  ['(Status == "Created")', METADATA, 'lostToNull'],
  ['(Status == Status::Created)', METADATA, 'lostToNull'],
  ['(Status == "Finished")', METADATA, 'dropped'],
  ['(Status != "Finished")', METADATA, 'lostToNull'],
  ['(!(Status == "Finished"))', METADATA, 'lostToNull'],
  ['((Status == "Created") && (Name == "n"))', METADATA, 'lostToNull'],
  ['((Status == "Created") && (Name == "m"))', METADATA, 'dropped'],
  ['(Status == 0)', METADATA, 'lostToNull'],
  // Without the enum nobody knows its first element.
  ['(Status == "Created")', {}, 'dropped'],
];

describe('a row without a value for an enum', () => {
  for (const [filter, metadata, expected] of VERDICTS) {
    it(`${filter}${metadata === METADATA ? '' : ', the enum unknown'}`, () => {
      const workspace = workspaceWith(metadata);
      const text = mapForms[0]?.write({ sourceFilter: filter }) ?? '';
      const [analysed] = analyse({ uri: 'file:///w/map.json', text }, workspace).filters;
      if (analysed === undefined) throw new Error('no filter');
      const condition = withEmptyElements(analysed, workspace);
      const store = rowStore(tableOf(['STATUS', 'NAME'], [[null, 'n']]));
      const { rows } = store.page(condition, { verdicts }, 0, 10);
      deepEqual(
        rows.map(({ verdict }) => verdict),
        [expected],
      );
      const row = (field: string): string | null => (field.toLowerCase() === 'name' ? 'n' : null);
      deepEqual(evaluateWithoutNull(condition, row) === true, expected === 'lostToNull');
    });
  }
});
