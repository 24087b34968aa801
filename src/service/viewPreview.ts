import { viewText } from '../engine/run/view.ts';
import type { FilterView } from '../engine/surface/views/filters.ts';
import { comparisonsOf, isReadable } from '../filter/meaning/condition.ts';
import { sqlTextOf } from '../filter/meaning/sqlText.ts';
import type { Translate } from '../problem/message.ts';
import { inWords } from './explain/inWords.ts';
import { oneLine, selection, sqlDocument, type SqlPreview } from './sqlPreview.ts';

/**
 * A filter of a mapping as Business Central stores it, and a statement that keeps the same records. Business Central's
 * own is known to its server alone.
 */
export function viewPreviewOf(
  { mapping, side, table, filter, meaning }: FilterView,
  translate: Translate,
): SqlPreview {
  const title = translate(`preview.view.${side}`, { mapping, table });
  if (!isReadable(meaning)) {
    return sqlDocument(
      [
        title,
        translate('preview.filter', { filter: oneLine(filter) }),
        translate('preview.unreadable'),
      ],
      '',
    );
  }
  const written = oneLine(viewText(filter));
  const sentence = written === '' ? undefined : inWords(meaning, translate);
  const isCaseTold = comparisonsOf(meaning).some(
    ({ right }) =>
      right.kind === 'literal' && right.value.type === 'text' && right.value.caseSensitive === true,
  );
  const term = sqlTextOf(meaning, bracketed);
  return sqlDocument(
    [
      title,
      written === ''
        ? translate('rows.noFilter')
        : translate('preview.view.written', { view: written }),
      ...(sentence === undefined ? [] : [translate('preview.words', { sentence })]),
      translate('preview.view.equivalent'),
      ...(isCaseTold ? [translate('preview.view.case')] : []),
    ],
    ...selection(bracketed(table), term?.text),
  );
}

const bracketed = (name: string): string => `[${name.replaceAll(']', ']]')}]`;
