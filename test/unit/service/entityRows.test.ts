import { deepEqual, ok } from 'node:assert/strict';
import { translator } from '../../../src/problem/message.ts';
import { analyse, reanalyse } from '../../../src/service/analysis.ts';
import { type Diagnostic, diagnosticsOf } from '../../../src/service/diagnostics.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { hostsOf } from '../../kit/hosts.ts';
import {
  checkRows,
  entity,
  mapped,
  range,
  type Row,
  toldOf,
  withRanges,
} from '../../kit/mapMetadata.ts';
import { ENTITY_URI, entityXml, type MetadataTexts, workspaceWith } from '../../kit/metadata.ts';
import { viewXml } from '../../kit/types.ts';

const rows: readonly Row[] = [
  {
    id: 'a range of the root',
    metadata: { [ENTITY_URI]: withRanges(entity(), 'T', range('Kind', 'Person')) },
    mappings: [mapped(1, 'NAME', 'x')],
    found: ['hidden-range Projects < hidden-range'],
  },
  {
    id: 'a range of the root, and rows that come back',
    metadata: {
      [ENTITY_URI]: withRanges(entity(), 'T', range('Kind', 'Person'), range('Name', 'A*')),
    },
    mappings: [mapped(3, 'CODE', 'x')],
    found: ['hidden-range.returns Projects < hidden-range, hidden-range'],
  },
  {
    id: 'a range that limits nothing',
    metadata: { [ENTITY_URI]: withRanges(entity(), 'T', range('Kind', ''), range('Name', '*')) },
    mappings: [mapped(1, 'NAME', 'x')],
  },
  {
    id: 'a range below an outer join, which hides no row',
    metadata: {
      [ENTITY_URI]: withRanges(
        entity({ root: { name: 'T', below: [{ name: 'O', join: 'OuterJoin' }] } }),
        'O',
        range('Kind', 'Person'),
      ),
    },
    mappings: [mapped(1, 'NAME', 'x')],
  },
  {
    id: 'a range of a view, and one of the query that a view is made of',
    metadata: {
      [ENTITY_URI]: entity({ root: { name: 'V', below: [{ name: 'W', join: 'ExistsJoin' }] } }),
      'file:///m/Model/AxView/V.xml': viewXml(
        'V',
        [],
        `<AxQuerySimpleRootDataSource><Name>T</Name><Table>T</Table><Ranges>${range('Kind', '1')}</Ranges></AxQuerySimpleRootDataSource>`,
      ),
      'file:///m/Model/AxView/W.xml': viewXml('W', [], '').replace(
        '<Fields>',
        '<Query>Q</Query><Fields>',
      ),
      'file:///m/Model/AxQuery/Q.xml': `<AxQuery><Name>Q</Name><DataSources><AxQuerySimpleRootDataSource><Name>T</Name><Table>T</Table><Ranges>${range('Kind', '2')}</Ranges></AxQuerySimpleRootDataSource></DataSources></AxQuery>`,
    },
    mappings: [mapped(1, 'NAME', 'x')],
    found: ['hidden-range Projects < hidden-range, hidden-range'],
  },
  {
    id: 'an inner join below an outer one',
    metadata: {
      [ENTITY_URI]: entity({
        root: {
          name: 'T',
          below: [
            {
              name: 'O',
              join: 'OuterJoin',
              below: [{ name: 'I' }, { name: 'J', join: 'OuterJoin' }],
            },
          ],
        },
      }),
    },
    mappings: [mapped(1, 'NAME', 'x')],
    found: ['vanishing-rows.map Projects < inner-join, outer-join'],
  },
  {
    id: 'entities that contain each other',
    metadata: {
      [ENTITY_URI]: entity({ root: { name: 'F' } }),
      'file:///m/Model/AxDataEntityView/F.xml': entityXml({
        name: 'F',
        label: 'F',
        fields: [],
        root: { name: 'E' },
      }),
    },
    mappings: [mapped(1, 'NAME', 'x')],
    found: ['metadata-cycle Projects < cycle, cycle'],
  },
  {
    id: 'an entity that is used twice is no cycle',
    metadata: {
      [ENTITY_URI]: entity({ root: { name: 'F', below: [{ name: 'F2', table: 'F' }] } }),
      'file:///m/Model/AxDataEntityView/F.xml': entityXml({
        name: 'F',
        label: 'F',
        fields: [],
        root: { name: 'T' },
      }),
    },
    mappings: [mapped(1, 'NAME', 'x')],
  },
];

describe('rows that an entity never shows', () => {
  checkRows(rows);

  it('moves with an edit, but for what stands in other files', () => {
    const metadata = { [ENTITY_URI]: withRanges(entity(), 'T', range('Kind', 'Person')) };
    const workspace = workspaceWith(metadata);
    for (const { name, document } of hostsOf('(A == 1)', 'fo', 'Projects', [
      mapped(3, 'CODE', 'x'),
    ]).slice(1)) {
      const before = analyse(document, workspace);
      const at = before.filters[0]?.span.end ?? 0;
      const edited = {
        ...document,
        text: applyEdits(document.text, [{ span: { start: at, end: at }, text: '  ' }]),
      };
      const after = reanalyse(
        before,
        { span: { start: at, end: at }, text: '  ' },
        edited,
        workspace,
      );
      ok(after, name);
      const relatedIn = (diagnostics: readonly Diagnostic[]): unknown =>
        diagnostics.find(({ code }) => code === 'hidden-range')?.related;
      deepEqual(
        relatedIn(diagnosticsOf(after, (key) => key)),
        relatedIn(diagnosticsOf(before, (key) => key)),
      );
    }
  });
});

describe('the map of parties', () => {
  const document = (sourceFilter: string, syncDirection = 3): { uri: string; text: string } => ({
    uri: 'file:///w/parties.json',
    text: JSON.stringify({
      legs: [
        {
          sourceSchema: 'Projects',
          destinationSchema: 'msdyn_parties',
          sourceFilter,
          fieldMappings: [mapped(syncDirection, 'NAME', 'msdyn_name')],
        },
      ],
    }),
  });
  const PARTIES: MetadataTexts = {
    [ENTITY_URI]: withRanges(
      entity({ root: { name: 'DirPartyTable' } }),
      'DirPartyTable',
      range('Kind', 'Person'),
    ),
  };
  for (const [id, text, metadata, found] of [
    ['without a filter', document(''), {}, []],
    ['with a filter', document('(Kind == 1)'), {}, ['filtered-parties (Kind == 1)']],
    ['with a dead filter', document('(Kind == 1)', 2), {}, []],
    [
      'with a range',
      document(''),
      PARTIES,
      [
        'filtered-parties.range Projects < hidden-range',
        'hidden-range.returns Projects < hidden-range',
      ],
    ],
  ] as const) {
    it(id, () => {
      const diagnostics = diagnosticsOf(analyse(text, workspaceWith(metadata)), translator('en'));
      deepEqual(toldOf(text.text, diagnostics), [...found]);
    });
  }
});
