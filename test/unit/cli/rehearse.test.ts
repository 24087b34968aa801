import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { type FileTable, run } from '../../kit/commandLine.ts';

const map = JSON.stringify({
  name: '[Items] - [ours_items]',
  legs: [
    {
      sourceSchema: 'Items',
      destinationSchema: 'ours_items',
      sourceFilter: '',
      fieldMappings: [
        { syncDirection: 3, sourceField: 'ITEMID', destinationField: 'ours_itemid' },
        { syncDirection: 2, sourceField: 'NAME', destinationField: 'ours_name' },
      ],
    },
  ],
});
const rehearsal = (result: string, more: object = {}): string =>
  JSON.stringify({
    description: 'Names & <signs>',
    steps: [
      {
        transaction: 'A new name',
        changes: [{ update: 'Items', where: { ItemId: 'A' }, values: { Name: 'B' } }],
        expect: { result },
      },
    ],
    ...more,
  });
const forbidden = JSON.stringify({
  environment: {
    applicationUserIsSystemAdministrator: false,
    isDebugMode: true,
    integrationKeys: [{ table: 'ours_items', columns: ['ours_itemid'] }],
  },
  steps: [{ transaction: 'New', changes: [{ insert: 'Items', values: { ItemId: 'A' } }] }],
});
const files: FileTable = {
  'maps/items.json': map,
  'good.rehearsal.json': rehearsal('notTriggered'),
  'bad.rehearsal.json': rehearsal('synchronized'),
};

