import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { guideNamed } from '../../../src/guides/guides.ts';
import { productMessages } from '../../../src/messages/catalogue.ts';
import { GUIDE_NAMES } from '../../../src/messages/model.ts';
import { explanationsIn } from '../../../src/messages/texts.ts';
import { readMappingMethod } from '../../../src/tracking/mappingMethod.ts';
import { solutionXml } from '../../kit/dataverse.ts';
import { run } from '../../kit/commandLine.ts';
import { mappingOf } from '../../kit/maps.ts';
import { readInRepository } from '../../kit/repository.ts';

const sample = (path: string): string => readInRepository(`samples/metadata/Projects/${path}`);
const metadata = {
  'w/AxDataEntityView/ProjectEntity.xml': sample('AxDataEntityView/ProjectEntity.xml'),
  'w/AxTable/ProjTable.xml': sample('AxTable/ProjTable.xml'),
  'w/AxLabelFile/Proj.en-US.label.txt': sample(
    'AxLabelFile/LabelResources/en-US/Proj.en-US.label.txt',
  ),
};
const PROJECTS = 'PROJECTNAME,INTERNALENTITYNAME,EXTERNALENTITYNAME,ISDEBUGMODE';
const record = 'DWM-1,Projects,msdyn_projects,No';
const map = (sourceFilter: string, fields: readonly string[] = ['PROJECTID']): string =>
  JSON.stringify(mappingOf({ sourceFilter, fields }));
const job = (body: string): string => `class Job { void run() { ProjTable p; ${body} } }`;

type Table = Readonly<Record<string, string>>;

async function states(name: string, table: Table): Promise<readonly string[]> {
  const words = ['guide', name, ...(Object.keys(table).length === 0 ? [] : ['w'])];
  const { out } = await run([...words, '--format', 'json'], table);
  const steps: readonly { readonly state: string }[] = JSON.parse(out);
  return steps.map(({ state }) => state);
}

