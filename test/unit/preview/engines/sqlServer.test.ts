import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import transactSql from 'node-sql-parser/build/transactsql.js';
import { type Condition, isReadable } from '../../../../src/filter/meaning/condition.ts';
import { openView, type SqlServerSession } from '../../../../src/preview/engines/sqlServer.ts';
import {
  countsStatement,
  type ElementNumber,
  pageStatement,
  type SqlStatement,
  type View,
} from '../../../../src/preview/engines/sqlServerSql.ts';
import { verdicts } from '../../../../src/preview/rowStore.ts';
import { defaultContext } from '../../../../src/preview/statementContext.ts';
import { anyFilter, columnNames, conditionOf } from '../../../kit/conditions.ts';
import { metadataIn, sampleTexts } from '../../../kit/metadata.ts';

const VIEW: View = {
  schema: 'dbo',
  name: 'PROJECTENTITY',
  columns: ['PROJECTID', 'PARENTPROJECT', 'SCHEDULED'],
  computed: [],
  limits: [
    { column: 'PARTITION', by: 'partition', isOptional: false },
    { column: 'DATAAREAID', by: 'company', isOptional: false },
    { column: 'DATAAREAID#2', by: 'company', isOptional: true },
  ],
  keys: ['PROJECTID'],
  context: defaultContext,
  mostRows: 1000,
};

/** Numbers that every enum of the tests has; one element is not known. */
const numbers: ElementNumber = (_, value) => {
  if (value.type !== 'enum') return undefined;
  const known = new Map<string, number | 'unknown'>([
    ['No', 0],
    ['Yes', 1],
    ['None', 0],
  ]);
  return known.get(value.element) ?? 'unknown';
};

const statementFor = (filter: string, view = VIEW): SqlStatement => {
  const written = countsStatement(view, conditionOf(filter), numbers);
  if ('problem' in written) throw new Error(JSON.stringify(written.problem));
  return written.value;
};

/** The verdict of a statement, its parameters in place. */
function verdictIn({ text, parameters }: SqlStatement): string {
  const verdict = /CASE WHEN (.*) THEN 0 WHEN (.*) THEN 1 ELSE 2 END AS v/u.exec(text);
  return (verdict?.slice(1) ?? [])
    .map((term) =>
      term.replaceAll(/@(p\d+)/gu, (_, name: string) => {
        const found = parameters.find((parameter) => parameter.name === name);
        return found?.type === 'text' ? JSON.stringify(found.value) : (found?.value ?? '?');
      }),
    )
    .join(' / ');
}

const CASES: readonly (readonly [filter: string, verdict: string])[] = [
  ['(ParentProject == "")', '([PARENTPROJECT]="") / (COALESCE([PARENTPROJECT],\'\')="")'],
  [
    '(!(ParentProject like "a*%"))',
    '(NOT ([PARENTPROJECT] LIKE "a%[%]")) / (NOT (COALESCE([PARENTPROJECT],\'\') LIKE "a%[%]"))',
  ],
  ['(Scheduled != NoYes::Yes)', '([SCHEDULED]<>1) / (COALESCE([SCHEDULED],0)<>1)'],
  [
    '(Scheduled > 9223372036854775807)',
    '([SCHEDULED]>9223372036854775807) / (COALESCE([SCHEDULED],0)>9223372036854775807)',
  ],
  [
    '(Scheduled < 1.5)',
    '([SCHEDULED]<CAST("1.5" AS decimal(38,1))) / (COALESCE([SCHEDULED],0)<CAST("1.5" AS decimal(38,1)))',
  ],
  [
    String.raw`(Scheduled >= 23\06\2021)`,
    '([SCHEDULED]>=CAST("2021-06-23T00:00:00.000" AS datetime)) / (COALESCE([SCHEDULED],CAST(\'1900-01-01T00:00:00\' AS datetime))>=CAST("2021-06-23T00:00:00.000" AS datetime))',
  ],
  [
    '(ParentProject == ProjectId)',
    "([PARENTPROJECT]=[PROJECTID]) / (COALESCE([PARENTPROJECT],'')=COALESCE([PROJECTID],''))",
  ],
  ['', '(1=1) / (1=1)'],
];

const parser = new transactSql.Parser();
/** The parser knows neither parameters of TOP and OFFSET nor COUNT_BIG. */
const parses = ({ text }: SqlStatement): void => {
  const readable = text
    .replace(/TOP \(@p\d+\)/u, 'TOP (1)')
    .replace(/OFFSET @p\d+ ROWS FETCH NEXT @p\d+ /u, 'OFFSET 1 ROWS FETCH NEXT 1 ')
    .replaceAll('COUNT_BIG(', 'COUNT(');
  ok(parser.astify(readable, { database: 'transactsql' }), text);
};

