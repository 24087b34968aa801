import { baseProject } from './base.ts';

export interface Fixture {
  readonly id: string;
  /** Where the base project is changed, keys joined by dots. */
  readonly at: string;
  readonly value: unknown;
  /** `code.variant`, and what is marked. */
  readonly tells: readonly (readonly [string, string])[];
}

const field = { field: 'Name', integrationField: 'name', direction: 'Bidirectional' };

export const speaks: readonly Fixture[] = [
  {
    id: 'a part is missing',
    at: 'dataverse',
    value: undefined,
    tells: [['project-shape.missing', '{']],
  },
  {
    id: 'a wrong word',
    at: 'settings.mode',
    value: 'better',
    tells: [['project-shape.choice', '"better"']],
  },
  {
    id: 'a number for a name',
    at: 'mappings.0.name',
    value: 5,
    tells: [['project-shape.name', '5']],
  },
  { id: 'a blank name', at: 'mappings.0.name', value: ' ', tells: [['project-shape.name', '" "']] },
  {
    id: 'a text for a flag',
    at: 'mappings.0.synchOnlyCoupledRecords',
    value: 'yes',
    tells: [['project-shape.flag', '"yes"']],
  },
  {
    id: 'a text for a number',
    at: 'businessCentral.tables.0.number',
    value: '18',
    tells: [['project-shape.number', '"18"']],
  },
  { id: 'no list', at: 'mappings', value: {}, tells: [['project-shape.list', '{}']] },
  { id: 'no object', at: 'settings', value: [], tells: [['project-shape.object', '[]']] },
  {
    id: 'an object as a value',
    at: 'templates.0.values.Name',
    value: { a: 1 },
    tells: [['project-shape.value', '{\n          "a": 1\n        }']],
  },
  {
    id: 'a misspelt key',
    at: 'setings',
    value: {},
    tells: [['project-unknown-key.near', '"setings"']],
  },
  {
    id: 'an unknown key',
    at: 'mappings.0.zzzzzzzzz',
    value: 1,
    tells: [['project-unknown-key.plain', '"zzzzzzzzz"']],
  },
  {
    id: 'an unknown table',
    at: 'mappings.0.table',
    value: 'Custommer',
    tells: [['project-name.tableNear', '"Custommer"']],
  },
  {
    id: 'a table of the other side',
    at: 'mappings.0.integrationTable',
    value: 'zz',
    tells: [['project-name.table', '"zz"']],
  },
  {
    id: 'an unknown field',
    at: 'mappings.0.fields.0.field',
    value: 'Nam',
    tells: [['project-name.fieldNear', '"Nam"']],
  },
  {
    id: 'an unknown column',
    at: 'mappings.0.fields.0.integrationField',
    value: 'qqqqq',
    tells: [['project-name.field', '"qqqqq"']],
  },
  {
    id: 'a mapping twice',
    at: 'mappings.1.name',
    value: 'Customer',
    tells: [
      ['project-name.mapping', '"PERSON"'],
      ['project-name.twice', '"Customer"'],
    ],
  },
  {
    id: 'an unknown dependency',
    at: 'mappings.0.dependencyFilter',
    value: 'PERSOM',
    tells: [['project-name.mappingNear', '"PERSOM"']],
  },
  {
    id: 'an unknown template',
    at: 'mappings.0.templates',
    value: [{ code: 'U' }],
    tells: [['project-name.templateNear', '"U"']],
  },
  {
    id: 'a template of an unknown field',
    at: 'templates.0.values',
    value: { Nam: 1 },
    tells: [['project-name.fieldNear', '1']],
  },
  {
    id: 'an unknown relation',
    at: 'businessCentral.tables.0.fields.3.relation.table',
    value: 'Contract',
    tells: [['project-name.tableNear', '"Contract"']],
  },
  {
    id: 'a key of an unknown field',
    at: 'businessCentral.tables.0.primaryKey',
    value: ['Number'],
    tells: [['project-name.field', '"Number"']],
  },
  {
    id: 'no such standard mapping',
    at: 'useDefaults',
    value: ['CUSTMER'],
    tells: [['project-name.standardNear', '"CUSTMER"']],
  },
  {
    id: 'a coupling of no mapping',
    at: 'couplings',
    value: [{ mapping: 'X', record: '1', integrationRecord: '2' }],
    tells: [['project-name.mapping', '"X"']],
  },
  {
    id: 'a queue entry of no mapping',
    at: 'jobQueue',
    value: [{ mapping: 'PERSONS' }],
    tells: [['project-name.mappingNear', '"PERSONS"']],
  },
  {
    id: 'a filter that can not be read',
    at: 'mappings.0.tableFilter',
    value: 'WHERE(Name=',
    tells: [['project-rule.view', '"WHERE(Name="']],
  },
  {
    id: 'a filter of an unknown field',
    at: 'mappings.0.tableFilter',
    value: 'WHERE(Nane=CONST(x))',
    tells: [['project-name.fieldNear', '"WHERE(Nane=CONST(x))"']],
  },
  {
    id: 'an option both ways',
    at: 'mappings.0.uidType',
    value: 'Option',
    tells: [['project-rule.optionDirection', '"Bidirectional"']],
  },
  { id: 'no fields', at: 'mappings.0.fields', value: [], tells: [['project-rule.noFields', '[']] },
  {
    id: 'a direction without fields',
    at: 'mappings.0.fields.0.direction',
    value: 'ToIntegrationTable',
    tells: [['project-rule.noFields', '[']],
  },
  {
    id: 'all fields disabled',
    at: 'mappings.0.fields.0.status',
    value: 'Disabled',
    tells: [['project-rule.noFields', '[']],
  },
  {
    id: 'a field mapping of nothing',
    at: 'mappings.0.fields',
    value: [field, { direction: 'Bidirectional' }],
    tells: [['project-rule.noField', '{']],
  },
  {
    id: 'half a field mapping',
    at: 'mappings.0.fields',
    value: [field, { field: 'Name', direction: 'Bidirectional' }],
    tells: [['project-rule.halfField', '{']],
  },
  {
    id: 'Not Null and Clear',
    at: 'mappings.0.fields.0',
    value: { ...field, notNull: true, clearValueOnFailedSync: true },
    tells: [['project-rule.notNullOrClear', 'true']],
  },
  {
    id: 'Not Null for a text',
    at: 'mappings.0.fields.0',
    value: { ...field, notNull: true },
    tells: [['project-rule.notNullForGuids', 'true']],
  },
  {
    id: 'a circle',
    at: 'mappings.1.dependencyFilter',
    value: 'CUSTOMER',
    tells: [['project-rule.cycle', '"PERSON"']],
  },
  {
    id: 'a series without a key',
    at: 'businessCentral.tables.1.numberSeries',
    value: 'CT',
    tells: [['project-rule.series', '"CT"']],
  },
  {
    id: 'a lookup that is not mapped',
    at: 'mappings',
    value: [
      {
        ...baseProject.mappings[0],
        dependencyFilter: '',
        fields: [
          field,
          { field: 'Contact', integrationField: 'primarycontactid', direction: 'Bidirectional' },
        ],
      },
    ],
    tells: [['project-connection.notMapped', '{']],
  },
];

