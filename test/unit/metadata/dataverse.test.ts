import { deepEqual, equal } from 'node:assert/strict';
import type { DataverseTable } from '../../../src/metadata/dataverse/model.ts';
import { metadataIn, type MetadataTexts } from '../../kit/metadata.ts';
import { entityXml, ENTITY_URI, virtualField } from '../../kit/metadata.ts';
import { CSDL_URI, csdlText, SOLUTION_URI, solutionXml } from '../../kit/dataverse.ts';
import { typeIn } from '../../kit/types.ts';

const PROJECT_URI = 'file:///m/project.json';

const field = (name: string, type: string, more: object = {}): object => ({
  name,
  isRequired: true,
  typeDetails: { type, length: 40, ...more },
});

const project = JSON.stringify({
  name: 'p',
  environments: [
    {
      schemas: [
        { name: 'accounts', fields: [field('name', 'String'), field('parentid', 'Lookup')] },
      ],
    },
    {
      schemas: [
        {
          name: 'Customers V3',
          fields: [
            field('F', 'Int64'),
            field('ON', 'DateTime', { isDateOnly: true }),
            field('X', 'Enum'),
            field('Y', 'Whatever'),
          ],
        },
      ],
    },
  ],
});

const tableIn = (texts: MetadataTexts, name: string): DataverseTable | undefined =>
  metadataIn(texts).dataverse.tableNamed(name);

const columnsOf = (table: DataverseTable | undefined): readonly string[] | undefined =>
  table?.columns.map(
    ({ name, type, nullable, size, options }) =>
      `${name} ${type}${nullable ? '?' : ''}${size === undefined ? '' : ` ${size}`}${options === undefined ? '' : ` ${options.map(({ value, labels }) => `${value}=${labels.join('/')}`).join(' ')}`}`,
  );

describe('tables of Dataverse', () => {
  it('are read from $metadata, with the columns of their bases', () => {
    const table = tableIn({ [CSDL_URI]: csdlText }, 'ACCOUNTS');
    deepEqual(columnsOf(table), [
      'accountid guid',
      'name text? 160',
      'customertypecode number?',
      'donotphone boolean?',
      '_primarycontactid_value lookup?',
      'openedon date?',
      'versionnumber number?',
    ]);
    deepEqual([...(table?.navigation ?? [])], ['primarycontactid']);
    equal(table?.isWhole, true);
    equal(tableIn({ [CSDL_URI]: csdlText }, 'account')?.entitySet, 'accounts');
    equal(tableIn({ [CSDL_URI]: csdlText }, 'orphans')?.isWhole, false);
    equal(tableIn({ [CSDL_URI]: csdlText }, 'nope'), undefined);
  });

  it('that extend each other end', () => {
    equal(tableIn({ [CSDL_URI]: csdlText }, 'circle')?.columns.length, 1);
  });

  it('are read from a solution, with the values of option sets', () => {
    const table = tableIn({ [SOLUTION_URI]: solutionXml }, 'accounts');
    deepEqual(columnsOf(table), [
      'name text? 160',
      '_primarycontactid_value lookup?',
      'statecode option 0=Active/Actif 1=Inactive',
      'new_kind option? 100=One',
      'new_shared option? 7=Seven',
    ]);
    equal(table?.isWhole, false);
  });

  it('are read from a project of the gateway', () => {
    deepEqual(columnsOf(tableIn({ [PROJECT_URI]: project }, 'accounts')), [
      'name text 40',
      '_parentid_value lookup 40',
    ]);
  });

  it('know what all files say together, in whatever order', () => {
    for (const texts of [
      { [CSDL_URI]: csdlText, [SOLUTION_URI]: solutionXml, [PROJECT_URI]: project },
      { [PROJECT_URI]: project, [SOLUTION_URI]: solutionXml, [CSDL_URI]: csdlText },
    ]) {
      const table = tableIn(texts, 'accounts');
      deepEqual([table?.logicalName, table?.isWhole], ['account', true]);
      deepEqual(
        columnsOf(table)?.filter((column) => /^(?:name|statecode|donotphone)/u.test(column)),
        ['name text 160', 'donotphone boolean?', 'statecode option 0=Active/Actif 1=Inactive'],
      );
    }
  });

  const broken = [
    { id: 'cut off', texts: { [CSDL_URI]: csdlText.slice(0, csdlText.indexOf('openedon')) } },
    { id: 'an empty project', texts: { [PROJECT_URI]: '{"environments":1,"schemas":2}' } },
    { id: 'a project that is no JSON', texts: { [PROJECT_URI]: '{"environments" "schemas"' } },
    {
      id: 'a solution without entities',
      texts: {
        [SOLUTION_URI]: '<ImportExportXml><Entities><Entity/></Entities></ImportExportXml>',
      },
    },
  ];
  for (const { id, texts } of broken) {
    it(`are not whole where the file is not: ${id}`, () => {
      equal(tableIn(texts, 'account')?.isWhole ?? false, false);
    });
  }
});

describe('types of Finance and Operations in public schemas', () => {
  it('are used where the AOT tells none', () => {
    const publicName = '<PublicEntityName>CustomerV3</PublicEntityName>';
    const entity = entityXml({ fields: [virtualField('F')], root: { name: 'T' } })
      .replace('UnmappedFieldString', 'UnmappedField')
      .replace('<Label>', `${publicName}<Label>`);
    const csdl = `<edmx:Edmx><edmx:DataServices><Schema Namespace="Microsoft.Dynamics.DataEntities"><EntityType Name="CustomerV3"><Property Name="F" Type="Microsoft.Dynamics.DataEntities.NoYes"/></EntityType></Schema></edmx:DataServices></edmx:Edmx>`;
    equal(
      typeIn(metadataIn({ [ENTITY_URI]: entity, [CSDL_URI]: csdl }), 'F'),
      'enum NoYes [No=0 Yes=1]',
    );
    equal(typeIn(metadataIn({ [ENTITY_URI]: entity }), 'F'), 'unknown');
  });

  it('are read from a project', () => {
    const entity = metadataIn({ [PROJECT_URI]: project }).publicEntityNamed('customers v3');
    deepEqual(
      entity?.fields.map(({ name, type }) => `${name} ${type.kind}`),
      ['F number', 'ON date', 'X enum', 'Y unknown'],
    );
  });
});
