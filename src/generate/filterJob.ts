import type { Entity } from '../metadata/model.ts';
import { methodXml, newClass } from './aotXml.ts';
import type { Generated, Target } from './generated.ts';
import { fileFor, inLinesOf } from './modelFiles.ts';
import { freeName, xppText } from './names.ts';

/** What the job runs, and where it is to stand. */
export interface FilterToRun {
  /** Name of the entity in the AOT. */
  readonly entityName: string;
  readonly filter: string;
  readonly company: string;
}

/**
 * The X++ job that runs a filter as dual-write does and shows the statement: SEED's script, filled in.
 * With the entity of the metadata at hand it is a class of its model, to be run as it is.
 *
 * @param isTaken whether a file stands at an address.
 */
export function filterJobClass(
  entity: Entity,
  job: FilterToRun,
  {
    isTaken,
    textOf,
    model,
  }: {
    readonly isTaken: (uri: string) => boolean;
    readonly textOf: Target['textOf'];
    readonly model?: Target['model'];
  },
): Generated {
  const uriOf = (name: string): string => fileFor(entity, 'AxClass', name, { model });
  const name = freeName(entity.name, (candidate) => isTaken(uriOf(candidate)), 'FilterJob');
  const text = newClass(name, declarationOf(name, job), methodXml('main', mainOf(job, '    ')));
  return {
    change: {
      edits: [],
      files: [{ uri: uriOf(name), text: inLinesOf(textOf(entity.origin.uri), text) }],
    },
    notes: [{ message: 'job.class', args: { name, entity: entity.name } }],
  };
}

/** The same as a text to be pasted: where a map names the entity and no metadata tell which model holds it. */
export function filterJobText(
  job: FilterToRun,
  folder: string,
  isTaken: (uri: string) => boolean,
): Generated {
  const uriOf = (name: string): string => `${folder}/${name}.xpp`;
  const name = freeName(job.entityName, (candidate) => isTaken(uriOf(candidate)), 'FilterJob');
  const declaration = declarationOf(name, job).replace(/\}$/u, '');
  return {
    change: {
      edits: [],
      files: [{ uri: uriOf(name), text: `${declaration}${mainOf(job, '    ')}\n}\n` }],
    },
    notes: [{ message: 'job.text', args: { name, entity: job.entityName } }],
  };
}

const declarationOf = (name: string, { entityName }: FilterToRun): string =>
  [
    `/// <summary>`,
    `/// Runs the filter of a dual-write map on ${entityName} and shows the statement it becomes.`,
    `/// </summary>`,
    `internal final class ${name}`,
    `{`,
    `}`,
  ].join('\n');

/**
 * The names of the script are kept, so that it is known again. The filter is a range of RecVersion: an expression names
 * its own fields, whichever carries it (`dualwrite.md` 2.1). Literals show in the statement by `literals` alone (4.1).
 */
const mainOf = ({ entityName, filter, company }: FilterToRun, indent: string): string =>
  [
    `/// <summary>`,
    `/// Counts the rows that the filter keeps in one company.`,
    `/// </summary>`,
    `/// <param name = "_args">Not used.</param>`,
    `public static void main(Args _args)`,
    `{`,
    `    const str company = ${xppText(company)};`,
    `    const str filterExpression = ${xppText(filter)};`,
    ``,
    `    changecompany(company)`,
    `    {`,
    `        Query query = new Query();`,
    `        query.literals(NoYes::Yes);`,
    `        QueryBuildDataSource qbd = query.addDataSource(tableNum(${entityName}));`,
    `        qbd.addRange(fieldName2Id(qbd.table(), identifierStr(RecVersion))).value(filterExpression);`,
    `        qbd.addSelectionField(fieldName2Id(qbd.table(), identifierStr(RecId)));`,
    ``,
    `        QueryRun queryRun = new QueryRun(query);`,
    `        // The statement that the database executes; run it there to see why a row is missing.`,
    `        info(query.getSQLStatement());`,
    ``,
    `        int64 rows;`,
    `        while (queryRun.next())`,
    `        {`,
    `            rows++;`,
    `        }`,
    ``,
    `        info(strFmt("%1: %2 rows of %3", company, rows, tableStr(${entityName})));`,
    `    }`,
    `}`,
  ]
    .map((line) => (line === '' ? line : indent + line))
    .join('\n');
