import type { Comparison, Condition, Value } from './condition.ts';
import { emptyCellFor, evaluateComparison, fieldWithKnown } from './evaluate.ts';
import type { Truth } from './values.ts';

/** A comparison that drops rows whose field is NULL, though they would match if it were empty. */
export interface NullLoss {
  readonly comparison: Comparison;
  readonly field: string;
  /** Whether an odd number of negations stands above the comparison. */
  readonly negated: boolean;
}

/**
 * Finds the comparisons at which a filter loses rows to NULL (`dualwrite.md` 4.3, 4.4).
 *
 * A comparison with NULL is never true, and its negation neither. That matters exactly where the
 * comparison, negated as it stands, is true for the value X++ takes for nothing: `== ""`, `!= "v"`,
 * `!(F == "v")`, `< v`, `== 0` lose rows; `!= ""`, `== "v"`, `> 0` do not. Nor does a comparison lose a row
 * that another condition on the same field drops anyway, as in `(F != "") && (F != "v")`, or that another one keeps
 * because it is NULL: `f ne 'v' or f eq null`.
 *
 * Takes time in proportion to the size of the condition times its depth.
 *
 * @param isNullable whether the view can yield NULL for a field; false where nobody knows.
 * @param emptyOf the empty value of a field that is compared with a value, where metadata knows it.
 */
export function nullLosses(
  condition: Condition,
  isNullable: (field: string) => boolean,
  emptyOf: EmptyOf = () => undefined,
): readonly NullLoss[] {
  const places: Place<Comparison>[] = [];
  addPlaces({ condition, negated: false, above: undefined }, places);
  const whenEmpty = (place: Place<Comparison>): Truth => answerForEmpty(place, emptyOf);
  const decidedOf = decidedByField(places, whenEmpty);
  return places.flatMap((place) => {
    const field = fieldWithKnown(place.condition)?.field.name;
    if (field === undefined || !isNullable(field) || whenEmpty(place) !== true) return [];
    if (asksForNull(place)) return [];
    const decided = decidedOf(field);
    for (let above = place.above; above !== undefined; above = above.above) {
      if (decided.has(above)) return [];
    }
    return [{ comparison: place.condition, field, negated: place.negated }];
  });
}

/** What X++ takes for nothing in a field, such as the first element of its enum; undefined where nobody knows. */
export type EmptyOf = (field: string, like: Value) => string | undefined;

/** A condition where it stands: under how many negations, and below what. */
interface Place<C extends Condition = Condition> {
  readonly condition: C;
  readonly negated: boolean;
  readonly above: Place | undefined;
}

function addPlaces(place: Place, places: Place<Comparison>[]): void {
  const { condition, negated, above } = place;
  switch (condition.kind) {
    case 'comparison':
      places.push({ condition, negated, above });
      return;
    case 'not':
      addPlaces({ condition: condition.term, negated: !negated, above: place }, places);
      return;
    case 'and':
    case 'or':
      for (const term of condition.terms) {
        addPlaces({ condition: term, negated, above: place }, places);
      }
      return;
    default:
  }
}

/**
 * Answers, for a field, the conditions that need no look into them: true in no row in which it is empty, or in
 * every row in which it is NULL; other fields are free.
 */
function decidedByField(
  places: readonly Place<Comparison>[],
  whenEmpty: (place: Place<Comparison>) => Truth,
): (field: string) => ReadonlySet<Place> {
  let comparisons: ReadonlyMap<string, readonly Place<Comparison>[]> | undefined;
  const known = new Map<string, ReadonlySet<Place>>();
  return (field) => {
    const key = field.toLowerCase();
    const before = known.get(key);
    if (before !== undefined) return before;
    comparisons ??= byField(places);
    const decided = decidedBy(comparisons.get(key) ?? [], whenEmpty);
    known.set(key, decided);
    return decided;
  };
}

function byField(
  places: readonly Place<Comparison>[],
): ReadonlyMap<string, readonly Place<Comparison>[]> {
  const comparisons = new Map<string, Place<Comparison>[]>();
  for (const place of places) {
    const key = fieldWithKnown(place.condition)?.field.name.toLowerCase();
    if (key === undefined) continue;
    const others = comparisons.get(key);
    if (others === undefined) comparisons.set(key, [place]);
    else others.push(place);
  }
  return comparisons;
}

function decidedBy(
  comparisons: readonly Place<Comparison>[],
  whenEmpty: (place: Place<Comparison>) => Truth,
): ReadonlySet<Place> {
  const failing = comparisons.filter((place) => whenEmpty(place) === false);
  const keeping = comparisons.filter((place) => asksForNull(place) && whenEmpty(place) === true);
  return new Set([...carriedUp(failing, termsThatFail), ...carriedUp(keeping, termsThatHold)]);
}

/** Carries what comparisons do upwards, as far as enough terms of a condition do it. */
function carriedUp(
  comparisons: readonly Place[],
  enough: (place: Place) => number,
): ReadonlySet<Place> {
  const reached = new Set<Place>();
  const counts = new Map<Place, number>();
  for (const comparison of comparisons) {
    let { above } = comparison;
    while (above !== undefined && !reached.has(above)) {
      const count = (counts.get(above) ?? 0) + 1;
      counts.set(above, count);
      if (count < enough(above)) break;
      reached.add(above);
      above = above.above;
    }
  }
  return reached;
}

/** How many terms must fail for the whole to; by De Morgan a negated AND is an OR. */
function termsThatFail({ condition, negated }: Place): number {
  const anyOf = negated ? 'and' : 'or';
  return condition.kind === anyOf ? condition.terms.length : 1;
}

/** How many terms must hold for the whole to. */
function termsThatHold({ condition, negated }: Place): number {
  const allOf = negated ? 'or' : 'and';
  return condition.kind === allOf ? condition.terms.length : 1;
}

function asksForNull({ condition }: Place<Comparison>): boolean {
  const known = fieldWithKnown(condition)?.literal;
  return known?.kind === 'constant' && known.constant === null;
}

/**
 * The answer for an empty field, negated as the comparison stands; undefined where it can't be told. A comparison
 * that asks for NULL is asked of NULL itself: its author knows of it.
 */
function answerForEmpty(place: Place<Comparison>, emptyOf: EmptyOf): Truth {
  const { condition, negated } = place;
  const mixed = fieldWithKnown(condition);
  if (mixed === undefined) return undefined;
  const known =
    mixed.literal.kind === 'literal' ? emptyOf(mixed.field.name, mixed.literal.value) : undefined;
  const empty = known ?? emptyCellFor(condition);
  if (empty === null && !asksForNull(place)) return undefined;
  const answer = evaluateComparison(condition, () => empty);
  return answer === undefined ? undefined : answer !== negated;
}
