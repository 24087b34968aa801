import { nullLosses } from '../filter/meaning/nullLoss.ts';
import { isReadable } from '../filter/meaning/condition.ts';
import { sqlTextOf } from '../filter/meaning/sqlText.ts';
import { nullabilityOf } from '../metadata/nullability.ts';
import { type Statement, statementOf } from '../preview/statement.ts';
import { inWords } from './explain/inWords.ts';
import type { Translate } from '../problem/message.ts';
import type { Span } from '../text/span.ts';
import type { AnalysedFilter } from './analysed.ts';
import type { Workspace } from './workspace.ts';

/** A readable SQL document, and where the filter's own term stands in it; undefined where it has none. */
export interface SqlPreview {
  readonly text: string;
  readonly term: Span | undefined;
}

/** The generated statement of a filter as a readable SQL document; what is uncertain about it stands in comments. */
export function sqlPreviewOf(
  filter: AnalysedFilter,
  workspace: Workspace,
  translate: Translate,
): SqlPreview {
  const { site, meaning, resolution } = filter;
  const [source, destination] = [site.leg?.sourceSchema ?? '', site.leg?.destinationSchema ?? ''];
  const isAlone = source === '' && destination === '';
  const side = site.side === 'fo' ? 'Finance and Operations' : 'Dataverse';
  const notes = [
    isAlone
      ? translate('preview.titleAlone', { side })
      : translate('preview.title', { side, source, destination }),
    site.text.value.trim() === ''
      ? translate('preview.empty')
      : translate('preview.filter', { filter: oneLine(site.text.value) }),
  ];
  if (!isReadable(meaning)) return sqlDocument([...notes, translate('preview.unreadable')], '');
  const sentence = inWords(meaning, translate);
  if (sentence !== undefined) notes.push(translate('preview.words', { sentence }));
  if (site.side === 'dataverse') return dataversePreview(filter, notes, translate);
  if (resolution.kind !== 'found') {
    const term = sqlTextOf(meaning);
    return sqlDocument(
      [
        ...notes,
        source === ''
          ? translate('preview.noMap')
          : translate('preview.noEntity', { label: source }),
        ...approximationNotes(term?.approximations, translate),
      ],
      term?.text ?? '',
      term && { start: 0, end: term.text.length },
    );
  }
  const { entity } = resolution;
  const statement = statementOf(entity, meaning, workspace.metadata, workspace.statement);
  const lost = nullLosses(
    meaning,
    (field) => nullabilityOf(entity, field, workspace.metadata).kind === 'outerJoin',
  ).map(({ field }) => field);
  return sqlDocument(
    [
      ...notes,
      ...(lost.length === 0
        ? []
        : [translate('preview.losesNull', { fields: [...new Set(lost)].join(', ') })]),
      ...approximationNotes(statement.approximations, translate),
      ...(statement.unknownTables.length === 0
        ? []
        : [
            translate('preview.unknownTables', {
              tables: [...new Set(statement.unknownTables)].join(', '),
            }),
          ]),
    ],
    statement.text,
    statement.term,
  );
}

/** Dataverse gets the filter in a request; how it asks its database, nobody but it sees. */
function dataversePreview(
  { site, meaning }: AnalysedFilter,
  notes: readonly string[],
  translate: Translate,
): SqlPreview {
  const table = site.leg?.destinationSchema ?? '…';
  const text = site.text.value.trim();
  const query = text === '' ? '' : `?$filter=${encodeURIComponent(text)}`;
  const term = sqlTextOf(meaning, (field) => field);
  return sqlDocument(
    [
      ...notes,
      translate('preview.request', { request: `GET /api/data/v9.2/${table}${query}` }),
      translate('preview.dataverse'),
    ],
    ...selection(table, term?.text),
  );
}

function approximationNotes(
  approximations: Statement['approximations'] | undefined,
  translate: Translate,
): readonly string[] {
  if (approximations === undefined || approximations.size === 0) return [];
  const parts = [...approximations].map((part) => translate(`preview.approximate.${part}`));
  return [translate('preview.approximate', { parts: parts.join(', ') })];
}

/** All columns of a table where a term is true, and where the term stands. */
export function selection(
  table: string,
  term: string | undefined,
): readonly [sql: string, term: Span | undefined] {
  const all = `SELECT *\nFROM ${table}`;
  if (term === undefined) return [all, undefined];
  const limited = `${all}\nWHERE ${term}`;
  return [limited, { start: limited.length - term.length, end: limited.length }];
}

/** Notes as comments, above a statement. */
export function sqlDocument(notes: readonly string[], sql: string, term?: Span): SqlPreview {
  const head = `${notes.map((note) => `-- ${note}`).join('\n')}\n`;
  if (sql === '') return { text: head, term: undefined };
  const start = head.length + 1;
  return {
    text: `${head}\n${sql}\n`,
    term: term && { start: start + term.start, end: start + term.end },
  };
}

export const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();
