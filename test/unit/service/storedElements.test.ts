import { deepEqual } from 'node:assert/strict';
import type { Cell } from '../../../src/filter/meaning/values.ts';
import { columnNamed, contentsOf } from '../../../src/preview/columns.ts';
import { rowStore } from '../../../src/preview/rowStore.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { conditionOfRows } from '../../../src/service/storedElements.ts';
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
  'file:///m/Model/AxEnum/Status.xml': enumXml('Status', ['Created', 'Started', 'Finished']),
};

const NAMES = ['Created', 'STARTED', 'Finished', null, ''];
const NUMBERS = ['0', '1', '2', null, ''];

/** What becomes of each row: kept, lost to NULL or dropped. */
function verdictsOf(filter: string, cells: readonly Cell[], metadata = METADATA): string {
  const workspace = workspaceWith(metadata);
  const text = mapForms[0]?.write({ sourceFilter: filter }) ?? '';
  const [analysed] = analyse({ uri: 'file:///w/map.json', text }, workspace).filters;
  if (analysed === undefined) throw new Error('no filter');
  const table = tableOf(
    ['STATUS'],
    cells.map((cell) => [cell]),
  );
  const condition = conditionOfRows(analysed, workspace, (field) => {
    const column = columnNamed(table, field);
    return column && contentsOf(column);
  });
  const { rows } = rowStore(table).page(
    condition,
    { verdicts: ['kept', 'lostToNull', 'dropped'] },
    0,
    10,
  );
  return rows.map(({ verdict }) => verdict[0]).join('');
}

/** For the names and the numbers of elements alike. */
const CASES = [
  ['(Status == Status::Started)', 'dkddd'],
  ['(Status == "Started")', 'dkddd'],
  ['(Status == 1)', 'dkddd'],
  ['(Status == 0)', 'kddld'],
  ['(Status == Status::Created)', 'kddld'],
  ['(Status > 0)', 'dkkdd'],
  ['(Status < Status::Finished)', 'kkdld'],
  ['!(Status == 1)', 'kdkl'],
  ['(Status != 1)', 'kdkl'],
] as const;

describe('elements of an enum in a row file', () => {
  for (const [filter, expected] of CASES) {
    it(`are found by name and by number: ${filter}`, () => {
      const compared = expected.length;
      deepEqual(
        [NAMES, NUMBERS].map((cells) => verdictsOf(filter, cells).slice(0, compared)),
        [expected, expected],
      );
    });
  }

  it('stay as they are written where nobody tells the enum', () => {
    deepEqual(verdictsOf('(Status == "Started")', NAMES, {}), 'dkddd');
    deepEqual(verdictsOf('(Status == "Started")', NUMBERS, {}), 'ddddd');
  });

  it('are those of the platform where a filter names one', () => {
    deepEqual(verdictsOf('(Status == NoYes::Yes)', ['0', '1', null], {}), 'dkd');
    deepEqual(verdictsOf('(Status == NoYes::No)', ['No', 'Yes', null], {}), 'kdl');
  });

  it('are not mixed with other texts', () => {
    deepEqual(verdictsOf('(Status == 1)', ['1', 'Started', 'x']), 'kdd');
  });
});
