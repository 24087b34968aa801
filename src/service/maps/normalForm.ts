import { formatOData } from '../../filter/odata/format.ts';
import { formatXpp } from '../../filter/xpp/format.ts';
import type { FieldMapping, Leg, MapDocument, Side, TableMap } from '../../map/model.ts';
import { applyEdits } from '../../text/edit.ts';
import { compareFilters, filterInLeg } from '../compareFilters.ts';
import type { Workspace } from '../workspace.ts';
import { glyphOf, transformsText } from './compareMaps.ts';

/**
 * Two maps as texts whose lines differ where the maps do: laid out filters, field mappings in the order of their
 * names, one a line. Filters that keep the same rows are written alike.
 */
export function normalForms(
  first: MapDocument,
  second: MapDocument,
  workspace: Workspace,
): readonly [string, string] {
  const earlier = new Map<string, string>();
  for (const { side, text, leg } of first.sites) {
    if (leg !== undefined) earlier.set(keyOf(side, leg), text.value);
  }
  const asEarlier = (side: Side, leg: Leg, text: string): string => {
    const before = earlier.get(keyOf(side, leg));
    if (before === undefined || before === text) return text;
    const [one, other] = [before, text].map((each) => filterInLeg(side, each, leg, workspace));
    const isEqual =
      one !== undefined && other !== undefined && compareFilters(one, other).kind === 'equal';
    return isEqual ? before : text;
  };
  return [normalForm(first, (_side, _leg, text) => text), normalForm(second, asEarlier)];
}

const keyOf = (side: Side, { sourceSchema, destinationSchema }: Leg): string =>
  JSON.stringify([side, sourceSchema.toLowerCase(), destinationSchema.toLowerCase()]);

type Written = (side: Side, leg: Leg, text: string) => string;

function normalForm(document: MapDocument, written: Written): string {
  const maps = document.maps.map((map) => mapLines(map, document, written).join('\n'));
  return `${maps.join('\n\n')}\n`;
}

const mapLines = (
  { name, version, legs }: TableMap,
  document: MapDocument,
  written: Written,
): readonly string[] => [
  [name, version].filter((part) => part !== undefined && part !== '').join(' '),
  ...legs.flatMap((leg) => legLines(leg, document, written)),
];

function legLines(leg: Leg, { sites }: MapDocument, written: Written): readonly string[] {
  const filters = (['fo', 'dataverse'] as const).map((side) => {
    const site = sites.find((candidate) => candidate.leg === leg && candidate.side === side);
    const name = side === 'fo' ? 'sourceFilter' : 'reversedSourceFilter';
    return `  ${name}: ${laidOut(side, written(side, leg, site?.text.value ?? ''))}`.trimEnd();
  });
  const mappings = leg.fieldMappings.toSorted(byDestination).map((mapping) => {
    const transforms = transformsText(sorted(mapping));
    const parts = [
      mapping.sourceField || '–',
      glyphOf(mapping),
      mapping.destinationField || '–',
      ...(mapping.relatedEntity === '' ? [] : [`(${mapping.relatedEntity})`]),
      ...(transforms === '' ? [] : [`{ ${transforms} }`]),
    ];
    return `    ${parts.join(' ')}`;
  });
  return [
    '',
    `${leg.sourceSchema} → ${leg.destinationSchema}`,
    ...filters,
    '  fieldMappings:',
    ...mappings,
  ];
}

/** So that one that comes from another field now stays in its line. */
const byDestination = (a: FieldMapping, b: FieldMapping): number =>
  keyOfMapping(a) < keyOfMapping(b) ? -1 : 1;

const keyOfMapping = ({ destinationField, sourceField }: FieldMapping): string =>
  JSON.stringify([destinationField.toLowerCase(), sourceField.toLowerCase()]);

const sorted = (mapping: FieldMapping): FieldMapping => ({
  ...mapping,
  transforms: mapping.transforms.map((transform) =>
    transform.kind === 'valueMap'
      ? { ...transform, pairs: transform.pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)) }
      : transform,
  ),
});

const laidOut = (side: Side, text: string): string =>
  applyEdits(text, side === 'fo' ? formatXpp(text) : formatOData(text));
