import { compareConditions } from '../filter/meaning/compare.ts';
import { type Condition, isReadable } from '../filter/meaning/condition.ts';
import type { Cell } from '../filter/meaning/values.ts';
import { analyseDataverse } from '../filter/odata/dataverse.ts';
import { meaningOfOData } from '../filter/odata/meaning.ts';
import { analyseXpp } from '../filter/xpp/analyse.ts';
import type { Leg, Side } from '../map/model.ts';
import type { Entity } from '../metadata/model.ts';
import { nullabilityOf } from '../metadata/nullability.ts';
import { resolveEntity } from '../metadata/resolve.ts';
import { catalogue } from '../problem/catalogue.ts';
import { messageOf, type Translate } from '../problem/message.ts';
import type { Analysed, Problem } from '../problem/problem.ts';
import { linesOf } from '../text/lines.ts';
import { contains } from '../text/span.ts';
import type { AnalysedDocument } from './analysis.ts';
import type { Workspace } from './workspace.ts';

export interface FilterToCompare {
  readonly side: Side;
  readonly text: string;
  /** False for a field, in any case, that is known never to be NULL. Absent where nothing is known of the fields. */
  readonly isNullable?: (field: string) => boolean;
  /** The document is broken around the filter, so that its text may be another one. */
  readonly isBroken?: boolean;
}

/** One of the two filters, in the order they were given. */
export type Which = 'first' | 'second';

/** An error in one of the filters, and where in its own text, counted from zero. */
export interface FilterError {
  readonly which: Which;
  readonly line: number;
  readonly character: number;
  readonly problem: Problem;
}

/** Data alone, so that it can be sent. */
export type FiltersCompared =
  | { readonly kind: 'equal' }
  | {
      readonly kind: 'different';
      /** A row that one of them keeps: NULL and the empty text are told apart. */
      readonly row: readonly { readonly field: string; readonly cell: Cell }[];
      readonly keptBy: Which;
    }
  | { readonly kind: 'unknown'; readonly reason: 'sides' | 'cells' | 'large' }
  /** Part of a filter has no meaning that is known. */
  | { readonly kind: 'unknown'; readonly reason: 'unreadable'; readonly which: Which }
  /** A filter can't be read: what the parser made of the rest is nobody's intention. */
  | {
      readonly kind: 'unknown';
      readonly reason: 'syntax';
      readonly errors: readonly FilterError[];
    };

/** Whether two filters keep the same rows, however they are written. */
export function compareFilters(first: FilterToCompare, second: FilterToCompare): FiltersCompared {
  if (first.side !== second.side) return { kind: 'unknown', reason: 'sides' };
  if (first.isBroken === true || second.isBroken === true) {
    const which = first.isBroken === true ? 'first' : 'second';
    return { kind: 'unknown', reason: 'unreadable', which };
  }
  const [left, right] = [meaningOf(first), meaningOf(second)];
  const errors = [
    ...syntaxErrors('first', first.text, left.problems),
    ...syntaxErrors('second', second.text, right.problems),
  ];
  if (errors.length > 0) return { kind: 'unknown', reason: 'syntax', errors };
  const isNullable = nullabilityIn(first, second);
  const compared = compareConditions(left.value, right.value, { isNullable });
  switch (compared.kind) {
    case 'equal':
      return compared;
    case 'unknown':
      return compared.reason === 'unreadable'
        ? {
            kind: 'unknown',
            reason: compared.reason,
            which: isReadable(left.value) ? 'second' : 'first',
          }
        : { kind: 'unknown', reason: compared.reason };
    case 'different':
      return {
        kind: 'different',
        row: [...compared.witness.row]
          .map(([field, cell]) => ({ field, cell }))
          // No cell was chosen for a field that decides nothing.
          .filter(({ field, cell }) => cell !== null || isNullable(field)),
        keptBy: compared.witness.left === true ? 'first' : 'second',
      };
  }
}

/** The filter of a leg, with what the metadata of its entity tell. */
export function filterInLeg(
  side: Side,
  text: string,
  leg: Leg | undefined,
  workspace: Workspace,
  isBroken = false,
): FilterToCompare {
  const resolution =
    leg === undefined || side === 'dataverse'
      ? undefined
      : resolveEntity(leg, workspace.metadata, workspace.entityNames);
  return resolution?.kind === 'found'
    ? { side, text, isBroken, isNullable: isNullableIn(resolution.entity, workspace) }
    : { side, text, isBroken };
}

