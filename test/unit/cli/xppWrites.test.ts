import { deepEqual, equal, match } from 'node:assert/strict';
import { diagnosticsIn, type FileTable, run } from '../../kit/commandLine.ts';
import { mappingOf } from '../../kit/maps.ts';
import { readInRepository } from '../../kit/repository.ts';

const MAP = JSON.stringify(mappingOf({ fields: ['PROJECTID', 'PROJECTNAME'] }));
const JOB = 'void run()\n{\n    ProjTable project;\n    project.doUpdate();\n}\n';
const sample = (path: string): string => readInRepository(`samples/metadata/Projects/${path}`);

const METADATA: FileTable = {
  'aot/AxDataEntityView/ProjectEntity.xml': sample('AxDataEntityView/ProjectEntity.xml'),
  'aot/AxTable/ProjTable.xml': sample('AxTable/ProjTable.xml'),
  'aot/AxLabelFile/Proj.en-US.label.txt': sample(
    'AxLabelFile/LabelResources/en-US/Proj.en-US.label.txt',
  ),
};

/** What is told of X++: the file and the line, counted from 1. */
const skipped = async (words: readonly string[], table: FileTable): Promise<readonly string[]> => {
  const { diagnostics } = await diagnosticsIn(table, words);
  return diagnostics
    .filter(({ code }) => code === 'sync-skipped')
    .map(({ file, range }) => `${file}:${range.start.line + 1}`);
};

describe('dual-write check and X++', () => {
  it('tells of writes that nobody notices, beside the maps and in the metadata', async () => {
    const table = { ...METADATA, 'maps/map.json': MAP, 'maps/job.xpp': JOB };
    const words = ['maps', '--metadata', 'aot'];
    deepEqual(await skipped(words, table), ['maps/job.xpp:4']);
    const source = `<AxClass><Name>Job</Name><SourceCode><Declaration>class Job {}</Declaration>
<Methods><Method><Source><![CDATA[${JOB}]]></Source></Method></Methods></SourceCode></AxClass>`;
    const inAot = { ...METADATA, 'maps/map.json': MAP, 'aot/AxClass/Job.xml': source };
    deepEqual(await skipped(words, inAot), ['aot/AxClass/Job.xml:5']);
  });

  it('takes a file of X++ that is named', async () => {
    const table = { ...METADATA, 'map.json': MAP, 'job.xpp': JOB };
    const words = ['map.json', 'job.xpp', '--metadata', 'aot'];
    deepEqual(await skipped(words, table), ['job.xpp:4']);
    const { out, exitCode } = await run(['check', ...words], table);
    // It is information: a build does not fail for it.
    equal(exitCode, 0);
    match(out, /`doUpdate` goes past business events: this change of ProjTable/u);
  });

  it('is silent where no map follows the table, and where it is unknown', async () => {
    const other = JOB.replace('ProjTable', 'CustTable');
    const table = { ...METADATA, 'maps/map.json': MAP, 'maps/job.xpp': other };
    deepEqual(await skipped(['maps', '--metadata', 'aot'], table), []);
    deepEqual(await skipped(['maps'], { 'maps/map.json': MAP, 'maps/job.xpp': JOB }), []);
  });

  it('is silent about an update of other fields than those that are followed', async () => {
    const update = (field: string): string =>
      `void run() { ProjTable p; update_recordset p setting ${field} = "x"; }`;
    const words = ['maps', '--metadata', 'aot'];
    const told = (field: string): Promise<readonly string[]> =>
      skipped(words, { ...METADATA, 'maps/map.json': MAP, 'maps/job.xpp': update(field) });
    deepEqual(await told('Name'), ['maps/job.xpp:1']);
    deepEqual(await told('Notes'), []);
  });

  it('obeys comments that suppress by code', async () => {
    const words = ['maps', '--metadata', 'aot'];
    const told = (...lines: readonly string[]): Promise<readonly string[]> =>
      skipped(words, { ...METADATA, 'maps/map.json': MAP, 'maps/job.xpp': lines.join('\n') });
    const code = ['void run(ProjTable p) {', '  p.doUpdate();', '  p.doInsert();', '}'];
    const above = (comment: string): Promise<readonly string[]> =>
      told('', code[0] ?? '', comment, ...code.slice(1));
    const both = ['maps/job.xpp:4', 'maps/job.xpp:5'];
    deepEqual(await above('// dual-write-disable-next-line sync-skipped -- a migration'), [
      'maps/job.xpp:5',
    ]);
    deepEqual(await above('  //dual-write-disable-next-line null-lost, sync-skipped'), [
      'maps/job.xpp:5',
    ]);
    deepEqual(await above('// dual-write-disable sync-skipped'), []);
    deepEqual(await above('// dual-write-disable-next-line null-lost -- sync-skipped'), both);
    deepEqual(await above('// dual-write-disable-nothing sync-skipped'), both);
  });

  it('obeys the severity that is asked for', async () => {
    const table = { ...METADATA, 'maps/map.json': MAP, 'maps/job.xpp': JOB };
    const words = ['maps', '--metadata', 'aot', '--severity', 'sync-skipped=warning'];
    equal((await run(['check', ...words], table)).exitCode, 1);
    deepEqual(
      await skipped(['maps', '--metadata', 'aot', '--severity', 'sync-skipped=off'], table),
      [],
    );
  });
});
