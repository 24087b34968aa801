import { deepEqual, equal } from 'node:assert/strict';
import { checkSiblings } from '../../../src/service/checks/siblings.ts';
import { legFilters } from '../../../src/service/checks/legFilters.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { SOLUTION_URI, solutionXml } from '../../kit/dataverse.ts';
import {
  ENTITY_URI,
  entityXml,
  mappedField,
  type MetadataTexts,
  workspaceWith,
} from '../../kit/metadata.ts';
import { enumXml, EXTENSIBLE, tableFieldXml, tableWith } from '../../kit/types.ts';

interface Map {
  /** `Entity > table`, `=` where rows flow both ways, `<` where they flow from Dataverse alone. */
  readonly pair: string;
  readonly fo?: string;
  readonly dataverse?: string;
  readonly version?: string;
}

const DIRECTIONS: Readonly<Record<string, number>> = { '>': 1, '<': 2, '=': 3 };

function legOf({ pair, fo = '', dataverse = '' }: Map): object {
  const [entity = '', arrow = '=', table = ''] = pair.split(' ');
  return {
    sourceSchema: entity,
    destinationSchema: table,
    sourceFilter: fo,
    reversedSourceFilter: dataverse,
    fieldMappings: [
      { syncDirection: DIRECTIONS[arrow], sourceField: 'NAME', destinationField: 'name' },
    ],
  };
}

const recordsOf = (maps: readonly Map[]): string =>
  JSON.stringify({
    value: maps.map((map) => ({
      msdyn_displayname: map.pair,
      msdyn_version: map.version ?? '1.0.0.0',
      msdyn_mapping: JSON.stringify({ name: map.pair, legs: [legOf(map)] }),
    })),
  });

const METADATA: MetadataTexts = {
  [ENTITY_URI]: entityXml({
    label: 'E',
    fields: ['Kind', 'Flag', 'Open', 'Text', 'Amount'].map((name) => mappedField(name, 'T')),
    root: { name: 'T' },
  }),
  'file:///m/Model/AxTable/T.xml': tableWith('T', [
    tableFieldXml('Kind', 'Enum', '<EnumType>Kind</EnumType>'),
    tableFieldXml('Flag', 'Enum', '<EnumType>NoYes</EnumType>'),
    tableFieldXml('Open', 'Enum', '<EnumType>Open</EnumType>'),
    tableFieldXml('Text', 'String'),
    tableFieldXml('Amount', 'Real'),
  ]),
  'file:///m/Model/AxEnum/Kind.xml': enumXml('Kind', ['Person', 'Organization', 'Team']),
  'file:///m/Model/AxEnum/Open.xml': enumXml('Open', ['A', 'B'], EXTENSIBLE),
  [SOLUTION_URI]: solutionXml,
};

interface Row {
  readonly id: string;
  readonly maps: readonly Map[];
  readonly found?: readonly string[];
  readonly metadata?: MetadataTexts;
}

/** `code filter: row < sibling`. */
function toldOf(
  files: readonly (readonly Map[])[],
  metadata: MetadataTexts = {},
): readonly string[] {
  const workspace = workspaceWith(metadata);
  const documents = files.map((maps, index) =>
    analyse({ uri: `file:///w/${index}.json`, text: recordsOf(maps) }, workspace),
  );
  const all = documents.map((document) => legFilters(document, workspace));
  return documents.flatMap(({ document }, index) =>
    checkSiblings(all[index] ?? [], all.filter((_, other) => other !== index).flat()).map(
      ({ code, span, args, related = [] }) => {
        const marked = document.text.slice(span.start, span.end).replaceAll('\\', '');
        const siblings = related.map((each) => each.args?.['sibling']).join(', ');
        return `${code} ${marked}: ${args?.['row']} < ${siblings}`.replaceAll('"', "'");
      },
    ),
  );
}

const KIND = (kind: string): string => `(Kind == "${kind}")`;