describe('statements for SQL Server', () => {
  for (const [filter, verdict] of CASES) {
    it(`are those of the preview, with parameters: ${filter === '' ? 'no filter' : filter}`, () => {
      equal(verdictIn(statementFor(filter)), verdict);
    });
  }

  it('look at so many rows of one company and partition alone', () => {
    const { text, parameters } = statementFor('');
    equal(
      text,
      'SELECT v,COUNT_BIG(*) FROM (SELECT TOP (@p0) ROW_NUMBER() OVER (ORDER BY [PROJECTID]) AS n,CASE WHEN (1=1) THEN 0 WHEN (1=1) THEN 1 ELSE 2 END AS v,[PROJECTID],[PARENTPROJECT],[SCHEDULED] FROM [dbo].[PROJECTENTITY] WHERE ((([PARTITION]=@p1) AND ([DATAAREAID]=@p2)) AND (([DATAAREAID#2]=@p2) OR ([DATAAREAID#2] IS NULL))) ORDER BY [PROJECTID]) AS j GROUP BY v',
    );
    deepEqual(parameters, [
      { name: 'p0', type: 'integer', value: '1000' },
      { name: 'p1', type: 'integer', value: '5637144576' },
      { name: 'p2', type: 'text', value: 'usmf' },
    ]);
  });

  it('hold nothing of what a person wrote, and are T-SQL', () => {
    const view = { ...VIEW, columns: columnNames };
    fc.assert(
      fc.property(anyFilter, fc.string(), fc.boolean(), (source, search, nullAsEmpty) => {
        const condition = conditionOf(source);
        fc.pre(isReadable(condition));
        const query = {
          verdicts: ['lostToNull' as const],
          search,
          nullAsEmpty,
          sort: { column: 'Text', isDescending: true },
        };
        const page = { offset: 10, limit: 100 };
        const written = pageStatement(view, condition, query, () => 7, page);
        if ('problem' in written) throw new Error(JSON.stringify(written.problem));
        parses(written.value);
        const total = pageStatement(view, condition, query, () => undefined, 'total');
        if ('value' in total) parses(total.value);
        const own =
          /CAST\('(?:1900-01-01T00:00:00' AS datetime|0{8}(?:-0{4}){3}-0{12}' AS uniqueidentifier)\)|''/gu;
        equal(written.value.text.replaceAll(own, '').includes("'"), false, written.value.text);
        const asked = new Set(written.value.text.match(/@p\d+/gu));
        equal(asked.size, written.value.parameters.length);
      }),
      { numRuns: 150 },
    );
  });

  const problems: readonly (readonly [string, unknown])[] = [
    ['(Nope == 1)', { kind: 'missingColumn', column: 'Nope' }],
    ['(Scheduled == Kinds::Some)', { kind: 'unknownElement', element: 'Kinds::Some' }],
    [
      Array.from({ length: 2500 }, (_, index) => `(Scheduled == ${index})`).join(' || '),
      { kind: 'tooLong' },
    ],
  ];
  for (const [filter, problem] of problems) {
    it(`are not sent where something is not known: ${filter.slice(0, 40)}`, () => {
      deepEqual(countsStatement(VIEW, conditionOf(filter), numbers), { problem });
    });
  }

  it('compute columns that the view lacks, with what stands for NULL as a parameter', () => {
    const view = {
      ...VIEW,
      columns: ['PARENTPROJECT', 'PARENT_NS'],
      computed: [{ name: 'PARENT_NS', source: 'PARENTPROJECT', fallback: "it's" }],
      limits: [],
    };
    const written = pageStatement(
      view,
      conditionOf('(Parent_NS == "x")'),
      { verdicts },
      numbers,
      'all',
    );
    ok('value' in written, JSON.stringify(written));
    const { text, parameters } = written.value;
    parses(written.value);
    equal(
      text,
      "SELECT n,v,[PARENTPROJECT],[PARENT_NS] FROM (SELECT TOP (@p2) ROW_NUMBER() OVER (ORDER BY [PROJECTID]) AS n,CASE WHEN (ISNULL([PARENTPROJECT],@p0)=@p1) THEN 0 WHEN (COALESCE(ISNULL([PARENTPROJECT],@p0),'')=@p1) THEN 1 ELSE 2 END AS v,[PARENTPROJECT],ISNULL([PARENTPROJECT],@p0) AS [PARENT_NS] FROM [dbo].[PROJECTENTITY] ORDER BY [PROJECTID]) AS j WHERE v IN (0,1,2) ORDER BY n",
    );
    deepEqual(
      parameters.map(({ value }) => value),
      ["it's", 'x', '1000'],
    );
  });

  it('can not be broken out of by names', () => {
    const view = { ...VIEW, name: 'a]b', columns: ["x]; DROP TABLE y --'"], keys: [] };
    const { text } = statementFor('', view);
    ok(text.includes('[dbo].[a]]b]') && text.includes("[x]]; DROP TABLE y --']"));
  });
});

describe('rows judged by SQL Server', () => {
  /** A database that answers from a table of columns, and remembers what it was asked. */
  const sessionWith = (
    columns: readonly string[],
    answer: (statement: SqlStatement) => readonly (readonly unknown[])[],
  ): SqlServerSession & { readonly asked: SqlStatement[] } => {
    const asked: SqlStatement[] = [];
    return {
      asked,
      async query(statement) {
        asked.push(statement);
        return {
          value: statement.text.includes('INFORMATION_SCHEMA')
            ? columns.map((column) => ['dbo', 'ProjectEntity', column])
            : answer(statement),
        };
      },
      async *stream(statement) {
        asked.push(statement);
        for (const row of answer(statement)) yield { value: [row] };
        yield { problem: { kind: 'cancelled' } };
      },
      async close() {
        asked.length = 0;
      },
    };
  };

  const opened = async (session: SqlServerSession, mostRows = 1000) => {
    const metadata = metadataIn(await sampleTexts());
    const entity = metadata.entityNamed('ProjectEntity');
    ok(entity);
    return openView(session, {
      entity,
      metadata,
      context: defaultContext,
      elementNumber: numbers,
      mostRows,
    });
  };

  const condition: Condition = conditionOf('(ParentProject == "")');

  it('are counted and shown', async () => {
    const session = sessionWith(
      ['ProjectId', 'ParentProject', 'Partition', 'DataAreaId', 'PARTITION#2', 'RECID#2'],
      ({ text }) => {
        if (text.startsWith('SELECT v,'))
          return [
            [0, '2'],
            [1, '3'],
            [2, '4'],
          ];
        if (text.startsWith('SELECT COUNT_BIG')) return [['9']];
        if (text.startsWith('SELECT n,')) {
          return [['7', 1, 'P-1', null, '5637144576', new Date('2021-06-23T00:00:00Z')]];
        }
        return [['P-1', true, 1.5, Buffer.from([1, 255])]];
      },
    );
    const rows = await opened(session);
    if ('problem' in rows) throw new Error(JSON.stringify(rows.problem));
    const { value } = rows;
    deepEqual(
      [value.engine, value.columns, value.rowCount, value.isLimited],
      ['SQL Server', ['ProjectId', 'ParentProject', 'Partition', 'DataAreaId'], 9, false],
    );
    deepEqual(await value.counts(condition), {
      value: {
        asWritten: { kept: 2, lostToNull: 3, dropped: 4 },
        nullAsEmpty: { kept: 5, lostToNull: 0, dropped: 4 },
      },
    });
    deepEqual(await value.page(condition, { verdicts }, 0, 50), {
      value: {
        total: 9,
        rows: [
          {
            number: 7,
            verdict: 'lostToNull',
            cells: ['P-1', null, '5637144576', '2021-06-23'],
          },
        ],
      },
    });
    deepEqual(await value.row(7), { value: ['P-1', 'true', '1.5', '0x01ff'] });
    const all: unknown[] = [];
    for await (const part of value.all(condition, { verdicts: ['kept'] })) all.push(part);
    deepEqual(all, [
      { value: [['P-1', null, '5637144576', '2021-06-23']] },
      { problem: { kind: 'cancelled' } },
    ]);
    equal(session.asked.at(-1)?.text.includes('OFFSET'), false);
    session.asked.length = 5;
    // Columns that the view lacks limit nothing; those it has, by the name they have there.
    const { text } = session.asked[1] ?? { text: '' };
    ok(text.includes('([Partition]=@p1)') && text.includes('[PARTITION#2] IS NULL'), text);
    equal(text.includes('PARTITION#3'), false);
  });

  it('are looked at up to a limit, and it is told', async () => {
    const rows = await opened(
      sessionWith(['ProjectId'], () => [['11']]),
      10,
    );
    ok('value' in rows && rows.value.isLimited && rows.value.rowCount === 10);
  });

  it('are missing where the view is', async () => {
    deepEqual(await opened(sessionWith([], () => [])), {
      problem: { kind: 'missingView', view: 'PROJECTENTITY' },
    });
  });
});
