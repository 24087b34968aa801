import { type CancellationToken, Disposable } from 'vscode-languageserver';
import {
  compareFilters,
  type FilterToCompare,
  filterInDocument,
  sayCompared,
  sayErrorsOf,
} from '../src/service/compareFilters.ts';
import {
  type ComparableParams,
  comparableRequest,
  type ComparableResult,
  type CompareParams,
  compareRequest,
  type CompareResult,
  type FilterReference,
} from '../src/service/protocol/maps.ts';
import type { Feature } from './feature.ts';
import { titleOf } from './filterReference.ts';
import { allMaps, mapAt } from './maps.ts';
import type { Session } from './session.ts';

/** A list to choose from: whoever has more filters types one. */
const MOST_OTHERS = 1000;

/** Compares filters by what they keep; what a person can choose from, the client asks for first. */
export const comparing: Feature = {
  capabilities: {},
  register({ connection, session, handle }) {
    const registered = [
      connection.onRequest<ComparableResult | null, never>(
        comparableRequest,
        handle<ComparableParams, ComparableResult | null>(
          'comparable filters',
          null,
          (params, token) => comparable(session, params, token),
        ),
      ),
      connection.onRequest<CompareResult | null, never>(
        compareRequest,
        handle<CompareParams, CompareResult | null>('comparison', null, (params) =>
          compare(session, params),
        ),
      ),
    ];
    return Disposable.create(() => {
      for (const each of registered) each.dispose();
    });
  },
};

async function comparable(
  session: Session,
  { filter, uris }: ComparableParams,
  token: CancellationToken,
): Promise<ComparableResult | null> {
  const asked = await filterAt(session, filter);
  if (asked === undefined) return null;
  const others: ComparableResult['others'][number][] = [];
  for await (const { analysed } of allMaps(session, token, uris)) {
    const { uri } = analysed.document;
    for (const [index, other] of analysed.filters.entries()) {
      if (other.site.side !== asked.side || (uri === filter.uri && index === filter.index))
        continue;
      others.push({
        reference: { uri, index },
        title: titleOf(other),
        text: other.site.text.value,
      });
    }
    if (others.length >= MOST_OTHERS) break;
  }
  const errors = sayErrorsOf('first', compareFilters(asked, asked), session.translate());
  return { text: asked.text, others, ...(errors === undefined ? {} : { errors }) };
}

async function compare(
  session: Session,
  { filter, other }: CompareParams,
): Promise<CompareResult | null> {
  const first = await filterAt(session, filter);
  const second =
    'text' in other
      ? first && { side: first.side, text: other.text }
      : await filterAt(session, other);
  if (first === undefined || second === undefined) return null;
  const compared = compareFilters(first, second);
  const errors = sayErrorsOf('second', compared, session.translate());
  return {
    compared,
    sentence: sayCompared(compared, session.translate()),
    ...(errors === undefined ? {} : { errors }),
  };
}

async function filterAt(
  session: Session,
  { uri, index }: FilterReference,
): Promise<FilterToCompare | undefined> {
  const document = await mapAt(session, uri);
  return document && filterInDocument(document.analysed, index, document.workspace);
}
