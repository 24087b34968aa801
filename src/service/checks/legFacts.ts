import type { FieldMapping, Leg, Side } from '../../map/model.ts';

/** What the mappings of a leg tell about one of its fields. */
export interface FieldFacts {
  readonly mappings: readonly FieldMapping[];
  /** Names of elements, or values, that the value maps of the field translate; as written. */
  readonly keys: readonly string[];
  /** What the other side writes into it where it has no value of its own. */
  readonly defaults: readonly string[];
}

/** The mappings of a leg by field, for one side of it. */
export interface LegFacts {
  readonly side: Side;
  /** Whether there are mappings at all; without, nothing can be told. */
  readonly isKnown: boolean;
  /** Whether anything flows from this side to the other. */
  readonly isSource: boolean;
  /** Whether anything flows to this side. */
  readonly isTarget: boolean;
  readonly mappingsOf: (name: string) => readonly FieldMapping[];
  readonly field: (name: string) => FieldFacts | undefined;
}

export function legFacts(leg: Leg | undefined, side: Side): LegFacts {
  const mappings = leg?.fieldMappings ?? [];
  const byField = mappingsByField(mappings, side);
  let known: Map<string, FieldFacts> | undefined;
  return {
    side,
    isKnown: mappings.length > 0,
    isSource: mappings.some((mapping) => isFrom(mapping, side)),
    isTarget: mappings.some((mapping) => isFrom(mapping, side === 'fo' ? 'dataverse' : 'fo')),
    mappingsOf: (name) => byField.get(name.toLowerCase()) ?? [],
    field: (name) => {
      const key = name.toLowerCase();
      const found = byField.get(key);
      if (found === undefined) return undefined;
      known ??= new Map();
      const facts = known.get(key) ?? factsOf(found);
      known.set(key, facts);
      return facts;
    },
  };
}

/** `customerid.Account(accountnumber)` maps the lookup `customerid`, whose column is `_customerid_value`. */
function mappingsByField(
  mappings: readonly FieldMapping[],
  side: Side,
): ReadonlyMap<string, readonly FieldMapping[]> {
  const byField = new Map<string, FieldMapping[]>();
  const add = (name: string, mapping: FieldMapping): void => {
    const known = byField.get(name);
    if (known === undefined) byField.set(name, [mapping]);
    else known.push(mapping);
  };
  for (const mapping of mappings) {
    const name = (side === 'fo' ? mapping.sourceField : mapping.destinationField).toLowerCase();
    if (name === '') continue;
    add(name, mapping);
    if (side === 'fo') continue;
    const [column = name] = name.split('.', 1);
    if (column !== name) add(column, mapping);
    add(`_${column}_value`, mapping);
  }
  return byField;
}

/** Whether a change on a side flows through a mapping (`dualwrite.md` 1.3: 1 is FO to CE, 2 the other way). */
export const isFrom = ({ direction }: FieldMapping, side: Side): boolean =>
  direction === 3 || direction === (side === 'fo' ? 1 : 2);

const factsOf = (mappings: readonly FieldMapping[]): FieldFacts => {
  const transforms = mappings.flatMap((mapping) => mapping.transforms);
  return {
    mappings,
    keys: [
      ...new Set(
        transforms.flatMap((transform) =>
          transform.kind === 'valueMap' ? transform.pairs.map(([key]) => key) : [],
        ),
      ),
    ],
    defaults: mappings.flatMap(({ direction, transforms: own }) =>
      own.flatMap((transform) =>
        transform.kind === 'default' && direction === 2 ? [transform.value] : [],
      ),
    ),
  };
};
