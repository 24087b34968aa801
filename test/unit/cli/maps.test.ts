import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { strToU8, zipSync } from 'fflate';
import { DENIED, run } from '../../kit/commandLine.ts';
import { type LegParts, mapForms, mappingOf } from '../../kit/maps.ts';

const mapWith = (...legs: readonly LegParts[]): string => JSON.stringify(mappingOf(...legs));
const solution = mapForms.find(({ id }) => id === 'solution')?.write({}) ?? '';
const NAME = 'msdyn_projects - Projects.json';

describe('import on the command line', () => {
  it('writes a file for each map', async () => {
    const zip = zipSync({ 'customizations.xml': strToU8(solution) });
    const { exitCode, out, error, written } = await run(['import', 's.zip', '--out', 'maps'], {
      's.zip': zip,
    });
    equal(error, '');
    equal(exitCode, 0);
    deepEqual(Object.keys(written), [`maps/${NAME}`]);
    equal(out, '1 map written to maps, 0 unchanged.\n');
    const again = await run(['import', 's.zip', '--out', 'maps/'], { 's.zip': zip, ...written });
    equal(again.out, '0 maps written to maps, 1 unchanged.\n');
    deepEqual(again.written, {});
  });

  it('writes over nothing unless it is told to', async () => {
    const table = { 'c.xml': solution, [NAME]: 'mine' };
    const refused = await run(['import', 'c.xml'], table);
    equal(refused.exitCode, 1);
    deepEqual(refused.written, {});
    match(refused.error, /already/u);
    const forced = await run(['import', 'c.xml', '--force'], table);
    equal(forced.exitCode, 0);
    deepEqual(Object.keys(forced.written), [NAME]);
  });

  it('reads a folder of records', async () => {
    const { exitCode, written } = await run(['import', 'in', '--out', 'out'], {
      'in/a.json': JSON.stringify({ msdyn_name: 'A', msdyn_mapping: mapWith({}) }),
      'in/b/b.json': JSON.stringify({ msdyn_name: 'B', msdyn_mapping: mapWith({}) }),
      'in/readme.txt': 'x',
      'in/package.json': '{}',
    });
    equal(exitCode, 0);
    deepEqual(Object.keys(written), ['out/A.json', 'out/B.json']);
  });

  const wrong = [
    { id: 'nothing', words: [], exitCode: 2, error: /needs a path/u },
    { id: 'nothing there', words: ['x.zip'], exitCode: 1, error: /x\.zip: nothing is there/u },
    { id: 'no map', words: ['n.json'], exitCode: 1, error: /No dual-write map/u },
    { id: 'unreadable', words: ['d.json'], exitCode: 1, error: /d\.json: it can/u },
    { id: 'a cabinet', words: ['c.cab'], exitCode: 1, error: /c\.cab: cabinets are not read/u },
    { id: 'a broken archive', words: ['b.zip'], exitCode: 1, error: /b\.zip: the archive/u },
    { id: 'unknown option', words: ['n.json', '--nope'], exitCode: 2, error: /--nope/u },
  ];
  for (const { id, words, exitCode, error } of wrong) {
    it(`tells what is wrong: ${id}`, async () => {
      const outcome = await run(['import', ...words], {
        'n.json': '{}',
        'd.json': DENIED,
        'c.cab': 'MSCF\0\0',
        'b.zip': 'PK\u0003\u0004',
      });
      equal(outcome.exitCode, exitCode);
      match(outcome.error, error);
      deepEqual(outcome.written, {});
    });
  }
});

