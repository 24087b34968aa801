import { ok } from 'node:assert/strict';
import type {
  Range,
  RangeItem,
  RangeMissing,
  RangeValue,
} from '../../../../src/filter/range/ast.ts';
import type { Problem } from '../../../../src/problem/problem.ts';

/** A range on one line: what each part was read as. */
export const shapeOf = (range: Range | undefined): string =>
  range === undefined ? '-' : range.items.map(shapeOfItem).join(', ');

function shapeOfItem(item: RangeItem): string {
  switch (item.kind) {
    case 'single':
      return `${item.isNegated ? '!' : ''}${shapeOfValue(item.value)}`;
    case 'comparison':
      return `${item.relation}${shapeOfValue(item.value)}`;
    case 'interval':
      return `${item.from === undefined ? '' : shapeOfValue(item.from)}..${item.to === undefined ? '' : shapeOfValue(item.to)}`;
    case 'method':
      return `${item.name}(${item.args.map(({ text }) => text).join(',')})`;
    case 'missing':
      return '_';
  }
}

function shapeOfValue(value: RangeValue | RangeMissing): string {
  switch (value.kind) {
    case 'missing':
      return '_';
    case 'text':
      return JSON.stringify(value.value);
    case 'enum':
      return `${value.enumName}::${value.element}`;
    case 'today':
    case 'ambiguousDate':
      return value.kind;
    default:
      return `${value.kind}:${value.value}`;
  }
}

/** `code.variant start..end`. */
export const told = (problems: readonly Problem[]): readonly string[] =>
  problems.map(
    ({ code, variant, span }) =>
      `${code}${variant === undefined ? '' : `.${variant}`} ${span.start}..${span.end}`,
  );

/** Every place that is reported or would be edited lies inside the source. */
export function checkPlaces(problems: readonly Problem[], source: string): void {
  for (const { code, span, fixes = [] } of problems) {
    const spans = [span, ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.span))];
    for (const { start, end } of spans) {
      ok(0 <= start && start <= end && end <= source.length, `${code} ${start}..${end}`);
    }
  }
}

/** Every node of a tree lies inside the node around it. */
export function checkSpans(node: unknown, start: number, end: number): void {
  if (typeof node !== 'object' || node === null) return;
  let [from, to] = [start, end];
  if ('span' in node) {
    const span = node.span as { readonly start: number; readonly end: number };
    ok(start <= span.start && span.start <= span.end && span.end <= end, JSON.stringify(node));
    [from, to] = [span.start, span.end];
  }
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'span') checkSpans(child, from, to);
  }
}