/** A filter of an analysed document. */
export function filterInDocument(
  { filters, mapProblems }: AnalysedDocument,
  index: number,
  workspace: Workspace,
): FilterToCompare | undefined {
  const filter = filters[index];
  if (filter === undefined) return undefined;
  const { site, span } = filter;
  const isBroken = mapProblems.some(
    (problem) => catalogue[problem.code].severity === 'error' && contains(span, problem.span),
  );
  return filterInLeg(site.side, site.text.value, site.leg, workspace, isBroken);
}

const isNullableIn =
  (entity: Entity, { metadata }: Workspace) =>
  (field: string): boolean =>
    nullabilityOf(entity, field, metadata).kind !== 'never';

function meaningOf({ side, text }: FilterToCompare): Analysed<Condition> {
  if (side === 'fo') {
    const { value, problems } = analyseXpp(text);
    return { value: value.meaning, problems };
  }
  const { value, problems } = analyseDataverse(text);
  return { value: meaningOfOData(value), problems };
}

function syntaxErrors(
  which: Which,
  text: string,
  problems: readonly Problem[],
): readonly FilterError[] {
  const lines = linesOf(text);
  return problems
    .filter(({ code }) => isSyntaxError(code))
    .map((problem) => ({ which, ...lines.placeOf(problem.span.start), problem }));
}

function isSyntaxError(code: Problem['code']): boolean {
  const { severity, phase } = catalogue[code];
  return severity === 'error' && phase !== 'semantic';
}

/** A field that one of two entities may leave NULL may be NULL; where no entity is known, each may. */
function nullabilityIn(
  { isNullable: first }: FilterToCompare,
  { isNullable: second }: FilterToCompare,
): (field: string) => boolean {
  const known = [first, second].filter((isNullable) => isNullable !== undefined);
  return (field) => known.length === 0 || known.some((isNullable) => isNullable(field));
}

/** More of them say nothing that the first ones do not. */
const MOST_ERRORS = 5;

/** The result as sentences. */
export function sayCompared(compared: FiltersCompared, translate: Translate): string {
  if (compared.kind === 'equal') return translate('compare.equal');
  if (compared.kind === 'different') {
    const { row, keptBy } = compared;
    return row.length === 0
      ? translate(`compare.different.all.${keptBy}`)
      : translate(`compare.different.${keptBy}`, { row: sayRow(row, translate) });
  }
  switch (compared.reason) {
    case 'unreadable':
      return translate(`compare.unreadable.${compared.which}`);
    case 'syntax':
      return (['first', 'second'] as const)
        .flatMap((which) => {
          const errors = compared.errors.filter((error) => error.which === which);
          return errors.length === 0
            ? []
            : [translate(`compare.errors.${which}`, { errors: sayErrors(errors, translate) })];
        })
        .join(' ');
    default:
      return translate(`compare.unknown.${compared.reason}`);
  }
}

/** What is wrong with the text of one of the filters alone; undefined where nothing is. */
export function sayErrorsOf(
  which: Which,
  compared: FiltersCompared,
  translate: Translate,
): string | undefined {
  if (compared.kind !== 'unknown' || compared.reason !== 'syntax') return undefined;
  const errors = compared.errors.filter((error) => error.which === which);
  return errors.length === 0 ? undefined : sayErrors(errors, translate);
}

const sayErrors = (errors: readonly FilterError[], translate: Translate): string =>
  [
    ...errors
      .slice(0, MOST_ERRORS)
      .map(
        ({ line, character, problem }) =>
          `${line + 1}:${character + 1} ${messageOf(problem, translate)}`,
      ),
    ...(errors.length > MOST_ERRORS ? ['…'] : []),
  ].join(' ');

const sayRow = (
  row: readonly { readonly field: string; readonly cell: Cell }[],
  translate: Translate,
): string => row.map(({ field, cell }) => `${field} = ${sayCell(cell, translate)}`).join(', ');

/** A text is written as JSON writes it, so that blanks and control characters can be seen. */
const sayCell = (cell: Cell, translate: Translate): string =>
  cell === null ? 'NULL' : cell === '' ? translate('compare.empty') : JSON.stringify(cell);
