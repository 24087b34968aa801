import type { Node } from 'jsonc-parser';
import type { Problem } from '../problem/problem.ts';
import type { EmbeddedText } from '../text/embedded.ts';
import {
  itemsOf,
  type JsonText,
  nodeSpan,
  propertyOf,
  stringOf,
  textOfString,
} from '../text/json.ts';
import type {
  FieldMapping,
  FilterSite,
  Leg,
  Side,
  SyncDirection,
  TableMap,
  ValueTransform,
} from './model.ts';

/** What the readers of the several forms of a map add up. */
export interface Found {
  readonly maps: TableMap[];
  readonly sites: FilterSite[];
  readonly problems: Problem[];
}

/** Adds problems one by one: spread into `push`, a hundred thousand of them would overflow the stack. */
export function note({ problems }: Found, more: readonly Problem[]): void {
  for (const problem of more) problems.push(problem);
}

/** Reads the mapping whose legs are `legs` (`dualwrite.md` 1.3). */
export function readMapping(
  json: JsonText,
  legs: Node,
  about: { readonly name: string; readonly version: string | undefined },
  found: Found,
): void {
  const read = itemsOf(legs)
    .filter((node) => node.type === 'object')
    .map((node) => {
      const leg = readLeg(json, node);
      readFilter(json, propertyOf(node, 'sourceFilter'), 'fo', leg, found);
      readFilter(json, propertyOf(node, 'reversedSourceFilter'), 'dataverse', leg, found);
      return leg;
    });
  // The legs are the value of a property of the map.
  const map = legs.parent?.parent ?? legs;
  const name = propertyOf(map, 'name');
  found.maps.push({
    ...about,
    legs: read,
    span: nodeSpan(json, map),
    nameSpan: name === undefined ? undefined : nodeSpan(json, name),
  });
}

/** The text of a string; its escapes are none of a filter, so nothing is told about them. */
function embeddedText(json: JsonText, node: Node | undefined): EmbeddedText | undefined {
  return node?.type === 'string' ? textOfString(json, node).value : undefined;
}

function readLeg(json: JsonText, node: Node): Leg {
  const text = (name: string): string => stringOf(propertyOf(node, name)) ?? '';
  const schema = propertyOf(node, 'sourceSchema');
  const fieldMappings = propertyOf(node, 'fieldMappings');
  const sourceSchemaText = embeddedText(json, schema);
  const destinationSchemaText = embeddedText(json, propertyOf(node, 'destinationSchema'));
  return {
    id: text('id'),
    // The string of the text that is kept anyway: a large map has a hundred thousand names.
    sourceSchema: sourceSchemaText?.value ?? '',
    sourceEntityNames: [text('sourceSchemaDistinctName'), text('sourceEntitySchema')].filter(
      (name) => name !== '',
    ),
    destinationSchema: destinationSchemaText?.value ?? '',
    sourceSchemaSpan: schema === undefined ? undefined : nodeSpan(json, schema),
    fieldMappings: itemsOf(fieldMappings).map((mapping) => readFieldMapping(json, mapping)),
    span: nodeSpan(json, node),
    sourceSchemaText,
    destinationSchemaText,
    fieldMappingsSpan: fieldMappings === undefined ? undefined : nodeSpan(json, fieldMappings),
    encode: json.source.encode,
  };
}

function readFilter(
  json: JsonText,
  node: Node | undefined,
  side: Side,
  leg: Leg,
  found: Found,
): void {
  // null stands for "no filter" in maps that other tools wrote.
  if (node === undefined || node.type === 'null') return;
  if (node.type !== 'string') {
    found.problems.push({
      code: 'filter-not-text',
      span: nodeSpan(json, node),
      args: { type: node.type },
    });
    return;
  }
  const { value, problems } = textOfString(json, node);
  note(found, problems);
  found.sites.push({ side, text: value, leg });
}

function readFieldMapping(json: JsonText, node: Node): FieldMapping {
  const text = (name: string): string => stringOf(propertyOf(node, name)) ?? '';
  const transforms = propertyOf(node, 'valueTransforms');
  const sourceFieldText = embeddedText(json, propertyOf(node, 'sourceField'));
  const destinationFieldText = embeddedText(json, propertyOf(node, 'destinationField'));
  return {
    direction: directionOf(propertyOf(node, 'syncDirection')),
    sourceField: sourceFieldText?.value ?? '',
    destinationField: destinationFieldText?.value ?? '',
    transforms: itemsOf(transforms).flatMap((transform) => readTransform(json, transform)),
    transformsSpan: transforms === undefined ? undefined : nodeSpan(json, transforms),
    span: nodeSpan(json, node),
    sourceFieldText,
    destinationFieldText,
    relatedEntity: text('destinationLookupFieldRelatedEntity'),
  };
}

/** A string in some maps and a number in others (`dualwrite.md` 1.3). */
function directionOf(node: Node | undefined): SyncDirection {
  const direction = Number(node?.value);
  return direction === 1 || direction === 2 ? direction : 3;
}

function readTransform(json: JsonText, node: Node): readonly ValueTransform[] {
  const pairs = propertyOf(node, 'valueMap');
  if (pairs?.type === 'object') {
    const read = (pairs.children ?? []).flatMap((pair) => {
      const [key, value] = pair.children ?? [];
      return key === undefined
        ? []
        : [
            {
              pair: [String(key.value), String(value?.value ?? '')] as const,
              span: nodeSpan(json, pair),
            },
          ];
    });
    return [
      {
        kind: 'valueMap',
        pairs: read.map(({ pair }) => pair),
        spans: read.map(({ span }) => span),
        span: nodeSpan(json, pairs),
      },
    ];
  }
  const fixed = propertyOf(node, 'defaultValue');
  return fixed === undefined ? [] : [{ kind: 'default', value: String(fixed.value) }];
}