const rows: readonly Row[] = [
  { id: 'one map alone', maps: [{ pair: 'E = a', fo: KIND('Person') }] },
  {
    id: 'filters that exclude each other',
    maps: [
      { pair: 'E = a', fo: KIND('Person') },
      { pair: 'E = b', fo: KIND('Organization') },
    ],
  },
  {
    id: 'the same filter twice',
    maps: [
      { pair: 'E = a', fo: KIND('Person') },
      { pair: 'E = b', fo: KIND('person') },
    ],
    found: [
      "filter-overlap (Kind == '''Person'''): `Kind` = `Person` < E - b".replaceAll("'''", "'"),
      "filter-overlap (Kind == 'person'): `Kind` = `person` < E - a",
    ],
  },
  {
    id: 'other entities',
    maps: [
      { pair: 'E = a', fo: KIND('Person') },
      { pair: 'F = b', fo: KIND('Person') },
    ],
  },
  {
    id: 'versions of one map',
    maps: [
      { pair: 'E = a', fo: KIND('Person') },
      { pair: 'E = a', fo: KIND('Person'), version: '1.0.0.10' },
    ],
  },
  {
    id: 'the highest version counts',
    maps: [
      { pair: 'E = a', fo: KIND('Person'), version: '1.0.0.9' },
      { pair: 'E = a', fo: KIND('Team'), version: '1.0.0.10' },
      { pair: 'E = b', fo: KIND('Person') },
    ],
  },
  {
    id: 'different fields divide nothing',
    maps: [
      { pair: 'E = a', fo: '(Sold == 1)' },
      { pair: 'E = b', fo: '(Bought == 1)' },
    ],
  },
  {
    id: 'a map without a filter takes all on purpose',
    maps: [
      { pair: 'E = a', fo: KIND('Person') },
      { pair: 'E = b', fo: '' },
    ],
  },
  {
    id: 'nothing flows from the side of the filter',
    maps: [
      { pair: 'E = a', fo: KIND('Person') },
      { pair: 'E < b', fo: KIND('Person') },
    ],
  },
  {
    id: 'a broken filter says nothing',
    maps: [
      { pair: 'E = a', fo: KIND('Person') },
      { pair: 'E = b', fo: '(Kind == "Person"' },
    ],
  },
  {
    id: 'values that nobody knows',
    maps: [
      { pair: 'E = a', fo: '(Kind != "Person")' },
      { pair: 'E = b', fo: '(Kind != "Organization")' },
    ],
  },
  {
    id: 'an enum that may have more elements',
    metadata: METADATA,
    maps: [
      { pair: 'E = a', fo: '(Open == "A")' },
      { pair: 'E = b', fo: '(Open == "B")' },
    ],
  },
  {
    id: 'an enum with a third element',
    metadata: METADATA,
    maps: [
      { pair: 'E = a', fo: KIND('Person') },
      { pair: 'E = b', fo: '(Kind == 1)' },
    ],
    found: ["filter-gap (Kind == 'Person'): `Kind` = `Team` < E - b"],
  },
  {
    id: 'an enum that is divided whole',
    metadata: METADATA,
    maps: [
      { pair: 'E = a', fo: KIND('Person') },
      { pair: 'E = b', fo: '(Kind > 0)' },
    ],
  },
  {
    id: 'the number and the name of one element',
    metadata: METADATA,
    maps: [
      { pair: 'E = a', fo: '((Kind == 0) || (Kind == "Team"))' },
      { pair: 'E = b', fo: '(Kind != Kind::Team)' },
    ],
    found: [
      "filter-overlap ((Kind == 0) || (Kind == 'Team')): `Kind` = `Person` < E - b",
      'filter-overlap (Kind != Kind::Team): `Kind` = `Person` < E - a',
    ],
  },
  {
    id: 'texts that neither takes',
    metadata: METADATA,
    maps: [
      { pair: 'E = a', fo: '(Text like "A*")' },
      { pair: 'E = b', fo: '(Text == "B")' },
    ],
    found: ["filter-gap (Text like 'A*'): `Text` = `''` < E - b"],
  },
  {
    id: 'numbers with a hole',
    maps: [
      { pair: 'E = a', fo: '(Amount > 5)' },
      { pair: 'E = b', fo: '(Amount < 5)' },
    ],
    found: ['filter-gap (Amount > 5): `Amount` = `5` < E - b'],
  },
  {
    id: 'numbers without one',
    maps: [
      { pair: 'E = a', fo: '(Amount >= 5)' },
      { pair: 'E = b', fo: '(Amount < 5)' },
    ],
  },
  {
    id: 'two entities and one table',
    maps: [
      { pair: 'E = a', dataverse: 'sold eq true' },
      { pair: 'F = a', dataverse: 'sold ne false' },
    ],
    found: [
      'filter-overlap sold eq true: `sold` = `true` < F - a',
      'filter-gap sold eq true: `sold` = `false` < F - a',
      'filter-overlap sold ne false: `sold` = `true` < E - a',
    ],
  },
  {
    id: 'two entities that divide one table',
    maps: [
      { pair: 'E = a', dataverse: 'sold eq true' },
      { pair: 'F = a', dataverse: 'sold eq false' },
    ],
  },
  {
    id: 'rows with and without a value',
    maps: [
      { pair: 'E = a', dataverse: 'parent eq null' },
      { pair: 'F = a', dataverse: 'parent ne null' },
    ],
  },
  {
    id: 'options that somebody made',
    metadata: METADATA,
    maps: [
      { pair: 'E = accounts', dataverse: 'statecode eq 0' },
      { pair: 'F = accounts', dataverse: 'statecode eq 0 and new_kind eq 100' },
    ],
    found: [
      'filter-overlap statecode eq 0: `statecode` = `0`, `new_kind` = `100` < F - accounts',
      'filter-gap statecode eq 0: `statecode` = `1` < F - accounts',
      'filter-overlap statecode eq 0 and new_kind eq 100: `statecode` = `0`, `new_kind` = `100` < E - accounts',
    ],
  },
  {
    id: 'options that nobody lists',
    maps: [
      { pair: 'E = a', dataverse: 'kind eq 1' },
      { pair: 'F = a', dataverse: 'kind eq 2' },
    ],
  },
  {
    id: 'fields compared with each other',
    maps: [
      { pair: 'E = a', fo: '(Text == Other)' },
      { pair: 'E = b', fo: '(Text == Other)' },
    ],
  },
];

