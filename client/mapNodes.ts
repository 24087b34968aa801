import type {
  DocumentMaps,
  FieldItem,
  FilterItem,
  LegItem,
  LegReference,
  MapItem,
} from '../src/service/features/mapTree.ts';

/** What the tree of maps shows. A node is known again by its id, whatever changed around it. */
export type MapNode =
  | { readonly kind: 'map'; readonly id: string; readonly uri: string; readonly item: MapItem }
  | LegNode
  | {
      readonly kind: 'filter';
      readonly id: string;
      readonly leg: LegNode;
      readonly item: FilterItem;
    }
  | PageNode
  | {
      readonly kind: 'field';
      readonly id: string;
      readonly leg: LegNode;
      readonly page: PageNode | undefined;
      readonly item: FieldItem;
    };

export interface LegNode {
  readonly kind: 'leg';
  readonly id: string;
  readonly map: MapNode & { readonly kind: 'map' };
  readonly reference: LegReference;
  readonly item: LegItem;
}

/** Some mappings of a leg that has very many. */
export interface PageNode {
  readonly kind: 'page';
  readonly id: string;
  readonly leg: LegNode;
  readonly start: number;
  readonly count: number;
}

/** A tree answers with so many children at once without a delay that is felt. */
export const PAGE = 500;

export const mapNodes = ({ uri, maps }: DocumentMaps): readonly (MapNode & { kind: 'map' })[] =>
  maps.map((item, index) => ({ kind: 'map', id: `${uri}#${index}`, uri, item }));

export const legNodes = (map: MapNode & { readonly kind: 'map' }): readonly LegNode[] => {
  const mapIndex = Number(map.id.slice(map.id.lastIndexOf('#') + 1));
  return map.item.legs.map((item, leg) => ({
    kind: 'leg',
    id: `${map.id}/${leg}`,
    map,
    reference: { uri: map.uri, map: mapIndex, leg },
    item,
  }));
};

export const filterNodes = (leg: LegNode): readonly MapNode[] =>
  leg.item.filters.map((item) => ({ kind: 'filter', id: `${leg.id}/${item.side}`, leg, item }));

export const pageNodes = (leg: LegNode): readonly PageNode[] =>
  Array.from({ length: Math.ceil(leg.item.mappings / PAGE) }, (_, page) => ({
    kind: 'page',
    id: `${leg.id}/page ${page}`,
    leg,
    start: page * PAGE,
    count: Math.min(PAGE, leg.item.mappings - page * PAGE),
  }));

/** By its fields: a mapping that moved is the same. Those of the same fields are numbered. */
export function fieldNodes(
  leg: LegNode,
  page: PageNode | undefined,
  items: readonly FieldItem[],
): readonly MapNode[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const name = JSON.stringify([item.source, item.destination]);
    const number = seen.get(name) ?? 0;
    seen.set(name, number + 1);
    const id = `${page?.id ?? leg.id}/${name}${number === 0 ? '' : ` ${number}`}`;
    return { kind: 'field', id, leg, page, item };
  });
}

/** What holds a node in the tree. */
export function parentOf(node: MapNode): MapNode | undefined {
  switch (node.kind) {
    case 'map':
      return undefined;
    case 'leg':
      return node.map;
    case 'filter':
    case 'page':
      return node.leg;
    case 'field':
      return node.page ?? node.leg;
  }
}

export const uriOf = (node: MapNode): string =>
  node.kind === 'map' ? node.uri : node.kind === 'leg' ? node.map.uri : node.leg.map.uri;
