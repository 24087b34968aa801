import type { Span } from '../../text/span.ts';
import type { FilterPlace } from '../place.ts';
import { type Part, partsAround, rootPart } from './parts.ts';

/**
 * What a growing selection takes in, from the smallest stretch to the whole of the string: a text without and
 * with its quotes, operand, comparison, what stands between parentheses, the parentheses, the filter.
 */
export function selectionsAt({ filter, offset }: FilterPlace): readonly Span[] {
  const text = filter.site.text.value;
  const root = rootPart(filter);
  const around = root === undefined ? [] : partsAround(root, offset);
  const spans = [
    { start: 0, end: text.length },
    { start: text.length - text.trimStart().length, end: text.trimEnd().length },
    ...around.flatMap((part) => [part.span, ...insidesOf(part, text)]),
  ];
  const growing = spans
    .filter(({ start, end }) => start <= offset && offset <= end && start <= end)
    .toReversed();
  return growing.filter((span, index) => {
    const before = growing[index - 1];
    return before === undefined || before.start > span.start || before.end < span.end;
  });
}

function insidesOf({ brackets, kind, span, parts }: Part, text: string): readonly Span[] {
  if (brackets !== undefined) return [{ start: brackets.open + 1, end: brackets.close }];
  const quote = text[span.start] ?? '';
  const isText =
    kind === 'operand' &&
    parts.length === 0 &&
    (quote === '"' || quote === "'") &&
    span.end - span.start > 1 &&
    text[span.end - 1] === quote;
  return isText ? [{ start: span.start + 1, end: span.end - 1 }] : [];
}