describe('guides', () => {
  for (const name of GUIDE_NAMES) {
    it(`have a text for every step, and say nothing of an empty workspace: ${name}`, async () => {
      const { steps } = guideNamed(name);
      for (const locale of ['en', 'cs', 'fr']) {
        const say = explanationsIn(locale);
        for (let number = 1; number <= steps.length; number++) {
          const key = `guide.${name}.${number}`;
          ok(say(key) !== key, key);
        }
        const beyond = `guide.${name}.${steps.length + 1}`;
        equal(say(beyond), beyond);
        const { out, exitCode } = await run(['guide', name], {}, locale);
        equal(exitCode, 0);
        ok(!/☑|undefined|(?:guideUi|guide|proof|role)\.\w/u.test(out), out);
      }
      deepEqual(
        await states(name, {}),
        steps.map(() => 'unknown'),
      );
    });
  }

  it('are all led to by a message, but those about performance and logging', () => {
    const led = new Set(productMessages.map(({ guide }) => guide));
    deepEqual(
      GUIDE_NAMES.filter((name) => !led.has(name)),
      [],
    );
  });

  const cases: readonly {
    readonly id: string;
    readonly guide: string;
    readonly step: number;
    readonly table: Table;
    readonly state: string;
  }[] = [
    {
      id: 'configuration that is gone',
      guide: 'changed-environment',
      step: 4,
      table: { 'w/p.csv': `${PROJECTS}\n` },
      state: 'done',
    },
    {
      id: 'configuration that is there',
      guide: 'changed-environment',
      step: 4,
      table: { 'w/p.csv': `${PROJECTS}\n${record}` },
      state: 'open',
    },
    {
      id: 'no runtime rows',
      guide: 'database-copy',
      step: 1,
      table: { 'w/r.csv': 'msdyn_unsecure\n' },
      state: 'done',
    },
    {
      id: 'runtime rows',
      guide: 'database-copy',
      step: 1,
      table: { 'w/r.csv': `msdyn_unsecure\n"{""SourceEntityName"":""a""}"` },
      state: 'open',
    },
    {
      id: 'two records',
      guide: 'database-copy',
      step: 2,
      table: { 'w/p.csv': `${PROJECTS}\n${record}\n${record}` },
      state: 'done',
    },
    {
      id: 'one record',
      guide: 'database-copy',
      step: 2,
      table: { 'w/p.csv': `${PROJECTS}\n${record}` },
      state: 'open',
    },
    {
      id: 'a filter that loses rows',
      guide: 'query-filter',
      step: 1,
      table: { ...metadata, 'w/m.json': map('(ParentProject == "")') },
      state: 'open',
    },
    {
      id: 'a filter that keeps them',
      guide: 'query-filter',
      step: 1,
      table: { ...metadata, 'w/m.json': map('(PROJECTID != "")') },
      state: 'done',
    },
    {
      id: 'a filter without metadata',
      guide: 'query-filter',
      step: 1,
      table: { 'w/m.json': map('(ParentProject == "")') },
      state: 'unknown',
    },
    {
      id: 'a filter that keeps NULL may be false all the same',
      guide: 'data-not-synced',
      step: 5,
      table: { ...metadata, 'w/m.json': map('(PROJECTID != "")') },
      state: 'unknown',
    },
    {
      id: 'X++ that is not seen',
      guide: 'data-not-synced',
      step: 2,
      table: { ...metadata, 'w/m.json': map(''), 'w/job.xpp': job('p.doInsert();') },
      state: 'open',
    },
    {
      id: 'X++ that is seen',
      guide: 'data-not-synced',
      step: 2,
      table: { ...metadata, 'w/m.json': map(''), 'w/job.xpp': job('p.insert();') },
      state: 'done',
    },
    {
      id: 'no X++',
      guide: 'data-not-synced',
      step: 2,
      table: { 'w/m.json': map('') },
      state: 'unknown',
    },
    {
      id: 'fields that flow outwards',
      guide: 'data-not-synced',
      step: 3,
      table: { 'w/m.json': map('') },
      state: 'done',
    },
    {
      id: 'a field that flows inwards',
      guide: 'data-not-synced',
      step: 3,
      table: { 'w/m.json': map('').replace('"syncDirection":3', '"syncDirection":2') },
      state: 'open',
    },
    {
      id: 'tracked fields',
      guide: 'data-not-synced',
      step: 4,
      table: { ...metadata, 'w/m.json': map('') },
      state: 'done',
    },
    {
      id: 'an untracked field',
      guide: 'data-not-synced',
      step: 4,
      table: { ...metadata, 'w/m.json': map('', ['PROJECTID', 'PARENTPROJECT']) },
      state: 'open',
    },
    {
      id: 'events that are there',
      guide: 'data-not-synced',
      step: 6,
      table: {
        ...metadata,
        'w/m.json': map(''),
        'w/e.csv': 'RefTableName,RefEntityName\nProjTable,ProjectEntity',
      },
      state: 'done',
    },
    {
      id: 'events that are missing',
      guide: 'data-not-synced',
      step: 10,
      table: {
        ...metadata,
        'w/m.json': map(''),
        'w/e.csv': 'RefTableName,RefEntityName\nX,ProjectEntity',
      },
      state: 'open',
    },
    {
      id: 'debug mode',
      guide: 'verbose-logging',
      step: 2,
      table: { 'w/p.csv': `${PROJECTS}\n${record.replace('No', 'Yes')}` },
      state: 'done',
    },
    {
      id: 'no debug mode',
      guide: 'verbose-logging',
      step: 2,
      table: { 'w/p.csv': `${PROJECTS}\n${record}` },
      state: 'open',
    },
    {
      id: 'no location key known',
      guide: 'address-key',
      step: 2,
      table: { 'w/customizations.xml': solutionXml },
      state: 'unknown',
    },
    ...[
      {
        id: 'the documented location key',
        columns: ['msdyn_locationid', 'parentid'],
        state: 'done',
      },
      { id: 'a location key of its own', columns: ['msdyn_locationid'], state: 'open' },
    ].map(({ id, columns, state }) => ({
      id,
      guide: 'address-key',
      step: 2,
      table: { 'w/project.json': addressWith(columns) },
      state,
    })),
  ];
  for (const { id, guide, step, table, state } of cases) {
    it(`tick what the workspace proves: ${id}`, async () => {
      equal((await states(guide, table))[step - 1], state);
    });
  }

  it('tell what they found, and give what is to be copied with the names of the workspace', async () => {
    const { out, exitCode } = await run(['guide', 'query-filter', 'w'], {
      ...metadata,
      'w/a.json': map('(PROJECTID != "")'),
      'w/m.json': map('(ParentProject == "")'),
    });
    equal(exitCode, 1);
    match(out, /^ {2}\*✘ 1 filter loses rows to NULL, the first in w\/m\.json\.\*$/mu);
    match(out, /const str filterExpression = "\(ParentProject == \\"\\"\)";/u);
    match(out, /tableNum\(ProjectEntity\)/u);
    const tracked = await run(['guide', 'data-not-synced', 'w'], {
      ...metadata,
      'w/m.json': map(''),
    });
    match(tracked.out, /REFENTITYNAME IN \('ProjectEntity'\)/u);
    match(tracked.out, /- ☑ \*\*3\.\*\*/u);
  });

  it('give the documented method in a form that our own reader takes', async () => {
    const { out } = await run(['guide', 'data-not-synced']);
    const method = /```xpp\n([^]*?)\n {2}```/u.exec(out)?.[1] ?? '';
    deepEqual(readMappingMethod(method), {
      entries: [
        {
          dataSource: 'smmContactPersonCDSV2Entity',
          table: 'LogisticsPostalAddress',
          field: 'PrimaryPostalAddressRecId',
        },
      ],
      isWhole: true,
    });
  });

  it('name role, Excel steps, queries and the documented entries', async () => {
    const said = async (name: string): Promise<string> => (await run(['guide', name])).out;
    match(
      await said('save-table-data'),
      /\*\*Required role:\*\* System administrator[^]*design mode/u,
    );
    match(await said('changed-environment'), /<entity name="msdyn_dualwriteruntimeconfig">/u);
    match(await said('create-row'), /<entity name="systemuser">/u);
    match(await said('privileges'), /Manage roles[^]*|teamroles/u);
    match(await said('verbose-logging'), /SysTableBrowser&tableName=DualWriteErrorLog/u);
    match(await said('address-key'), /`msdyn_locationid`, `parentid`/u);
    match(await said('party-type'), /SetAutoNumberSeed/u);
    match(
      await said('performance'),
      /\| `smmContactPersonCDSV2Entity` \| `LogisticsElectronicAddress` \| `PrimaryContactTelexRecId|PrimaryContactTelexRecordId/u,
    );
  });

  it('are listed, and one that does not exist is named', async () => {
    const { out, exitCode } = await run(['guide']);
    equal(exitCode, 0);
    for (const name of GUIDE_NAMES) ok(out.includes(`  ${name} `), name);
    const wrong = await run(['guide', 'nope']);
    equal(wrong.exitCode, 2);
    match(wrong.error, /guide takes one of .*, not nope/u);
    equal((await run(['guide', 'performance', '--format', 'x'])).exitCode, 2);
    const missing = await run(['guide', 'performance', 'x']);
    equal(missing.exitCode, 1);
    match(missing.error, /x: There is no such file/u);
  });
});

/** The project of the gateway, which tells the keys of the tables of a map. */
function addressWith(fields: readonly string[]): string {
  const schema = { name: 'customeraddresses', fields: [], keys: [{ name: 'k', fields }] };
  return JSON.stringify({ environments: [{ schemas: [schema] }] });
}
