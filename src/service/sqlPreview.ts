import { nullLosses } from '../filter/meaning/nullLoss.ts';
import { isReadable } from '../filter/meaning/condition.ts';
import { sqlTextOf } from '../filter/meaning/sqlText.ts';
import { nullabilityOf } from '../metadata/nullability.ts';
import { type Statement, statementOf } from '../preview/statement.ts';
import { inWords } from './explain/inWords.ts';
import type { Translate } from '../problem/message.ts';
import type { AnalysedFilter } from './analysed.ts';
import type { Workspace } from './workspace.ts';

/** The generated statement of a filter as a readable SQL document; what is uncertain about it stands in comments. */
export function sqlPreviewOf(
  filter: AnalysedFilter,
  workspace: Workspace,
  translate: Translate,
): string {
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
  );
}

/** Dataverse gets the filter in a request; how it asks its database, nobody but it sees. */
function dataversePreview(
  { site, meaning }: AnalysedFilter,
  notes: readonly string[],
  translate: Translate,
): string {
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
    `SELECT *\nFROM ${table}${term === undefined ? '' : `\nWHERE ${term.text}`}`,
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

/** Notes as comments, above a statement. */
export const sqlDocument = (notes: readonly string[], sql: string): string =>
  `${notes.map((note) => `-- ${note}`).join('\n')}\n${sql === '' ? '' : `\n${sql}\n`}`;

export const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();
