import { deepEqual } from 'node:assert/strict';
import {
  computedField,
  type DataSourceParts,
  entityXml,
  mappedField,
  type MetadataTexts,
  tableXml,
  virtualField,
} from '../../kit/metadata.ts';
import { type Mapping, tracked, verdictsOf, words } from './kit.ts';

const uriOf = (kind: string, name: string): string => `file:///m/Model/${kind}/${name}.xml`;

interface EntityParts {
  readonly name: string;
  readonly root: DataSourceParts;
  /** Name, data source and field of it. */
  readonly fields: readonly (readonly [string, string, string?])[];
  readonly more?: readonly string[];
  readonly methods?: readonly (readonly [string, string])[];
}

/** Metadata of some entities, and of tables with no fields. */
function metadataOf(entities: readonly EntityParts[], tables: readonly string[]): MetadataTexts {
  return Object.fromEntries([
    ...entities.map(({ name, root, fields, more = [], methods = [] }) => [
      uriOf('AxDataEntityView', name),
      entityXml({
        name,
        root,
        fields: [...fields.map(([field, source, of]) => mappedField(field, source, of)), ...more],
        methods,
      }),
    ]),
    ...tables.map((name) => [uriOf('AxTable', name), tableXml(name, true)]),
  ]) as MetadataTexts;
}

const method = (entries: string): readonly [string, string] => [
  'getEntityDataSourceToFieldMapping',
  `public static container getEntityDataSourceToFieldMapping(container mapping)
   {
       mapping += [${entries}];
       return mapping;
   }`,
];

const returnField = (source: string, table: string, field: string): string =>
  `SysComputedColumn::returnField(tableStr(E), dataEntityDataSourceStr(E, ${source}), fieldStr(${table}, ${field}))`;

/** The scenario of SEED: the address of a contact, two entities away. */
const CONTACT = 'smmContactPersonCDSV2Entity';
const contacts = (methods: readonly (readonly [string, string])[] = []): MetadataTexts =>
  metadataOf(
    [
      {
        name: 'LogisticsPostalAddressBaseEntity',
        root: { name: 'LogisticsPostalAddress' },
        fields: [['City', 'LogisticsPostalAddress']],
      },
      {
        name: 'smmContactPersonV2Entity',
        root: {
          name: 'ContactPerson',
          below: [
            { name: 'Address', table: 'LogisticsPostalAddressBaseEntity', join: 'OuterJoin' },
          ],
        },
        fields: [
          ['ContactPersonId', 'ContactPerson'],
          ['PrimaryCity', 'Address', 'City'],
        ],
      },
      {
        name: CONTACT,
        root: { name: 'smmContactPersonV2Entity' },
        fields: [
          ['ContactPersonId', 'smmContactPersonV2Entity'],
          ['PrimaryCity', 'smmContactPersonV2Entity'],
        ],
        methods,
      },
    ],
    ['ContactPerson', 'LogisticsPostalAddress'],
  );

const CONTACT_FIELDS: readonly Mapping[] = [
  [3, 'CONTACTPERSONID', 'msdyn_contactpersonid'],
  [1, 'PRIMARYCITY', 'address1_city'],
];

