import type { Problem } from '../../problem/problem.ts';
import { plainText } from '../../text/embedded.ts';
import {
  itemsOf,
  type JsonText,
  nodeSpan,
  propertyOf,
  readJson,
  stringOf,
} from '../../text/json.ts';
import type { Span } from '../../text/span.ts';

/** How many coupled-data synchronization errors a mapping of a sync project has. */
export interface ErrorsOfMapping {
  readonly mapping: string;
  readonly count: number;
}

/**
 * One problem for each mapping of an open sync project that has synchronization errors (`bc-sync.md` 3.1), at its name.
 *
 * @param text the project's file.
 */
export function checkSyncErrors(
  text: string,
  errors: readonly ErrorsOfMapping[],
): readonly Problem[] {
  if (errors.length === 0) return [];
  const { value: json } = readJson(plainText(text));
  return errors.flatMap(({ mapping, count }): readonly Problem[] =>
    count === 0
      ? []
      : [{ code: 'sync-errors', span: placeOf(json, mapping), args: { mapping, count } }],
  );
}

/** The name of a mapping, or of a standard one that is set up; else where the project begins. */
function placeOf(json: JsonText, mapping: string): Span {
  const names = [
    ...itemsOf(propertyOf(json.root, 'mappings')).flatMap((each) => propertyOf(each, 'name') ?? []),
    ...itemsOf(propertyOf(json.root, 'useDefaults')),
  ];
  const name = names.find((node) => stringOf(node) === mapping);
  if (name !== undefined) return nodeSpan(json, name);
  const start = json.root?.offset ?? 0;
  return { start, end: start + 1 };
}
