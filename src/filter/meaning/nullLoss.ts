import type { Comparison, Condition } from './condition.ts';
import { fieldWithLiteral } from './evaluate.ts';
import { compareCell, emptyValueFor, type Truth } from './values.ts';

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
 * that another condition on the same field drops anyway, as in `(F != "") && (F != "v")`.
 *
 * Takes time in proportion to the size of the condition times its nullable fields.
 *
 * @param isNullable whether the view can yield NULL for a field; false where nobody knows.
 */
export function nullLosses(
  condition: Condition,
  isNullable: (field: string) => boolean,
): readonly NullLoss[] {
  const places = leavesOf({ condition, negated: false, above: undefined });
  const lossy = places.flatMap((place) => {
    const loss = lossAt(place);
    return loss !== undefined && isNullable(loss.field) ? [{ ...loss, place }] : [];
  });
  const impossible = new Map<string, ReadonlySet<Place>>();
  for (const [field, leaves] of leavesByField(places, lossy)) {
    impossible.set(field, impossibleWhenEmpty(field, leaves));
  }
  return lossy
    .filter(({ field, place }) => {
      const dropped = impossible.get(keyOf(field));
      return !junctionsAbove(place).some((junction) => dropped?.has(junction));
    })
    .map(({ comparison, field, negated }) => ({ comparison, field, negated }));
}

/** A condition where it stands: under how many negations, and below what. */
interface Place<C extends Condition = Condition> {
  readonly condition: C;
  readonly negated: boolean;
  readonly above: Place | undefined;
}

function placesOf(place: Place): readonly Place<Comparison>[] {
  const { condition, negated, above } = place;
  switch (condition.kind) {
    case 'comparison':
      return [{ condition, negated, above }];
    case 'not':
      return placesOf({ condition: condition.term, negated: !negated, above: place });
    case 'and':
    case 'or':
      return condition.terms.flatMap((term) =>
        placesOf({ condition: term, negated, above: place }),
      );
    default:
      return [];
  }
}

function junctionsAbove(place: Place): readonly Place[] {
  const result: Place[] = [];
  for (let above = place.above; above !== undefined; above = above.above) {
    if (holdTogether(above)) result.push(above);
  }
  return result;
}

/** Whether all terms must hold for the whole: AND, or by De Morgan a negated OR. */
const holdTogether = ({ condition, negated }: Place): boolean =>
  condition.kind === (negated ? 'or' : 'and');

type HoldsWhenEmpty = (place: Place) => boolean;

/** Answers whether a condition can be true for some row in which `field` is empty; other fields are free. */
function holdsWhenEmpty(field: string): HoldsWhenEmpty {
  const known = new Map<Condition, boolean>();
  const holds = (place: Place): boolean => {
    const before = known.get(place.condition);
    if (before !== undefined) return before;
    const answer = decide(place);
    known.set(place.condition, answer);
    return answer;
  };
  const decide = ({ condition, negated }: Place): boolean => {
    const below = (term: Condition, flipped: boolean): boolean =>
      holds({ condition: term, negated: flipped, above: undefined });
    switch (condition.kind) {
      case 'not':
        return below(condition.term, !negated);
      case 'and':
      case 'or':
        return (condition.kind === 'and') !== negated
          ? condition.terms.every((term) => below(term, negated))
          : condition.terms.some((term) => below(term, negated));
      case 'comparison':
        return whenEmpty(condition, field) !== negated;
      case 'always':
        return !negated;
      case 'unreadable':
        return true;
    }
  };
  return holds;
}

/** The answer of a comparison for an empty field; undefined where it hangs on something else. */
function whenEmpty(comparison: Comparison, field: string): Truth {
  const mixed = fieldWithLiteral(comparison);
  if (mixed?.field.name.toLowerCase() !== field.toLowerCase()) return undefined;
  const empty = emptyValueFor(mixed.literal.value);
  return empty === undefined ? undefined : compareCell(empty, mixed.operator, mixed.literal.value);
}
