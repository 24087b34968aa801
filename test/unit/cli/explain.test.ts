import { deepEqual, equal, ok } from 'node:assert/strict';
import { run } from '../../kit/commandLine.ts';
import { databaseOf, inlineText, workbookOf } from '../../kit/rowFiles.ts';

const map = JSON.stringify({
  name: 'm',
  legs: [
    {
      sourceSchema: 'Projects',
      destinationSchema: 'msdyn_projects',
      sourceFilter: '(PARENTPROJECT == "")',
      reversedSourceFilter: "msdyn_name eq 'x'",
    },
  ],
});
const ROWS = 'ProjectId,ParentProject\nP1,\nP2,""\nP3,P1\n';

describe('dual-write explain', () => {
  it('tells every filter of a map in words and SQL', async () => {
    const { exitCode, out } = await run(['explain', 'm.json'], { 'm.json': map });
    equal(exitCode, 0);
    ok(out.includes('Keeps the rows in which PARENTPROJECT is empty and not NULL.'));
    ok(out.includes("(PARENTPROJECT='')"));
    ok(out.includes('Keeps the rows in which msdyn_name is “x”.'));
  });

  it('counts the rows of a file and explains those that are lost', async () => {
    const { exitCode, out } = await run(
      ['explain', 'm.json', '--filter', '1', '--rows', 'rows.csv'],
      { 'm.json': map, 'rows.csv': ROWS },
    );
    equal(exitCode, 0);
    ok(out.includes('Kept: 1 · dropped: 1 · lost to NULL: 1'), out);
    ok(out.includes('Run in SQLite, the filter gives the same rows.'), out);
    ok(out.includes('Row 1 is lost to NULL'), out);
    ok(!out.includes('Row 3'), out);
  });

  it('explains a row of an expression, as data too', async () => {
    const { exitCode, out } = await run(
      'explain --side fo --expression (ParentProject=="P1") --rows rows.csv --row 3 --format json'.split(
        ' ',
      ),
      { 'rows.csv': ROWS },
    );
    equal(exitCode, 0);
    const [explained] = JSON.parse(out);
    equal(explained.rows[0].verdict, 'kept');
    deepEqual(explained.rows[0].root.cells, [{ field: 'ParentProject', shown: '“P1”' }]);
  });

  for (const [name, content] of [
    ['rows.tsv', 'ParentProject\n""\nP1\n\t\n'],
    ['rows.json', '[{"ParentProject":null},{"ParentProject":""},{"ParentProject":"P1"}]'],
    ['rows.jsonl', '{"ParentProject":null}\n{"ParentProject":""}\n{"ParentProject":"P1"}\n'],
    [
      'rows.sqlite',
      databaseOf("CREATE TABLE T(ParentProject); INSERT INTO T VALUES(NULL),(''),('P1')"),
    ],
    [
      'rows.xlsx',
      workbookOf(
        `<row r="1">${inlineText('A1', 'ParentProject')}${inlineText('B1', 'X')}</row>` +
          `<row r="2">${inlineText('B2', 'x')}</row><row r="3">${inlineText('A3', 'P1')}</row>`,
      ),
    ],
  ] as const) {
    it(`reads rows from ${name}`, async () => {
      const { exitCode, out } = await run(
        ['explain', '--side', 'fo', '--expression', '(ParentProject == "")', '--rows', name],
        { [name]: content },
      );
      equal(exitCode, 0, out);
      const [kept, dropped] = name === 'rows.xlsx' ? [0, 1] : [1, 1];
      ok(out.includes(`Kept: ${kept} · dropped: ${dropped} · lost to NULL: 1`), out);
    });
  }

  it('tells NULL from nothing by the rule it is given', async () => {
    const words = ['explain', '--side', 'fo', '--expression', '(B == "")', '--rows', 'rows.csv'];
    const files = { 'rows.csv': 'A,B\n1,\n' };
    ok((await run([...words, '--null-rule', 'empty'], files)).out.includes('Kept: 1 '));
    ok((await run([...words, '--null-rule', 'null'], files)).out.includes('lost to NULL: 1'));
  });

  it('takes an enum without a value for its first element, as the editor does', async () => {
    const files = { 'rows.jsonl': '{"Scheduled":null}\n' };
    const words = ['explain', '--side', 'fo', '--expression', '(Scheduled == NoYes::No)'];
    const { out } = await run([...words, '--rows', 'rows.jsonl'], files);
    ok(out.includes('lost to NULL: 1'), out);
  });

  it('says so where a filter cannot be read or the rows lack its column', async () => {
    const broken = await run(['explain', '--side', 'fo', '--expression', '(A ==']);
    equal(broken.exitCode, 1);
    const lacking = await run(
      ['explain', '--side', 'fo', '--expression', '(B == 1)', '--rows', 'rows.csv'],
      { 'rows.csv': ROWS },
    );
    equal(lacking.exitCode, 1);
    ok(lacking.out.includes('no column B'), lacking.out);
    const beyond = await run(
      ['explain', '--side', 'fo', '--expression', '', '--rows', 'rows.csv', '--row', '9'],
      { 'rows.csv': ROWS },
    );
    equal(beyond.exitCode, 1);
    ok(beyond.out.includes('There is no row 9'), beyond.out);
  });

  for (const [words, reason] of [
    [[], 'needs either a path'],
    [['m.json', 'n.json'], 'takes one path'],
    [['m.json', '--row', '1'], '--row needs --rows'],
    [['m.json', '--filter', '0'], 'from 1 on'],
    [['m.json', '--format', 'xml'], 'text, json'],
    [['m.json', '--nonsense'], '--nonsense'],
    [['m.json', '--rows', 'r.csv', '--null-rule', 'never'], 'quotes, null, empty'],
    [['m.json', '--null-rule', 'null'], '--null-rule needs --rows'],
  ] as const) {
    it(`refuses ${words.join(' ') || 'nothing'}`, async () => {
      const { exitCode, error } = await run(['explain', ...words], { 'm.json': map });
      equal(exitCode, 2);
      ok(error.includes(reason), error);
      ok(error.includes('Usage:'));
    });
  }
});