describe('dual-write rehearse', () => {
  it('tells what happens, and that it is as expected', async () => {
    const { exitCode, out, error } = await run(
      ['rehearse', 'good.rehearsal.json', '--maps', 'maps'],
      files,
    );
    equal(exitCode, 0);
    equal(error, '');
    match(out, /^good\.rehearsal\.json – Names & <signs>\n✓ 1\. A new name: not triggered\n/u);
    match(out, /mapped from Dataverse only/u);
    match(out, /Rehearsals: 1\. Steps: 1\. Not as expected: 0\.\n$/u);
  });

  it('finds the rehearsals and maps of a folder, and exits with 1 where one fails', async () => {
    const { exitCode, out } = await run(['rehearse', '.'], files);
    equal(exitCode, 1);
    match(out, /✗ 1\. A new name: not triggered/u);
    match(out, /Expected: synchronized\. The rehearsal says: notTriggered\./u);
    match(out, /Rehearsals: 2\. Steps: 2\. Not as expected: 1\.\n$/u);
  });

  it('speaks other languages', async () => {
    const { out } = await run(['rehearse', '.'], files, 'cs_CZ');
    match(out, /nespuštěno/u);
    match(out, /Zkoušek: 2\./u);
  });

  it('prints codes and places for programs', async () => {
    const { out } = await run(['rehearse', '.', '--format', 'json'], files);
    const told: readonly {
      readonly file: string;
      readonly passed: boolean;
      readonly steps: readonly {
        readonly outcomes: readonly string[];
        readonly happenings: readonly { readonly kind: string; readonly code: string }[];
        readonly failures: readonly { readonly code: string; readonly range: object }[];
      }[];
    }[] = JSON.parse(out);
    deepEqual(
      told.map(({ file, passed }) => [file.replace(/^\.\//u, ''), passed]),
      [
        ['good.rehearsal.json', true],
        ['bad.rehearsal.json', false],
      ],
    );
    const [step] = told[1]?.steps ?? [];
    deepEqual(step?.outcomes, ['notTriggered']);
    ok(step.happenings.some(({ kind, code }) => kind === 'field' && code === 'otherWay'));
    equal(step.failures[0]?.code, 'result');
  });

  it('prints what CI reads', async () => {
    const { exitCode, out } = await run(['rehearse', '.', '--format', 'junit'], files);
    equal(exitCode, 1);
    match(out, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites>\n/u);
    match(out, /tests="1" failures="1" errors="0" skipped="0"/u);
    match(out, /<failure message="Expected: synchronized\. The rehearsal says: notTriggered\.">/u);
    equal(out.includes('<signs>'), false);
  });

  it('reads the maps that a rehearsal names, and tells of those that are not there', async () => {
    const own = rehearsal('notTriggered', { maps: ['maps/items.json', 'gone'] });
    const { exitCode, error } = await run(['rehearse', 'a.rehearsal.json'], {
      ...files,
      'a.rehearsal.json': own,
    });
    equal(exitCode, 1);
    match(error, /^a\.rehearsal\.json:1:\d+ No file or folder is found at gone\.\n$/u);
  });

  it('tells of a file that is no rehearsal', async () => {
    const { exitCode, error } = await run(['rehearse', 'x.rehearsal.json'], {
      'x.rehearsal.json': '{"stps":[]}',
    });
    equal(exitCode, 1);
    match(error, /Did you mean `steps`\?/u);
  });

  const member = { ...files, 'fail.rehearsal.json': forbidden };
  for (const name of ['log.csv', 'log.json']) {
    it(`writes the error log, which dual-write errors reads: ${name}`, async () => {
      const { written, out } = await run(
        ['rehearse', 'fail.rehearsal.json', '--maps', 'maps', '--log', name],
        member,
      );
      match(out, /▤ Entry in `DualWriteErrorLog` – Items, ours_itemid = A\n {6}\[\{"error"/u);
      match(out, /\n {6}Payload: ours_itemid = A\n/u);
      deepEqual(Object.keys(written), [name]);
      const read = await run(['errors', name, '--format', 'json'], written);
      const groups: readonly {
        readonly message: string;
        readonly entries: readonly { readonly entity: string; readonly record: string }[];
      }[] = JSON.parse(read.out);
      deepEqual(
        groups.map(({ message, entries }) => [message, entries.map((e) => [e.entity, e.record])]),
        [['not-a-member', [['Items', 'ours_itemid = A']]]],
      );
    });
  }

  it('prints the log for programs', async () => {
    const { out } = await run(['rehearse', '.', '--format', 'json'], member);
    const told: readonly { readonly file: string; readonly steps: readonly object[] }[] =
      JSON.parse(out);
    const [step] = told.find(({ file }) => file.endsWith('fail.rehearsal.json'))?.steps ?? [];
    match(JSON.stringify(step), /"log":\[\{"entity":"Items","record":"ours_itemid = A"/u);
    equal(out.includes('"logged"'), false);
  });

  it('writes no log over a file that says something else, unless it is told to', async () => {
    const there = { ...member, 'log.csv': 'mine' };
    const words = ['rehearse', 'fail.rehearsal.json', '--maps', 'maps', '--log', 'log.csv'];
    const kept = await run(words, there);
    equal(kept.exitCode, 1);
    match(kept.error, /log\.csv: .*--force/u);
    deepEqual(kept.written, {});
    const forced = await run([...words, '--force'], there);
    deepEqual(Object.keys(forced.written), ['log.csv']);
  });

  it('writes a log without entries, which errors takes', async () => {
    const { exitCode, written } = await run(
      ['rehearse', 'good.rehearsal.json', '--maps', 'maps', '--log', 'log.csv'],
      files,
    );
    equal(exitCode, 0);
    equal(written['log.csv'], 'ENTITYNAME,RECORDKEY,ERRORMESSAGE\r\n');
    const read = await run(['errors', 'log.csv'], written);
    equal(read.exitCode, 0);
    equal(read.error, '');
  });

  for (const [words, reason] of [
    [['rehearse'], /needs a path/u],
    [['rehearse', '.', '--format', 'sarif'], /takes one of text, json, junit/u],
    [['rehearse', '.', '--wrong'], /--wrong/u],
    [['rehearse', '.', '--log', 'log.txt'], /ends in one of \.csv, \.json, not log\.txt/u],
    [['rehearse', '.', '--force'], /--force needs --log/u],
  ] as const) {
    it(`tells wrong words from a finding: ${words.join(' ')}`, async () => {
      const { exitCode, error } = await run(words, files);
      equal(exitCode, 2);
      match(error, reason);
    });
  }
});
