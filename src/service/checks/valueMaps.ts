import type { FieldMapping, ValueTransform } from '../../map/model.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Span } from '../../text/span.ts';

/**
 * What a value map can't say: dual-write refuses duplicates (`dualwrite.md` 7.2, DIPV1029), and of two elements with
 * one value only one comes back. A blank element beside another one stands in Microsoft's own maps: it is the default.
 *
 * @param uri where the mapping stands, for the other place of a pair.
 */
export function checkValueMaps(
  { direction, transforms }: FieldMapping,
  uri: string,
): readonly Problem[] {
  return transforms.flatMap((transform) =>
    transform.kind === 'valueMap' ? checkValueMap(transform, direction === 3, uri) : [],
  );
}

function checkValueMap(
  { pairs, spans }: Extract<ValueTransform, { kind: 'valueMap' }>,
  isBothWays: boolean,
  uri: string,
): readonly Problem[] {
  const problems: Problem[] = [];
  const keys = new Map<string, Pair>();
  const values = new Map<string, Pair>();
  for (const [index, [key, value]] of pairs.entries()) {
    const span = spans[index];
    if (span === undefined) continue;
    const pair = { key, value, span };
    // JSON keeps the last of two equal names; enums know no case.
    const sameKey = keys.get(key.toLowerCase());
    if (sameKey !== undefined) {
      const variant = sameKey.key === key ? 'key' : 'case';
      problems.push(duplicate(variant, pair, sameKey, uri));
      continue;
    }
    keys.set(key.toLowerCase(), pair);
    // Nothing comes back to a blank key.
    if (!isBothWays || isBlank(key) || isBlank(value)) continue;
    const sameValue = values.get(value.toLowerCase());
    if (sameValue === undefined) values.set(value.toLowerCase(), pair);
    else problems.push(duplicate('value', pair, sameValue, uri));
  }
  return problems;
}

interface Pair {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
}

const duplicate = (
  variant: 'key' | 'case' | 'value',
  { key, value, span }: Pair,
  first: Pair,
  uri: string,
): Problem => ({
  code: 'duplicate-value',
  variant,
  span,
  args: { key, first: first.key, value },
  related: [{ uri, span: first.span, message: 'first-pair' }],
});

/** `blank` is how some maps write an empty value (`dualwrite.md` 1.3). */
const isBlank = (text: string): boolean => /^(?:blank)?$/iu.test(text.trim());
