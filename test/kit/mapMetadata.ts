import { deepEqual, ok } from 'node:assert/strict';
import type { ProblemCode } from '../../src/problem/catalogue.ts';
import { problemKey, translator } from '../../src/problem/message.ts';
import { analyse } from '../../src/service/analysis.ts';
import { type Diagnostic, diagnosticsOf } from '../../src/service/diagnostics.ts';
import { SOLUTION_URI } from './dataverse.ts';
import { hostsOf } from './hosts.ts';
import {
  ENTITY_URI,
  entityXml,
  mappedField,
  type MetadataTexts,
  virtualField,
  workspaceWith,
} from './metadata.ts';
import { edtXml, enumXml, EXTENSIBLE, tableFieldXml, tableWith } from './types.ts';

const CODES: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'lookup-without-column',
  'lookup-key',
  'one-way-key',
  'key-in-filter',
  'no-round-trip',
  'unknown-value',
  'hidden-range',
  'vanishing-rows',
  'filtered-parties',
  'metadata-cycle',
]);

export const mapped = (
  direction: number,
  source: string,
  destination: string,
  ...more: readonly object[]
): object => ({
  syncDirection: direction,
  sourceField: source,
  destinationField: destination,
  ...Object.assign({}, ...more),
});
export const lookup = (table: string): object => ({ destinationLookupFieldRelatedEntity: table });
export const fixed = (defaultValue: string): object => ({
  valueTransforms: [{ transformType: 'Default', defaultValue }],
});
export const valueMap = (pairs: Readonly<Record<string, string>>): object => ({
  valueTransforms: [{ transformType: 'ValueMap', valueMap: pairs }],
});

export const range = (field: string, value: string): string =>
  `<AxQuerySimpleDataSourceRange><Name>${field}</Name><Field>${field}</Field>${value === '' ? '' : `<Value>${value}</Value>`}</AxQuerySimpleDataSourceRange>`;

export const withRanges = (xml: string, dataSource: string, ...ranges: readonly string[]): string =>
  xml.replace(
    `<Name>${dataSource}</Name><Table>`,
    `<Name>${dataSource}</Name><Ranges>${ranges.join('')}</Ranges><Table>`,
  );

const KEYS = [['EntityKey', ['DataAreaId', 'Code']]] as const;

export const TABLE = tableWith('T', [
  tableFieldXml(
    'Code',
    'String',
    '<ExtendedDataType>CodeType</ExtendedDataType><AllowEdit>No</AllowEdit>',
  ),
  tableFieldXml('Name', 'String', '<StringSize>60</StringSize>'),
  tableFieldXml('Kind', 'Enum', '<EnumType>Kind</EnumType>'),
  tableFieldXml('Open', 'Enum', '<EnumType>Open</EnumType>'),
  tableFieldXml('Flag', 'Enum', '<EnumType>NoYes</EnumType>'),
]);

const FIELDS = ['Code', 'Name', 'Kind', 'Open', 'Flag'].map((name) => mappedField(name, 'T'));

export const entity = (parts: Partial<Parameters<typeof entityXml>[0]> = {}): string =>
  entityXml({
    label: 'Projects',
    fields: [...FIELDS, virtualField('Score')],
    root: { name: 'T' },
    keys: KEYS,
    primaryKey: 'EntityKey',
    ...parts,
  });

const attribute = (name: string, type: string, more = ''): string =>
  `<attribute PhysicalName="${name}"><Type>${type}</Type><LogicalName>${name}</LogicalName>${more}</attribute>`;

