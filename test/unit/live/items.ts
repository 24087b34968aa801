import { entityXml, mappedField, tableXml } from '../../kit/metadata.ts';

const uri = (kind: string, name: string): string => `file:///m/Model/${kind}/${name}.xml`;

/** The file of the entity. */
export const ENTITY = uri('AxDataEntityView', 'ItemEntity');

export const metadata = {
  [ENTITY]: entityXml({
    name: 'ItemEntity',
    label: 'Items',
    fields: [
      mappedField('ItemId', 'Item'),
      mappedField('Name', 'Item'),
      mappedField('Unit', 'Item'),
      mappedField('Kind', 'Item'),
      mappedField('City', 'Address'),
    ],
    root: {
      name: 'Item',
      below: [{ name: 'Address', join: 'OuterJoin' }],
    },
    keys: [['K', ['ItemId']]],
    primaryKey: 'K',
  }),
  [uri('AxTable', 'Item')]: tableXml('Item', true, [
    ['ItemId', 'String'],
    ['Name', 'String'],
  ]),
  [uri('AxTable', 'Address')]: tableXml('Address', false, [['City', 'String']]),
};

export interface MapParts {
  readonly filter?: string;
  readonly back?: string;
  readonly more?: readonly object[];
}

export const NAME = '[Items] - [ours_items]';
export const mapOf = ({ filter = '', back = '', more = [] }: MapParts = {}): object => ({
  name: NAME,
  legs: [
    {
      sourceSchema: 'Items',
      sourceFilter: filter,
      destinationSchema: 'ours_items',
      reversedSourceFilter: back,
      fieldMappings: [
        { syncDirection: 3, sourceField: 'ITEMID', destinationField: 'ours_itemid' },
        { syncDirection: 3, sourceField: 'NAME', destinationField: 'ours_name' },
        ...more,
      ],
    },
  ],
});

export const rename = { update: 'Item', where: { ItemId: 'A' }, values: { Name: 'New' } };
export const rows = {
  fo: { Item: [{ ItemId: 'A', Name: 'Old', Kind: 'x' }] },
  dataverse: { ours_items: [{ ours_itemid: 'A', ours_name: 'Old' }] },
};
export const one = (change: object, more: object = {}): object => ({
  rows,
  steps: [{ transaction: 't', changes: [change] }],
  ...more,
});