describe('export on the command line', () => {
  const map = mapWith({ sourceFilter: '(A == "x|y")' });

  it('prints Markdown', async () => {
    const { exitCode, out, error } = await run(['export', 'm.json'], { 'm.json': map });
    equal(error, '');
    equal(exitCode, 0);
    match(out, /^# \\\[Projects\\\] - \\\[msdyn\\_projects\\\]$/mu);
    match(out, /^\(A == "x\|y"\)$/mu);
  });

  it('speaks the language of the terminal', async () => {
    const { out } = await run(['export', 'm.json'], { 'm.json': map }, 'cs_CZ.UTF-8');
    match(out, /^### Mapování polí$/mu);
  });

  it('writes files, and over none of them', async () => {
    const table = { 'in/m.json': map, 'in/b/m.json': map };
    const { exitCode, written } = await run(['export', 'in', '--out', 'doc'], table);
    equal(exitCode, 0);
    deepEqual(Object.keys(written), ['doc/m.md', 'doc/m (2).md']);
    const again = await run(['export', 'in', '--out', 'doc'], { ...table, 'doc/m.md': 'mine' });
    equal(again.exitCode, 1);
    deepEqual(Object.keys(again.written), ['doc/m (2).md']);
  });

  const wrong = [
    { id: 'nothing', words: [], exitCode: 2, error: /needs a path/u },
    { id: '--force alone', words: ['m.json', '--force'], exitCode: 2, error: /--out/u },
    { id: 'nothing there', words: ['x.json'], exitCode: 1, error: /nothing is there/u },
    { id: 'no map', words: ['n.json'], exitCode: 1, error: /No dual-write map/u },
  ];
  for (const { id, words, exitCode, error } of wrong) {
    it(`tells what is wrong: ${id}`, async () => {
      const outcome = await run(['export', ...words], { 'm.json': map, 'n.json': '{}' });
      equal(outcome.exitCode, exitCode);
      match(outcome.error, error);
    });
  }
});

describe('compare-maps on the command line', () => {
  const table = {
    'a.json': mapWith({ sourceFilter: '(A == 1) && (B != "")' }),
    'same.json':
      mapForms.find(({ id }) => id === 'record')?.write({ sourceFilter: 'B != "" && A == 1' }) ??
      '',
    'other.json': mapWith({ sourceFilter: '(A == 1)', fields: ['PROJECTID', 'SCHEDULED', 'NEW'] }),
    'none.json': '{}',
    'cut.json': '{"legs":[{"sourceFilter":"',
  };

  it('answers 0 where both mean the same', async () => {
    const { exitCode, out } = await run(['compare-maps', 'a.json', 'same.json'], table);
    equal(exitCode, 0);
    match(out, /Both mean the same/u);
  });

  it('answers 1 and tells what differs', async () => {
    const { exitCode, out } = await run(['compare-maps', 'a.json', 'other.json'], table);
    equal(exitCode, 1);
    match(out, /They differ/u);
    match(out, /a row with A = .*, B = /u);
    match(out, /\| `PARENTPROJECT = msdyn_parentproject` \| removed \|/u);
    match(out, /\| `NEW = msdyn_new` \| added \|/u);
    const json = await run(['compare-maps', 'a.json', 'other.json', '--format', 'json'], table);
    equal(JSON.parse(json.out).pairs.length, 1);
  });

  const wrong = [
    { id: 'one file', words: ['a.json'], exitCode: 2, error: /two paths, not 1/u },
    { id: 'a format', words: ['a.json', 'a.json', '--format', 'x'], exitCode: 2, error: /not x/u },
    { id: 'no map', words: ['a.json', 'none.json'], exitCode: 1, error: /none\.json/u },
    { id: 'nothing there', words: ['a.json', 'x.json'], exitCode: 1, error: /x\.json/u },
  ];
  for (const { id, words, exitCode, error } of wrong) {
    it(`tells what is wrong: ${id}`, async () => {
      const outcome = await run(['compare-maps', ...words], table);
      equal(outcome.exitCode, exitCode);
      match(outcome.error, error);
    });
  }

  it('finds a cut off map different, not the same', async () => {
    const { exitCode, out } = await run(['compare-maps', 'cut.json', 'cut.json'], table);
    equal(exitCode, 1);
    ok(!out.includes('Both mean the same'));
  });
});
