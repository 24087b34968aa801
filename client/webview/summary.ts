import type { CountedRows } from '../../src/preview/rowEngine.ts';
import type { Counts } from '../../src/preview/rowStore.ts';
import type { Labels } from '../panel/labels.ts';
import { fill } from './fill.ts';

/** What the filter does with the rows, as one line. */
export function summaryOf(
  counts: CountedRows,
  isNullEmpty: boolean,
  labels: Pick<Labels, 'countKept' | 'countDropped' | 'countLost' | 'language'>,
  hasNull = true,
): string {
  return countsText(isNullEmpty ? counts.nullAsEmpty : counts.asWritten, labels, hasNull);
}

export function countsText(
  { kept, dropped, lostToNull }: Counts,
  labels: Pick<Labels, 'countKept' | 'countDropped' | 'countLost' | 'language'>,
  hasNull = true,
): string {
  const count = (sentence: string, value: number): string =>
    fill(sentence, value.toLocaleString(labels.language));
  return [
    count(labels.countKept, kept),
    count(labels.countDropped, dropped),
    ...(hasNull ? [count(labels.countLost, lostToNull)] : []),
  ].join(' · ');
}

/** What it would bring if NULL counted as empty. */
export function gainOf(
  { asWritten, nullAsEmpty }: CountedRows,
  labels: Pick<Labels, 'wouldGain' | 'wouldGainNone' | 'language'>,
): string {
  const gained = nullAsEmpty.kept - asWritten.kept;
  const count = (value: number): string => value.toLocaleString(labels.language);
  return gained <= 0
    ? labels.wouldGainNone
    : fill(labels.wouldGain, count(gained), count(nullAsEmpty.kept), count(asWritten.kept));
}
