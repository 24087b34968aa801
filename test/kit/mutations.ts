import * as fc from 'fast-check';

/**
 * Texts one or two small changes away from those given: characters left out, doubled, swapped with their neighbour, or
 * replaced, and pieces put in between. That is what a filter looks like while somebody edits it.
 */
export const mutated = (
  source: fc.Arbitrary<string>,
  pieces: readonly string[],
): fc.Arbitrary<string> => {
  const change = fc.record({
    place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    removed: fc.constantFrom(0, 0, 1, 2, 5),
    piece: fc.oneof(fc.constantFrom('', '', ...pieces), fc.string({ maxLength: 2 })),
    isDoubled: fc.boolean(),
  });
  return fc.tuple(source, fc.array(change, { minLength: 1, maxLength: 2 })).map(([text, changes]) =>
    changes.reduce((changed, { place, removed, piece, isDoubled }) => {
      const at = Math.floor(place * (changed.length + 1));
      const behind = at + removed;
      const left = isDoubled ? changed.slice(0, behind) : changed.slice(0, at);
      return left + piece + changed.slice(behind);
    }, text),
  );
};
