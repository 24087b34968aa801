import { visitOData } from '../../filter/odata/visit.ts';
import type { XppExpression, XppLiteral, XppOperand } from '../../filter/xpp/ast.ts';
import { placesOf } from '../../filter/xpp/places.ts';
import type { ODataExpression } from '../../filter/odata/ast.ts';
import type { Translate } from '../../problem/message.ts';
import type { AnalysedFilter } from '../analysed.ts';
import type { Workspace } from '../workspace.ts';
import { longDate, pairOf } from './docs.ts';
import { fieldInfoOf, isNoYes, typeOf, valuesOf } from './fieldInfo.ts';
import { comparedColumn } from './subjects.ts';

/** A word shown behind a value, at an offset of the filter's own text. */
export interface FilterHint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

/** What values stand for that do not say it themselves: numbers of choices, and dates that can be misread. */
export function hintsOf(
  filter: AnalysedFilter,
  workspace: Workspace,
  translate: Translate,
): readonly FilterHint[] {
  const { parsed } = filter;
  if (parsed.expression === undefined) return [];
  return parsed.language === 'xpp'
    ? xppHints(parsed.expression, filter, workspace, translate)
    : odataHints(parsed.expression, filter, translate);
}

function xppHints(
  expression: XppExpression,
  filter: AnalysedFilter,
  workspace: Workspace,
  translate: Translate,
): readonly FilterHint[] {
  const hints: FilterHint[] = [];
  const add = (operand: XppOperand, other: XppOperand): void => {
    if (operand.kind === 'date') {
      const hint = dateHint(operand, translate);
      if (hint !== undefined) hints.push(hint);
    } else if (operand.kind === 'integer' && other.kind === 'field') {
      const hint = numberHint(operand, other.name);
      if (hint !== undefined) hints.push(hint);
    }
  };
  const numberHint = (
    { value, span }: XppLiteral & { readonly value: number },
    name: string,
  ): FilterHint | undefined => {
    const info = fieldInfoOf(name, filter, workspace);
    if (info === undefined) return undefined;
    // The numbers of other enums stand in no metadata that is at hand, and differ between systems (`dualwrite.md` 4.8).
    if (isNoYes(valuesOf(info.mappings)) && (value === 0 || value === 1)) {
      return {
        offset: span.end,
        label: value === 0 ? 'No' : 'Yes',
        tooltip: translate('hint.noYes', { field: info.name }),
      };
    }
    const iso = /date/iu.test(typeOf(info) ?? '') ? isoOfNumber(value) : undefined;
    const label = iso === undefined ? undefined : longDate(iso, 'date', translate, 'long');
    return label === undefined
      ? undefined
      : { offset: span.end, label, tooltip: translate('hint.dateNumber') };
  };
  for (const { node } of placesOf(expression)) {
    if (node.kind !== 'comparison') continue;
    add(node.left, node.right);
    add(node.right, node.left);
  }
  return hints;
}

/** `23\06\2021` has one reading; `5\6\2021` has another where the month comes first. */
function dateHint(
  { text, value, span }: XppLiteral & { readonly value: string },
  translate: Translate,
): FilterHint | undefined {
  const [, month = '', day = ''] = value.split('-');
  const isPlain = text.includes('\\') && (Number(day) > 12 || day === month);
  if (isPlain) return undefined;
  const label = longDate(value, 'date', translate, 'long');
  return label === undefined
    ? undefined
    : { offset: span.end, label, tooltip: translate('hint.date') };
}

/** Dates as numbers, as code of 2008 wrote them: `(day-1)*2^16 + (month-1)*2^8 + (year-1900)` (`dualwrite.md` 2.3). */
function isoOfNumber(value: number): string | undefined {
  const year = (value & 0xff) + 1900;
  const month = ((value >> 8) & 0xff) + 1;
  const day = (value >> 16) + 1;
  const date = new Date(Date.UTC(year, month - 1, day));
  return value > 0xff && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? date.toISOString().slice(0, 10)
    : undefined;
}

function odataHints(
  expression: ODataExpression,
  filter: AnalysedFilter,
  translate: Translate,
): readonly FilterHint[] {
  const hints: FilterHint[] = [];
  visitOData(expression, ({ expression: node, above }) => {
    if (node.kind !== 'integer') return;
    const column = comparedColumn(node, above?.expression);
    const pair = column === undefined ? undefined : pairOf(node.text, column, filter);
    if (pair === undefined || pair.element === '') return;
    hints.push({
      offset: node.span.end,
      label: pair.element,
      tooltip: translate('hint.choice', { field: pair.field }),
    });
  });
  return hints;
}