export const SOLUTION = `<ImportExportXml><Entities>
<Entity><Name>msdyn_project</Name><EntityInfo><entity Name="msdyn_project"><attributes>
${attribute('msdyn_code', 'nvarchar', '<MaxLength>10</MaxLength>')}
${attribute('msdyn_name', 'nvarchar', '<MaxLength>100</MaxLength>')}
${attribute('msdyn_short', 'nvarchar', '<MaxLength>20</MaxLength>')}
${attribute('msdyn_kind', 'picklist', '<optionset Name="k"><options><option value="1"/><option value="2"/></options></optionset>')}
${attribute('msdyn_parent', 'lookup')}
</attributes><EntitySetName>msdyn_projects</EntitySetName></entity></EntityInfo>
<EntityKeys><EntityKey><Name>k</Name><EntityKeyAttributes><AttributeName>msdyn_code</AttributeName></EntityKeyAttributes></EntityKey></EntityKeys></Entity>
</Entities></ImportExportXml>`;

export const METADATA: MetadataTexts = {
  [ENTITY_URI]: entity(),
  'file:///m/Model/AxTable/T.xml': TABLE,
  'file:///m/Model/AxEnum/Kind.xml': enumXml('Kind', ['None', 'Person', 'Organization']),
  'file:///m/Model/AxEnum/Open.xml': enumXml('Open', ['A', 'B'], EXTENSIBLE),
  'file:///m/Model/AxEdt/CodeType.xml': edtXml(
    'CodeType',
    'String',
    '<StringSize>10</StringSize><ChangeCase>UpperCase</ChangeCase>',
  ),
  [SOLUTION_URI]: SOLUTION,
};

export const PROJECT_URI = 'file:///m/project.json';
export const project = (...fields: readonly string[]): string =>
  JSON.stringify({
    environments: [
      {
        schemas: [
          {
            name: 'Projects',
            fields: [{ name: 'CODE', typeDetails: { type: 'String' } }],
            keys: [{ name: 'k', isIntegrationKey: true, fields }],
          },
        ],
      },
    ],
  });

export interface Row {
  readonly id: string;
  readonly mappings: readonly object[];
  readonly metadata?: MetadataTexts;
  readonly filter?: string;
  /** `code.variant marked text < related messages`. */
  readonly found?: readonly string[];
}

export const BOTH = mapped(3, 'CODE', 'msdyn_extra');

export const toldOf = (text: string, diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics
    .filter(({ code }) => CODES.has(code))
    .map(({ problem, span, filter }) => {
      const written =
        filter === undefined
          ? text.slice(span.start, span.end)
          : filter.site.text.value.slice(problem.span.start, problem.span.end);
      const marked = written.replaceAll(/&quot;|\\+"/gu, '"');
      const related = (problem.related ?? []).map(({ message }) => message).join(', ');
      const told = `${problemKey(problem).replace('problem.', '')} ${marked.replace(/^"(Projects)"$/u, '$1')}`;
      return related === '' ? told : `${told} < ${related}`;
    })
    .toSorted();

/** Each row in every form of a map and in every language; and that nothing is told of it where nothing is known. */
export function checkRows(rows: readonly Row[]): void {
  for (const { id, mappings, metadata = {}, filter = '(Name == "x")', found = [] } of rows) {
    it(id, () => {
      for (const { name, document } of hostsOf(filter, 'fo', 'Projects', mappings).slice(1)) {
        const analysed = analyse(document, workspaceWith(metadata));
        for (const language of ['en', 'cs', 'fr']) {
          const diagnostics = diagnosticsOf(analysed, translator(language));
          deepEqual(toldOf(document.text, diagnostics), found.toSorted(), name);
          for (const { message, related } of diagnostics) {
            for (const sentence of [message, ...related.map((each) => each.message)]) {
              ok(!/\{\w+\}|^(?:problem|related)\./u.test(sentence), sentence);
            }
          }
        }
      }
    });

    it(`${id}, of which nothing is known`, () => {
      for (const { document } of hostsOf(filter, 'fo', 'Projects', mappings).slice(1)) {
        const told = toldOf(
          document.text,
          diagnosticsOf(analyse(document, workspaceWith({})), translator('en')),
        );
        deepEqual(
          told.filter((each) => !/^lookup-without-column|^no-round-trip\.default/u.test(each)),
          [],
        );
      }
    });
  }
}
