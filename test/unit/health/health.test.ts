import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { byVersion } from '../../../src/health/maps.ts';
import { RULES } from '../../../src/health/finding.ts';
import { run } from '../../kit/commandLine.ts';
import { mappingOf } from '../../kit/maps.ts';
import { readInRepository } from '../../kit/repository.ts';

const PROJECTS =
  'PROJECTNAME,INTERNALENTITYNAME,EXTERNALENTITYNAME,EXTERNALENVIRONMENTURL,QUERYFILTEREXPRESSION,ISDEBUGMODE';
const project = (
  name: string,
  {
    internal = 'Projects',
    external = 'msdyn_projects',
    address = 'https://a.crm.dynamics.com/',
    filter = '',
    debug = 'No',
  } = {},
): string => [name, internal, external, address, filter, debug].join(',');
const projects = (...rows: readonly string[]): string => [PROJECTS, ...rows].join('\r\n');
/** A map that runs as it should. */
const healthy = [project('DWM-1'), project('DWM-1')];

const runtime = (
  source: string,
  destination: string,
  [major, minor, build, revision] = [1, 0, 0, 0],
  statecode = 0,
): object => ({
  statecode,
  msdyn_unsecure: JSON.stringify({
    SourceEntityName: source,
    DestinationEntityName: destination,
    EntityMapVersion: { Major: major, Minor: minor, Build: build, Revision: revision },
  }),
});

const sample = (path: string): string => readInRepository(`samples/metadata/Projects/${path}`);
const metadata = {
  'aot/AxDataEntityView/ProjectEntity.xml': sample('AxDataEntityView/ProjectEntity.xml'),
  'aot/AxTable/ProjTable.xml': sample('AxTable/ProjTable.xml'),
  'aot/AxLabelFile/Proj.en-US.label.txt': sample(
    'AxLabelFile/LabelResources/en-US/Proj.en-US.label.txt',
  ),
};