export const silent: readonly Omit<Fixture, 'tells'>[] = [
  { id: 'nothing changed', at: 'settings.mode', value: 'faithful' },
  { id: 'a schema', at: '$schema', value: 'x.json' },
  { id: 'no mappings at all', at: 'mappings', value: undefined },
  { id: 'names in another case', at: 'mappings.0.table', value: 'customer' },
  {
    id: 'a constant',
    at: 'mappings.0.fields',
    value: [field, { field: 'Blocked', constantValue: 'All', direction: 'FromIntegrationTable' }],
  },
  {
    id: 'Not Null for an id',
    at: 'mappings.0.fields',
    value: [
      field,
      {
        field: 'Contact',
        integrationField: 'primarycontactid',
        direction: 'Bidirectional',
        notNull: true,
      },
    ],
  },
  { id: 'a filter by number', at: 'mappings.0.tableFilter', value: 'WHERE(Field2=FILTER(A*))' },
  { id: 'a blank filter', at: 'mappings.0.tableFilter', value: ' ' },
  { id: 'a standard mapping without its tables', at: 'useDefaults', value: ['VENDOR'] },
  {
    id: 'rows in a file',
    at: 'businessCentral.tables.0.rows',
    value: { file: 'a.csv', idColumn: 'x' },
  },
  {
    id: 'rows in the project',
    at: 'businessCentral.tables.0.rows',
    value: [{ 'No.': '1', id: 'x', modifiedAt: '2026-01-01' }],
  },
  { id: 'couplings in a file', at: 'couplings', value: { file: 'c.csv' } },
  {
    id: 'a replacement',
    at: 'mappings.0.fields.0.transformationRule',
    value: { kind: 'replace', find: 'a', with: 'b' },
  },
  {
    id: 'a substring',
    at: 'mappings.0.fields.0.transformationRule',
    value: { kind: 'substring', start: 1 },
  },
  { id: 'a change of case', at: 'mappings.0.fields.0.transformationRule', value: { kind: 'trim' } },
];
