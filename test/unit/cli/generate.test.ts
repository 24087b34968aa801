import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { translator } from '../../../src/problem/message.ts';
import { encodeText } from '../../../src/workspace/files.ts';
import { mappingOf } from '../../kit/maps.ts';
import { diagnosticsIn, type FileTable, run } from '../../kit/commandLine.ts';
import { entityXml, mappedField, tableXml } from '../../kit/metadata.ts';

const metadata: FileTable = {
  'aot/AxDataEntityView/E.xml': entityXml({
    label: 'Projects',
    fields: [mappedField('PROJECTID', 'R'), mappedField('PARENTPROJECT', 'D', 'F')],
    root: { name: 'R', below: [{ name: 'D', table: 'T', join: 'OuterJoin', readOnly: true }] },
  }),
  'aot/AxTable/R.xml': tableXml('R', false, [['PROJECTID', 'String']]),
  'aot/AxTable/T.xml': tableXml('T', false, [['F', 'String']]),
};
const map = (...filters: readonly string[]): string =>
  JSON.stringify(mappingOf(...filters.map((sourceFilter) => ({ sourceFilter }))), undefined, 2);
const AOT = ['--metadata', 'aot'];

function utf16(text: string, isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (const [index, unit] of text.split('').entries()) {
    view.setUint16(index * 2, unit.charCodeAt(0), isLittle);
  }
  return new Uint8Array(view.buffer);
}

describe('dual-write generate', () => {
  it('shows what it would write and writes nothing', async () => {
    const table = { ...metadata, 'map.json': map('(PARENTPROJECT == "")') };
    const result = await run(['generate', 'null-safe-column', 'map.json', ...AOT], table);
    equal(result.exitCode, 0);
    deepEqual(result.written, {});
    match(result.out, /^@@@ map\.json:\d+\n-.*PARENTPROJECT ==.*\n\+.*PARENTPROJECTNotNull ==/mu);
    match(result.out, /^\+\+\+ aot\/AxDataEntityViewExtension\/E\.DualWrite\.xml$/mu);
    match(result.out, /^\+\+\+ aot\/AxClass\/E_DualWrite_Extension\.xml$/mu);
    ok(result.out.endsWith(`${translator('en')('cli.generate.dry')}\n`));
  });

  for (const [kind, code] of [
    ['null-safe-column', 'null-lost'],
    ['tracked-table', 'untracked-mapping'],
  ] as const) {
    it(`writes ${kind}, and ${code} is gone from every leg`, async () => {
      // Two legs that ask for the same, and a second map.
      const table = {
        ...metadata,
        'maps/a.json': map('(PARENTPROJECT == "")', '(PARENTPROJECT != "x")'),
        'maps/b.json': `\uFEFF${map('(!(PARENTPROJECT == "y"))').replaceAll('\n', '\r\n')}`,
      };
      const codesIn = async (files: FileTable) => {
        const { diagnostics } = await diagnosticsIn(files, ['maps', ...AOT]);
        return diagnostics.filter((each) => each.code === code).length;
      };
      ok((await codesIn(table)) >= 3);
      const result = await run(['generate', kind, 'maps', ...AOT, '--write'], table);
      equal(result.exitCode, 0, result.error);
      const after = { ...table, ...result.written };
      equal(await codesIn(after), 0);
      equal(after['maps/b.json']?.startsWith('\uFEFF{\r\n'), true);
      // One more time there is nothing left to do.
      const again = await run(['generate', kind, 'maps', ...AOT, '--write'], after);
      equal(again.exitCode, 1);
      deepEqual(again.written, {});
    });
  }

  it('writes a job for every filter, each once and in a company of its own', async () => {
    const table = { ...metadata, 'map.json': map('(PROJECTID == "1")', '(PROJECTID == "2")') };
    const words = ['generate', 'filter-job', 'map.json', ...AOT, '--company', 'demf', '--write'];
    const { written } = await run(words, table);
    deepEqual(Object.keys(written).toSorted(), [
      'aot/AxClass/EFilterJob.xml',
      'aot/AxClass/EFilterJob2.xml',
    ]);
    for (const text of Object.values(written)) match(text, /company = "demf"/u);
  });

  it('writes to the model that is named', async () => {
    const table = { ...metadata, 'map.json': map('(PROJECTID == "1")') };
    const words = ['generate', 'filter-job', 'map.json', ...AOT, '--model', 'own', '--write'];
    deepEqual(Object.keys((await run(words, table)).written), ['own/AxClass/EFilterJob.xml']);
  });

  it('keeps to what it is asked about', async () => {
    const table = { ...metadata, 'map.json': map('(PARENTPROJECT == "")') };
    const words = ['generate', 'tracked-table', 'map.json', ...AOT, '--about'];
    equal((await run([...words, 'parentproject'], table)).exitCode, 0);
    equal((await run([...words, 'nobody'], table)).exitCode, 1);
  });

  it('keeps the encoding of a file', async () => {
    const text = `\uFEFF${map('(PARENTPROJECT == "")')}`;
    for (const isLittle of [true, false]) {
      const content = utf16(text, isLittle);
      const table = { ...metadata, 'map.json': content };
      const words = ['generate', 'null-safe-column', 'map.json', ...AOT, '--write'];
      const { written } = await run(words, table);
      const after = written['map.json'] ?? '';
      match(after, /^\uFEFF\{\n.*PARENTPROJECTNotNull/su);
      deepEqual(encodeText(after, content), utf16(after, isLittle));
    }
    deepEqual(encodeText('\uFEFFž😀', undefined), new TextEncoder().encode('\uFEFFž😀'));
  });

  for (const [id, words, error] of [
    ['no kind', ['generate'], /null-safe-column, tracked-table/u],
    ['another kind', ['generate', 'poem', 'x'], /not poem/u],
    ['no path', ['generate', 'value-map'], /one path/u],
    ['an option nobody knows', ['generate', 'value-map', 'x', '--nope'], /--nope/u],
  ] as const) {
    it(`tells what is wrong with its words: ${id}`, async () => {
      const result = await run(words);
      equal(result.exitCode, 2);
      match(result.error, error);
    });
  }
});