describe('what live synchronization notices', () => {
  const simple = metadataOf(
    [
      {
        name: 'E',
        root: {
          name: 'Root',
          below: [
            { name: 'Inner' },
            { name: 'Outer', join: 'OuterJoin' },
            { name: 'Silent', join: 'OuterJoin', readOnly: true, below: [{ name: 'Below' }] },
            { name: 'InnerReadOnly', readOnly: true },
            { name: 'Unknown' },
          ],
        },
        fields: [
          ['Id', 'Root', 'RootId'],
          ['Name', 'Root'],
          ['Left', 'Root'],
          ['Back', 'Root'],
          ['InnerId', 'Inner'],
          ['OuterId', 'Outer'],
          ['SilentId', 'Silent'],
          ['BelowId', 'Below'],
          ['ReadOnlyId', 'InnerReadOnly'],
          ['Far', 'Unknown'],
          ['Lost', 'Nowhere'],
        ],
        more: [virtualField('Virtual'), computedField('Computed', 'computed')],
      },
    ],
    ['Root', 'Inner', 'Outer', 'Silent', 'Below', 'InnerReadOnly'],
  );
  const all: readonly Mapping[] = [
    [3, 'ID', 'id'],
    [1, 'NAME', 'name'],
    [2, 'BACK', 'back'],
    [3, 'INNERID', 'inner.id'],
    [1, 'OUTERID', 'outer'],
    [1, 'SILENTID', 'silent'],
    [1, 'BELOWID', 'below'],
    [1, 'READONLYID', 'readonly'],
    [1, 'FAR', 'far'],
    [1, 'LOST', 'lost'],
    [1, 'VIRTUAL', 'virtual'],
    [1, 'COMPUTED', 'computed'],
    [1, 'ELSEWHERE', 'elsewhere'],
  ];

  it('is told of each field, with the reason where it is not', () => {
    deepEqual(verdictsOf(tracked(simple, all)), {
      Id: 'tracked dataSource Root.RootId',
      Name: 'tracked dataSource Root.Name',
      Left: 'untracked unmapped',
      Back: 'untracked otherWay',
      // Health check 1500: a data source needs a field that leads to no lookup.
      InnerId: 'untracked onlyLookups Inner',
      OuterId: 'tracked dataSource Outer.OuterId',
      SilentId: 'untracked outerReadOnly Silent',
      BelowId: 'untracked outerReadOnly Silent',
      ReadOnlyId: 'tracked dataSource InnerReadOnly.ReadOnlyId',
      Far: 'unknown noTable Unknown',
      Lost: 'unknown noDataSource Nowhere',
      Virtual: 'untracked virtual',
      Computed: 'untracked computed computed',
      ELSEWHERE: 'unknown noField',
    });
  });

  it('is told of each data source', () => {
    const { dataSources } = tracked(simple, all);
    deepEqual(
      dataSources.map(({ dataSource, verdict }) => `${dataSource.name}: ${words(verdict)}`),
      [
        'Root: tracked dataSource Root.',
        'Inner: untracked onlyLookups Inner',
        'Outer: tracked dataSource Outer.',
        'Silent: untracked outerReadOnly Silent',
        'Below: untracked outerReadOnly Silent',
        'InnerReadOnly: tracked dataSource InnerReadOnly.',
        'Unknown: unknown noTable Unknown',
      ],
    );
  });

  it('makes a row of BusinessEventsDefinition per table and entity', () => {
    deepEqual(tracked(simple, all).rows, [
      { refTableName: 'Root', refEntityName: 'E', fields: ['RootId', 'Name'], causes: ['Root'] },
      { refTableName: 'Outer', refEntityName: 'E', fields: ['OuterId'], causes: ['Outer'] },
      {
        refTableName: 'InnerReadOnly',
        refEntityName: 'E',
        fields: ['ReadOnlyId'],
        causes: ['InnerReadOnly'],
      },
    ]);
  });

  it('has no row where everything is mapped the other way', () => {
    const texts = contacts([
      method(`[tablestr(X), tablenum(ContactPerson), fieldstr(${CONTACT}, ContactPersonId)]`),
    ]);
    deepEqual(tracked(texts, [[2, 'CONTACTPERSONID', 'id']], CONTACT).rows, []);
    deepEqual(tracked(simple, [[2, 'ID', 'id']]).rows, []);
  });

  it('follows the same table twice as one row with two causes', () => {
    const texts = metadataOf(
      [
        {
          name: 'E',
          root: {
            name: 'Project',
            table: 'ProjTable',
            below: [{ name: 'Parent', table: 'ProjTable' }],
          },
          fields: [
            ['Id', 'Project', 'ProjId'],
            ['ParentId', 'Parent', 'ProjId'],
            ['ParentName', 'Parent', 'Name'],
          ],
        },
      ],
      ['ProjTable'],
    );
    const { rows } = tracked(texts, [
      [3, 'ID', 'id'],
      [1, 'PARENTID', 'parent.id'],
      [1, 'PARENTNAME', 'parentname'],
    ]);
    deepEqual(rows, [
      {
        refTableName: 'ProjTable',
        refEntityName: 'E',
        fields: ['ProjId', 'Name'],
        causes: ['Project', 'Parent'],
      },
    ]);
  });

  it('sums up all maps on an entity', () => {
    const { dataSources } = tracked(simple, [
      [2, 'ID', 'id'],
      [1, 'ID', 'number'],
    ]);
    deepEqual(dataSources[0]?.fields.map(({ verdict }) => words(verdict)).slice(0, 1), [
      'tracked dataSource Root.RootId',
    ]);
  });
});

