import { deepEqual, equal, ok } from 'node:assert/strict';
import { sqlTextOf } from '../../../src/filter/meaning/sqlText.ts';
import { statementOf } from '../../../src/preview/statement.ts';
import { defaultContext } from '../../../src/preview/statementContext.ts';
import { conditionOf } from '../../kit/conditions.ts';
import {
  ENTITY_URI,
  entityXml,
  mappedField,
  metadataIn,
  sampleTexts,
  tableXml,
} from '../../kit/metadata.ts';

/** The one statement that is published (`dualwrite.md` 4.1), from WHERE on. */
const PUBLISHED = `
WHERE(((((((((((PARTITION=5637144576) AND (DATAAREAID=N'usmf')) AND
((PARTITION#2=5637144576) OR (PARTITION#2 IS NULL))) AND
((PARTITION#3=5637144576) OR (PARTITION#3 IS NULL))) AND
((PARTITION#4=5637144576) OR (PARTITION#4 IS NULL))) AND
((PARTITION#5=5637144576) OR (PARTITION#5 IS NULL))) AND
((PARTITION#6=5637144576) OR (PARTITION#6 IS NULL))) AND
((PARTITION#7=5637144576) OR (PARTITION#7 IS NULL))) AND
((PARTITION#8=5637144576) OR (PARTITION#8 IS NULL))) AND
((DATAAREAID#8=N'usmf') OR (DATAAREAID#8 IS NULL))) AND
(PARENTPROJECT=''))
ORDER BY T1.PROJECTID`;

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();
const fromWhere = (statement: string): string =>
  oneLine(statement.slice(statement.indexOf('WHERE')));

const P = 'PARTITION=5637144576';
const optional = (column: string, value: string): string =>
  `((${column}=${value}) OR (${column} IS NULL))`;
const partition = (ordinal: number): string => optional(`PARTITION#${ordinal}`, '5637144576');
const company = (ordinal: number): string => optional(`DATAAREAID#${ordinal}`, "N'usmf'");

const shapes = [
  {
    id: 'the root alone',
    tables: { R: true },
    below: [],
    filter: '(A == 1)',
    where: `WHERE(((${P}) AND (DATAAREAID=N'usmf')) AND (A=1))`,
  },
  {
    id: 'no filter',
    tables: { R: true },
    below: [],
    filter: '',
    where: `WHERE((${P}) AND (DATAAREAID=N'usmf'))`,
  },
  {
    id: 'a root shared by all companies',
    tables: { R: false },
    below: [],
    filter: '(A == 1)',
    where: `WHERE((${P}) AND (A=1))`,
  },
  {
    id: 'two data sources per company and one that is not',
    tables: { R: true, S: true, T: false, U: true },
    below: [
      { name: 'S', join: 'OuterJoin', below: [{ name: 'T', join: 'OuterJoin' }] },
      { name: 'U', join: 'OuterJoin' },
    ],
    filter: '(A != "x")',
    where:
      `WHERE(((((((${P}) AND (DATAAREAID=N'usmf')) AND ${partition(2)}) AND ${partition(3)}) AND ${partition(4)}) AND ${company(2)}) AND ${company(4)}) AND (A<>N'x'))`.replace(
        'WHERE(',
        'WHERE((',
      ),
  },
  {
    id: 'an inner join, and one below an outer join',
    tables: { R: true, S: true, T: true, U: true },
    below: [
      { name: 'S', join: 'InnerJoin' },
      { name: 'T', join: 'OuterJoin', below: [{ name: 'U', join: 'InnerJoin' }] },
    ],
    filter: '',
    where: `WHERE((((((((${P}) AND (DATAAREAID=N'usmf')) AND (PARTITION#2=5637144576)) AND ${partition(3)}) AND ${partition(4)}) AND (DATAAREAID#2=N'usmf')) AND ${company(3)}) AND ${company(4)})`,
    approximations: ['innerJoin'],
  },
  {
    id: 'a table that is not known',
    tables: { R: true },
    below: [{ name: 'S', join: 'OuterJoin' }],
    filter: '(A == 1)',
    where: `WHERE((((${P}) AND (DATAAREAID=N'usmf')) AND ${partition(2)}) AND (A=1))`,
    unknownTables: ['S'],
  },
] as const;

describe('the generated statement', () => {
  it('has the published WHERE clause', async () => {
    const metadata = metadataIn(await sampleTexts());
    const entity = metadata.entityNamed('ProjectEntity');
    ok(entity);
    const { text, approximations, unknownTables } = statementOf(
      entity,
      conditionOf('(ParentProject == "")'),
      metadata,
      defaultContext,
    );
    equal(fromWhere(text), oneLine(PUBLISHED));
    deepEqual([[...approximations], unknownTables], [[], []]);
    const columns =
      oneLine(text).split(' FROM PROJECTENTITY T1 ')[0]?.replace('SELECT ', '').split(/, ?/u) ?? [];
    for (const column of [
      'RECID',
      'MODIFIEDDATETIME',
      'PARENTPROJECT',
      'RECVERSION#8',
      'RECID#2',
      'PARTITION',
    ]) {
      ok(columns.includes(`T1.${column}`), column);
    }
  });

  for (const { id, tables, below, filter, where, ...rest } of shapes) {
    it(`limits partition and company: ${id}`, () => {
      const metadata = metadataIn({
        [ENTITY_URI]: entityXml({ fields: [mappedField('A', 'R')], root: { name: 'R', below } }),
        ...Object.fromEntries(
          Object.entries(tables).map(([name, isPerCompany]) => [
            `file:///m/AxTable/${name}.xml`,
            tableXml(name, isPerCompany),
          ]),
        ),
      });
      const entity = metadata.entityNamed('E');
      ok(entity);
      const statement = statementOf(entity, conditionOf(filter), metadata, defaultContext);
      equal(fromWhere(statement.text), where);
      const { term = { start: 0, end: 0 } } = statement;
      const own = sqlTextOf(conditionOf(filter))?.text ?? '';
      equal(statement.text.slice(term.start, term.end), own);
      deepEqual(
        [...statement.approximations].filter((part) => part === 'innerJoin'),
        'approximations' in rest ? rest.approximations : [],
      );
      deepEqual(statement.unknownTables, 'unknownTables' in rest ? rest.unknownTables : []);
    });
  }

  it('takes company and partition from where it is told', () => {
    const metadata = metadataIn({ [ENTITY_URI]: entityXml({ fields: [], root: { name: 'R' } }) });
    const entity = metadata.entityNamed('E');
    ok(entity);
    const { text } = statementOf(entity, conditionOf(''), metadata, {
      company: "o'x",
      partition: '7',
    });
    equal(fromWhere(text), "WHERE((PARTITION=7) AND (DATAAREAID=N'o''x'))");
  });
});
