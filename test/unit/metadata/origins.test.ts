import { deepEqual } from 'node:assert/strict';
import type { Metadata } from '../../../src/metadata/metadata.ts';
import type { Origin } from '../../../src/metadata/model.ts';
import { publicFieldNamed } from '../../../src/metadata/publicEntity.ts';
import { columnIn } from '../../../src/metadata/dataverse/tables.ts';
import { CSDL_URI, csdlText, SOLUTION_URI, solutionXml } from '../../kit/dataverse.ts';
import { ENTITY_URI, entityXml, mappedField, metadataIn } from '../../kit/metadata.ts';
import { OPERATIONS_URI, operationsCsdl } from '../../kit/operations.ts';
import { edtXml, enumXml, tableFieldXml, tableWith } from '../../kit/types.ts';

const PROJECT_URI = 'file:///m/project.json';

const texts: Readonly<Record<string, string>> = {
  [ENTITY_URI]: entityXml({ fields: [mappedField('Code', 'T')], root: { name: 'T' } }),
  'file:///m/M/AxTable/T.xml': tableWith('T', [tableFieldXml('Code', 'String')]),
  'file:///m/M/AxEnum/Kind.xml': enumXml('Kind', ['None', 'Some']),
  'file:///m/M/AxEdt/CodeType.xml': edtXml('CodeType', 'String'),
  [CSDL_URI]: csdlText,
  [SOLUTION_URI]: solutionXml,
  [OPERATIONS_URI]: operationsCsdl,
  [PROJECT_URI]: JSON.stringify({
    environments: [{ schemas: [{ name: 'Projects', fields: [{ name: 'CODE' }] }] }],
  }),
};

type Find = (metadata: Metadata) => Origin | undefined;

/** What stands at the origin of a fact begins, or is, this. */
const rows: readonly (readonly [string, Find, string, string])[] = [
  ['an entity', (all) => all.entityNamed('E')?.origin, ENTITY_URI, '<Name>E'],
  [
    'a field',
    (all) => all.entityNamed('E')?.fields[0]?.origin,
    ENTITY_URI,
    '<AxDataEntityViewField ',
  ],
  ['a table', (all) => all.tableNamed('T')?.origin, 'file:///m/M/AxTable/T.xml', '<Name>T'],
  [
    'a field of a table',
    (all) => all.tableNamed('T')?.fields[0]?.origin,
    'file:///m/M/AxTable/T.xml',
    '<AxTableField ',
  ],
  ['an enum', (all) => all.enumNamed('Kind')?.origin, 'file:///m/M/AxEnum/Kind.xml', '<Name>Kind'],
  [
    'an element',
    (all) => all.enumNamed('Kind')?.elements[1]?.origin,
    'file:///m/M/AxEnum/Kind.xml',
    '<AxEnumValue><Name>Some',
  ],
  [
    'an extended data type',
    (all) => all.extendedTypeNamed('CodeType')?.origin,
    'file:///m/M/AxEdt/CodeType.xml',
    '<Name>CodeType',
  ],
  [
    'an entity type of Finance and Operations',
    (all) => all.publicEntityNamed('CustomerV3')?.origin,
    OPERATIONS_URI,
    '<EntityType Name="CustomerV3">',
  ],
  [
    'a property of it',
    (all) => {
      const entity = all.publicEntityNamed('CustomerV3');
      return entity === undefined ? undefined : publicFieldNamed(entity, 'PARTYTYPE')?.origin;
    },
    OPERATIONS_URI,
    '<Property Name="PartyType"',
  ],
  [
    'a member of its enum',
    (all) => all.enumNamed('DirPartyType')?.elements[1]?.origin,
    OPERATIONS_URI,
    '<Member Name="Organization"',
  ],
  [
    'a table of Dataverse',
    (all) => all.dataverse.tableNamed('accounts')?.origin,
    CSDL_URI,
    '<EntityType Name="account"',
  ],
  [
    'a column of $metadata',
    columnOrigin('customertypecode'),
    CSDL_URI,
    '<Property Name="customertypecode"',
  ],
  [
    'a column of a solution',
    columnOrigin('new_kind'),
    SOLUTION_URI,
    '<attribute PhysicalName="new_Kind"',
  ],
  [
    'a field of a project',
    (all) => all.publicEntityNamed('Projects')?.fields[0]?.origin,
    PROJECT_URI,
    '"CODE"',
  ],
];

function columnOrigin(name: string): Find {
  return ({ dataverse }) => {
    const table = dataverse.tableNamed('accounts');
    return table === undefined ? undefined : columnIn(table, name)?.origin;
  };
}

describe('the origin of a fact', () => {
  const metadata = metadataIn(texts);
  for (const [id, find, uri, start] of rows) {
    it(`is where it stands: ${id}`, () => {
      const origin = find(metadata);
      const there = texts[origin?.uri ?? '']?.slice(origin?.span.start, origin?.span.end);
      deepEqual([origin?.uri, there?.slice(0, start.length)], [uri, start]);
    });
  }
});
