import { documentedEntries } from '../generate/documentedEntries.ts';
import { filterJobText } from '../generate/filterJob.ts';
import { resolveEntity } from '../metadata/resolve.ts';
import type { Translate } from '../problem/message.ts';
import { code, codeBlock, table } from '../text/markdown.ts';
import type { Evidence } from './proofs.ts';

/** What a step of a guide gives to be copied, as Markdown; names of the workspace stand in it where it has some. */
const snippets = {
  'application-users': (): string =>
    codeBlock(
      [
        '<fetch>',
        '  <entity name="systemuser">',
        '    <attribute name="fullname" />',
        '    <attribute name="applicationid" />',
        '    <filter><condition attribute="applicationid" operator="not-null" /></filter>',
        '    <link-entity name="systemuserroles" from="systemuserid" to="systemuserid" intersect="true" link-type="outer">',
        '      <link-entity name="role" from="roleid" to="roleid" alias="role" link-type="outer">',
        '        <attribute name="name" />',
        '      </link-entity>',
        '    </link-entity>',
        '  </entity>',
        '</fetch>',
      ].join('\n'),
      'xml',
    ),
  'team-roles': (): string =>
    codeBlock(
      [
        '<fetch>',
        '  <entity name="team">',
        '    <attribute name="name" />',
        '    <attribute name="businessunitid" />',
        '    <link-entity name="teamroles" from="teamid" to="teamid" intersect="true" link-type="outer">',
        '      <link-entity name="role" from="roleid" to="roleid" alias="role" link-type="outer">',
        '        <attribute name="name" />',
        '      </link-entity>',
        '    </link-entity>',
        '  </entity>',
        '</fetch>',
      ].join('\n'),
      'xml',
    ),
  'runtime-configurations': (): string =>
    codeBlock(
      [
        '<fetch>',
        '  <entity name="msdyn_dualwriteruntimeconfig">',
        '    <all-attributes />',
        '  </entity>',
        '</fetch>',
      ].join('\n'),
      'xml',
    ),
  parties: (): string =>
    codeBlock(
      [
        '<fetch>',
        '  <entity name="msdyn_party">',
        '    <all-attributes />',
        '    <order attribute="msdyn_partynumber" />',
        '  </entity>',
        '</fetch>',
      ].join('\n'),
      'xml',
    ),
  'party-numbers': (): string =>
    codeBlock(
      [
        'POST /api/data/v9.2/SetAutoNumberSeed',
        'Content-Type: application/json',
        '',
        '{ "EntityName": "msdyn_party", "AttributeName": "msdyn_partynumber", "Value": 500000 }',
      ].join('\n'),
      'http',
    ),
  excel: (_evidence: Evidence, say: Translate): string =>
    [1, 2, 3].map((number) => `- ${say(`guideUi.excel.${number}`)}`).join('\n'),
  'error-log': (): string =>
    codeBlock(
      'https://XXXaos.cloudax.dynamics.com/?mi=SysTableBrowser&tableName=DualWriteErrorLog',
      'text',
    ),
  'event-definitions': (evidence: Evidence): string => {
    const names = entityNames(evidence).map((name) => `'${name.replaceAll("'", "''")}'`);
    return codeBlock(
      [
        'SELECT REFENTITYNAME, REFTABLENAME',
        'FROM BUSINESSEVENTSDEFINITION',
        `WHERE REFENTITYNAME IN (${names.join(', ')})`,
        'ORDER BY REFENTITYNAME, REFTABLENAME',
      ].join('\n'),
      'sql',
    );
  },
  'filter-job': (evidence: Evidence): string => {
    const job = jobOf(evidence) ?? {
      entityName: 'ProjectEntity',
      filter: '(ParentProject == "")',
      company: evidence.workspace.statement.company,
    };
    const [file] = filterJobText(job, '', () => false).change.files;
    return codeBlock(file?.text.trimEnd() ?? '', 'xpp');
  },
  'contact-address': (): string =>
    codeBlock(
      [
        'public static container getEntityDataSourceToFieldMapping(container mapping)',
        '{',
        '    mapping += [[tableStr(smmContactPersonCDSV2Entity), tableNum(LogisticsPostalAddress),',
        '        fieldStr(smmContactPersonCDSV2Entity, PrimaryPostalAddressRecId)]];',
        '',
        '    return mapping;',
        '}',
      ].join('\n'),
      'xpp',
    ),
  'location-key': (): string =>
    table(
      ['Property', 'Value'],
      [
        ['Display Name', 'Location Key'],
        ['Name', code('msdyn_locationkey')],
        ['Fields', `${code('msdyn_locationid')}, ${code('parentid')}`],
        ['Status', 'Active'],
      ],
    ),
  'documented-entries': (): string =>
    table(
      ['RefEntityName', 'RefTableName', 'RecId'],
      ['CustCustomerV3Entity', 'smmContactPersonCDSV2Entity'].flatMap((entity) =>
        (documentedEntries(entity) ?? []).map((entry) => [
          code(entity),
          code(entry.table),
          code(entry.field),
        ]),
      ),
    ),
} as const;

export type SnippetName = keyof typeof snippets;

export const snippetOf = (name: SnippetName, evidence: Evidence, say: Translate): string =>
  snippets[name](evidence, say);

/** The entities of the workspace's maps by their names in the AOT; that of the documented scenario where none is known. */
function entityNames({ documents, workspace: { metadata, entityNames: names } }: Evidence) {
  const known = documents.flatMap(({ map: { maps } }) =>
    maps.flatMap(({ legs }) =>
      legs.flatMap((leg) => {
        const resolution = resolveEntity(leg, metadata, names);
        return resolution.kind === 'found' ? [resolution.entity.name] : [];
      }),
    ),
  );
  return known.length === 0 ? ['smmContactPersonCDSV2Entity'] : [...new Set(known)];
}

/** The first filter that loses rows, else the first one there is. */
function jobOf({ documents, workspace }: Evidence) {
  const { metadata, entityNames: names, statement } = workspace;
  const lossy = documents.flatMap(({ filtersWithProblems }) =>
    filtersWithProblems.filter(({ problems }) =>
      problems.some(({ code: found }) => found === 'null-lost'),
    ),
  );
  const filters = [...lossy, ...documents.flatMap((each) => each.filters)];
  for (const { site } of filters) {
    const { leg, side, text } = site;
    if (leg === undefined || side !== 'fo' || text.value.trim() === '') continue;
    const resolution = resolveEntity(leg, metadata, names);
    if (resolution.kind !== 'found') continue;
    const { company } = statement;
    return { entityName: resolution.entity.name, filter: text.value, company };
  }
  return undefined;
}