describe('several maps of one entity', () => {
  for (const { id, maps, found = [], metadata } of rows) {
    it(id, () => {
      deepEqual(toldOf([maps], metadata).toSorted(), found.toSorted());
    });

    it(`${id}, in files of their own`, () => {
      const told = toldOf(
        maps.map((map) => [map]),
        metadata,
      );
      // A gap is told in each of the files.
      const isGap = (text: string): boolean => text.startsWith('filter-gap');
      deepEqual(
        told.filter((text) => !isGap(text)).toSorted(),
        found.filter((text) => !isGap(text)).toSorted(),
      );
      equal(
        told.filter(isGap).length,
        found.filter(isGap).length * new Set(maps.map(({ pair }) => pair)).size,
      );
    });
  }

  it('are compared with the copy that stands nearest', () => {
    const workspace = workspaceWith({});
    const legsAt = (uri: string, map: Map): ReturnType<typeof legFilters> =>
      legFilters(analyse({ uri, text: recordsOf([map]) }, workspace), workspace);
    const own = legsAt('file:///w/test/a.json', { pair: 'E = a', fo: KIND('Person') });
    const near = legsAt('file:///w/test/b.json', { pair: 'E = b', fo: KIND('Team') });
    const far = legsAt('file:///w/live/b.json', {
      pair: 'E = b',
      fo: KIND('Person'),
      version: '9',
    });
    deepEqual(checkSiblings(own, [...near, ...far]), []);
    equal(checkSiblings(own, far).length, 1);
    // Its own copy elsewhere is no sibling.
    const copy = legsAt('file:///w/live/a.json', { pair: 'E = a', fo: KIND('Person') });
    deepEqual(checkSiblings(own, copy), []);
  });
});