interface Told {
  readonly rule: string;
  readonly file: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

async function found(table: Readonly<Record<string, string>>): Promise<readonly Told[]> {
  const files = Object.fromEntries(
    Object.entries(table).map(([name, text]) => [`f/${name}`, text]),
  );
  return JSON.parse((await run(['health', 'f', '--format', 'json'], files)).out);
}

const rulesIn = async (table: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  (await found(table)).map(({ rule }) => rule);

describe('the health of exported configuration', () => {
  const map = JSON.stringify({ ...mappingOf({ sourceFilter: '(PROJECTID != "")' }) });
  const cases: readonly {
    readonly id: string;
    readonly table: Readonly<Record<string, string>>;
    readonly rules: readonly string[];
  }[] = [
    { id: 'two records of a map', table: { 'p.csv': projects(...healthy) }, rules: [] },
    { id: 'one record', table: { 'p.csv': projects(project('DWM-1')) }, rules: ['record-count'] },
    {
      id: 'three records',
      table: { 'p.csv': projects(...healthy, project('DWM-2')) },
      rules: ['record-count'],
    },
    {
      id: 'no address',
      table: { 'p.csv': projects(...healthy.map(() => project('DWM-1', { address: '' }))) },
      rules: ['no-address', 'no-address'],
    },
    {
      id: 'addresses that are written differently',
      table: {
        'p.csv': projects(project('1'), project('1', { address: 'HTTPS://A.crm.dynamics.com' })),
      },
      rules: [],
    },
    {
      id: 'another organization',
      table: {
        'p.csv': projects(
          ...healthy,
          ...healthy,
          project('2', {
            internal: 'Units',
            external: 'uoms',
            address: 'https://b.crm.dynamics.com',
          }),
          project('2', {
            internal: 'Units',
            external: 'uoms',
            address: 'https://b.crm.dynamics.com',
          }),
        ),
      },
      rules: ['record-count', 'organization', 'organization'],
    },
    {
      id: 'fields of no project',
      table: {
        'p.csv': projects(...healthy),
        'f.csv': 'PROJECTNAME,INTERNALFIELDNAME\r\nDWM-1,A\r\nDWM-9,A\r\nDWM-9,B',
      },
      rules: ['leftover-fields'],
    },
    {
      id: 'fields, and nobody exported the projects',
      table: { 'f.csv': 'PROJECTNAME,INTERNALFIELDNAME\r\nDWM-9,A' },
      rules: [],
    },
    {
      id: 'a map that runs in Dataverse alone',
      table: {
        'p.csv': projects(...healthy),
        'r.json': JSON.stringify({
          value: [runtime('msdyn_projects', 'Projects'), runtime('accounts', 'Customers V3')],
        }),
      },
      rules: ['leftover-runtime'],
    },
    {
      id: 'a map that is active twice, and inactive copies',
      table: {
        'p.csv': projects(...healthy),
        'r.json': JSON.stringify([
          runtime('msdyn_projects', 'Projects'),
          runtime('MSDYN_PROJECTS', 'projects'),
          runtime('msdyn_projects', 'Projects', [1, 0, 0, 0], 1),
        ]),
      },
      rules: ['runtime-twice'],
    },
    {
      id: 'an older version, compared by number',
      table: {
        'r.json': JSON.stringify([runtime('msdyn_projects', 'Projects', [1, 0, 0, 9])]),
        'v.csv': 'msdyn_displayname,msdyn_version\r\nmsdyn_projects - Projects,1.0.0.10',
      },
      rules: ['older-version'],
    },
    {
      id: 'the newest version',
      table: {
        'r.json': JSON.stringify([runtime('msdyn_projects', 'Projects', [1, 0, 0, 10])]),
        'v.csv': 'msdyn_name,msdyn_version\r\nmsdyn_[msdyn_projects - Projects],1.0.0.9',
      },
      rules: [],
    },
    {
      id: 'another filter than that of the map',
      table: { 'p.csv': projects(...healthy), 'm.json': map },
      rules: ['filter-differs', 'filter-differs'],
    },
    {
      id: 'the same filter, written differently',
      table: {
        'p.csv': projects(
          ...healthy.map(() => project('DWM-1', { filter: '"((ProjectId  != """"))"' })),
        ),
        'm.json': map,
      },
      rules: [],
    },
    {
      id: 'a verbose log',
      table: { 'p.csv': projects(project('1', { debug: 'Yes' }), project('1', { debug: '1' })) },
      rules: ['debug-mode'],
    },
    {
      id: 'tables that are followed as they should',
      table: {
        ...metadata,
        'm.json': JSON.stringify(mappingOf({ fields: ['PROJECTID'] })),
        'e.csv': 'RefTableName,RefEntityName\r\nProjTable,ProjectEntity',
      },
      rules: [],
    },
    {
      id: 'a table that is not followed, and one too many',
      table: {
        ...metadata,
        'm.json': JSON.stringify(mappingOf({ fields: ['PROJECTID'] })),
        'e.csv': 'RefTableName,RefEntityName\r\nDirPartyTable,ProjectEntity',
      },
      rules: ['untracked-table', 'unexplained-table'],
    },
    {
      id: 'an entity without a map',
      table: {
        ...metadata,
        'm.json': JSON.stringify(mappingOf({ fields: ['PROJECTID'] })),
        'e.csv':
          'RefTableName,RefEntityName\r\nProjTable,ProjectEntity\r\nCustTable,CustCustomerV3Entity',
      },
      rules: ['leftover-events'],
    },
    {
      id: 'an entity without a map, where metadata do not tell all of them',
      table: {
        'm.json': JSON.stringify(mappingOf({ fields: ['PROJECTID'] })),
        'e.csv': 'RefTableName,RefEntityName\r\nCustTable,CustCustomerV3Entity',
      },
      rules: [],
    },
    {
      id: 'a table that many entities follow',
      table: {
        'e.csv': 'RefTableName,RefEntityName\r\nDirPartyTable,A\r\nDirPartyTable,B\r\nCustTable,A',
      },
      rules: ['tracked-by-many'],
    },
  ];
  for (const { id, table, rules } of cases) {
    it(`is told: ${id}`, async () => deepEqual(await rulesIn(table), rules));
  }

  it('is tested for every rule', () => {
    deepEqual(
      [...new Set(cases.flatMap(({ rules }) => rules))].toSorted(),
      Object.keys(RULES).toSorted(),
    );
  });

  it('is documented, rule by rule', () => {
    const page = readInRepository('docs/advice.md');
    const documented = [...page.matchAll(/^\| `([a-z-]+)` +\| (\w+) /gmu)].map(
      ([, rule = '', severity = '']) => [rule, severity],
    );
    deepEqual(Object.fromEntries(documented), RULES);
  });

  it('is told at the record in its file', async () => {
    const [told] = await found({
      'p.csv': projects(...healthy, project('DWM-22', { internal: 'Units' })),
    });
    equal(told?.rule, 'record-count');
    deepEqual(told?.range.start, { line: 3, character: 0 });
  });

  it('has a place for people in text, and an exit code for programs', async () => {
    const table = { 'f/p.csv': projects(project('DWM-1')) };
    const { exitCode, out } = await run(['health', 'f'], table);
    equal(exitCode, 1);
    match(out, /^f\/p\.csv:2:1 warning record-count Projects – msdyn_projects has 1 record in /u);
    match(out, /^1 finding\.$/mu);
    const well = await run(['health', 'f/p.csv'], { 'f/p.csv': projects(...healthy) });
    equal(well.exitCode, 0);
    equal(well.out, '0 findings.\n');
  });

  it('is a report with what each entity costs', async () => {
    const table = {
      'f/e.csv':
        'RefTableName,RefEntityName\r\nDirPartyTable,A\r\nDirPartyTable,A\r\nDirPartyTable,B',
    };
    const { out, exitCode } = await run(['health', 'f', '--format', 'markdown'], table);
    equal(exitCode, 0);
    match(out, /^\| `f\/e\.csv` \| Tracked tables \(`BusinessEventsDefinition`\) \| 3 \|$/mu);
    match(out, /^3 rows of `BusinessEventsDefinition`/mu);
    match(out, /^\| `A` \| 2 \| `DirPartyTable` −2 \|$/mu);
    match(out, /^\| `DirPartyTable` \| `A`, `B` \|$/mu);
    for (const locale of ['cs', 'fr']) {
      const spoken = await run(['health', 'f', '--format', 'markdown'], table, locale);
      ok(!/health\.|guide\./u.test(spoken.out), spoken.out);
    }
  });

  it('names what it could not read, and lets nobody believe that all is well', async () => {
    const table = { 'f/p.csv': projects(...healthy), 'f/b.csv': 'A,B\n1,"2' };
    const { exitCode, out, error } = await run(['health', 'f'], table);
    equal(exitCode, 1);
    equal(out, '0 findings.\n');
    match(error, /^Not read: f\/b\.csv – /u);
    match((await run(['health', 'f', '--format', 'markdown'], table)).out, /^> Not read: f/mu);
  });

  const others = [
    { words: ['x'], exitCode: 1, said: /x: There is no such file/u },
    { words: ['n'], exitCode: 1, said: /None of these files/u },
    { words: [], exitCode: 2, said: /needs a path/u },
    { words: ['n', '--format', 'x'], exitCode: 2, said: /not x/u },
  ];
  for (const { words, exitCode, said } of others) {
    it(`says what there is: ${words.join(' ')}`, async () => {
      const outcome = await run(['health', ...words], {
        'n/a.csv': 'A,B\r\n1,2',
        'n/b.json': '{}',
      });
      equal(outcome.exitCode, exitCode);
      match(outcome.out + outcome.error, said);
    });
  }

  it('orders versions by number', () => {
    deepEqual(['1.0.0.10', '1.0.0.9', '1.0', '2.0.0.0'].toSorted(byVersion), [
      '1.0',
      '1.0.0.9',
      '1.0.0.10',
      '2.0.0.0',
    ]);
  });
});