describe('entities over entities', () => {
  it('lose the address of a contact, as in the documented scenario', () => {
    deepEqual(verdictsOf(tracked(contacts(), CONTACT_FIELDS, CONTACT)), {
      // Through one entity dual-write usually finds its way by itself.
      ContactPersonId: 'unknown nested smmContactPersonV2Entity>ContactPerson',
      PrimaryCity:
        'untracked nested smmContactPersonV2Entity>LogisticsPostalAddressBaseEntity>LogisticsPostalAddress',
    });
  });

  it('find it through getEntityDataSourceToFieldMapping', () => {
    const entry = `[tablestr(${CONTACT}), tablenum(LogisticsPostalAddress), fieldstr(${CONTACT}, PrimaryPostalAddressRecId)]`;
    const tracking = tracked(contacts([method(entry)]), CONTACT_FIELDS, CONTACT);
    deepEqual(verdictsOf(tracking)['PrimaryCity'], 'tracked method LogisticsPostalAddress.City');
    deepEqual(tracking.rows, [
      {
        refTableName: 'LogisticsPostalAddress',
        refEntityName: CONTACT,
        fields: undefined,
        causes: ['PrimaryPostalAddressRecId'],
      },
    ]);
  });

  it('are not judged where the method does what nobody can read here', () => {
    const source = method('conPeek(OurMappings::all(), 1)');
    deepEqual(
      verdictsOf(tracked(contacts([source]), CONTACT_FIELDS, CONTACT))['PrimaryCity'],
      'unknown method',
    );
  });

  it('end where one contains itself', () => {
    const texts = metadataOf(
      [
        { name: 'E', root: { name: 'Other' }, fields: [['Id', 'Other']] },
        { name: 'Other', root: { name: 'E' }, fields: [['Id', 'E']] },
      ],
      [],
    );
    deepEqual(verdictsOf(tracked(texts, [[1, 'ID', 'id']])), { Id: 'unknown cycle E' });
  });
});

describe('computed columns', () => {
  const table = 'ProjTable';
  const withColumn = (body: string, ...more: (readonly [string, string])[]): MetadataTexts =>
    metadataOf(
      [
        {
          name: 'E',
          root: { name: table, below: [{ name: 'Parent', table: 'ParentTable' }] },
          fields: [
            ['Id', table, 'ProjId'],
            ['Parent', 'Parent', 'ProjId'],
          ],
          more: [computedField('Column', 'column')],
          methods: [['column', `private static str column() { return ${body}; }`], ...more],
        },
      ],
      [table, 'ParentTable'],
    );
  const columnIs = (texts: MetadataTexts, ...mappings: readonly Mapping[]): string | undefined =>
    verdictsOf(tracked(texts, [[1, 'COLUMN', 'c'], ...mappings]))['Column'];
  const parent = returnField('Parent', 'ParentTable', 'ProjId');

  it('are not tracked themselves', () => {
    deepEqual(columnIs(withColumn(parent)), 'untracked computed column');
    deepEqual(columnIs(withColumn('ourOwn()')), 'untracked computed column');
  });
  it('are noticed where all that they read is tracked', () => {
    deepEqual(
      columnIs(withColumn(parent), [1, 'PARENT', 'p']),
      'tracked computed ParentTable.ProjId',
    );
    const both = `${parent} + ${returnField(table, table, 'ProjId')}`;
    deepEqual(columnIs(withColumn(both), [1, 'PARENT', 'p']), 'untracked computed column');
    deepEqual(
      columnIs(withColumn(both), [1, 'PARENT', 'p'], [3, 'ID', 'i']),
      'tracked computed ParentTable.',
    );
  });
  it('are noticed where the method names the table', () => {
    const named = method('[tablestr(E), tablenum(ParentTable), fieldstr(E, ParentRecId)]');
    deepEqual(columnIs(withColumn(parent, named)), 'tracked computed ParentTable.ProjId');
    // What an expression of another form reads, is not known: the method may name it.
    deepEqual(columnIs(withColumn('ourOwn()', named)), 'unknown method');
  });
});
