import type { Node } from 'jsonc-parser';
import type { Problem } from '../problem/problem.ts';
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
  found.maps.push({ ...about, legs: read });
}

function readLeg(json: JsonText, node: Node): Leg {
  const text = (name: string): string => stringOf(propertyOf(node, name)) ?? '';
  const schema = propertyOf(node, 'sourceSchema');
  return {
    id: text('id'),
    sourceSchema: text('sourceSchema'),
    sourceEntityNames: [text('sourceSchemaDistinctName'), text('sourceEntitySchema')].filter(
      (name) => name !== '',
    ),
    destinationSchema: text('destinationSchema'),
    sourceSchemaSpan: schema === undefined ? undefined : nodeSpan(json, schema),
    fieldMappings: itemsOf(propertyOf(node, 'fieldMappings')).map((mapping) =>
      readFieldMapping(json, mapping),
    ),
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
  return {
    direction: directionOf(propertyOf(node, 'syncDirection')),
    sourceField: text('sourceField'),
    destinationField: text('destinationField'),
    transforms: itemsOf(propertyOf(node, 'valueTransforms')).flatMap(readTransform),
    span: nodeSpan(json, node),
  };
}

/** A string in some maps and a number in others (`dualwrite.md` 1.3). */
function directionOf(node: Node | undefined): SyncDirection {
  const direction = Number(node?.value);
  return direction === 1 || direction === 2 ? direction : 3;
}

function readTransform(node: Node): readonly ValueTransform[] {
  const pairs = propertyOf(node, 'valueMap');
  if (pairs?.type === 'object') {
    return [
      {
        kind: 'valueMap',
        pairs: (pairs.children ?? []).flatMap(({ children: [key, value] = [] }) =>
          key === undefined ? [] : [[String(key.value), String(value?.value ?? '')] as const],
        ),
      },
    ];
  }
  const fixed = propertyOf(node, 'defaultValue');
  return fixed === undefined ? [] : [{ kind: 'default', value: String(fixed.value) }];
}
