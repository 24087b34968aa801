import type { Metadata } from '../../src/metadata/metadata.ts';
import { metadataOf } from '../../src/metadata/metadataOf.ts';
import { readMetadataFile } from '../../src/metadata/readFile.ts';
import { emptyWorkspace, type Workspace } from '../../src/service/workspace.ts';
import { nodeFiles } from '../../src/workspace/nodeFiles.ts';
import { loadMetadata } from '../../src/workspace/load.ts';
import { pathInRepository } from './repository.ts';
import { URI } from 'vscode-uri';

/** Texts of metadata files by URI. */
export type MetadataTexts = Readonly<Record<string, string>>;

export const metadataIn = (texts: MetadataTexts): Metadata =>
  metadataOf(Object.entries(texts).map(([uri, text]) => readMetadataFile(uri, text)));

export const workspaceWith = (texts: MetadataTexts): Workspace => ({
  ...emptyWorkspace,
  metadata: metadataIn(texts),
  textOf: (uri) => texts[uri],
});

/** The metadata files of the samples. */
export async function sampleTexts(): Promise<MetadataTexts> {
  const folder = URI.file(pathInRepository('samples/metadata')).toString();
  const loaded = await loadMetadata(nodeFiles, await nodeFiles.list(folder));
  return Object.fromEntries(loaded.map(({ file, text }) => [file.uri, text]));
}

export const ENTITY_URI = 'file:///m/Model/AxDataEntityView/E.xml';
export const EXTENSION_URI = 'file:///m/Model/AxDataEntityViewExtension/E.Ours.xml';
export const CLASS_URI = 'file:///m/Model/AxClass/E_Ours_Extension.xml';

/** A data source with those joined to it, as `AxQuerySimple…DataSource` nests them. */
export interface DataSourceParts {
  readonly name: string;
  readonly table?: string;
  readonly join?: string;
  readonly readOnly?: boolean;
  readonly below?: readonly DataSourceParts[];
}

const dataSourceXml = (
  { name, table = name, join, readOnly = false, below = [] }: DataSourceParts,
  isRoot = false,
): string => {
  const element = isRoot ? 'AxQuerySimpleRootDataSource' : 'AxQuerySimpleEmbeddedDataSource';
  const inner = below.map((child) => dataSourceXml(child)).join('');
  const joinMode = join === undefined ? '' : `<JoinMode>${join}</JoinMode>`;
  const isReadOnly = readOnly ? '<IsReadOnly>Yes</IsReadOnly>' : '';
  return `<${element}><Name>${name}</Name>${isReadOnly}<Table>${table}</Table><DataSources>${inner}</DataSources>${joinMode}</${element}>`;
};

export const mappedField = (name: string, dataSource: string, dataField = name): string =>
  `<AxDataEntityViewField xmlns="" i:type="AxDataEntityViewMappedField"><Name>${name}</Name><DataField>${dataField}</DataField><DataSource>${dataSource}</DataSource></AxDataEntityViewField>`;

export const computedField = (name: string, method: string): string =>
  `<AxDataEntityViewField xmlns="" i:type="AxDataEntityViewUnmappedFieldString"><Name>${name}</Name><IsComputedField>Yes</IsComputedField><ComputedFieldMethod>${method}</ComputedFieldMethod></AxDataEntityViewField>`;

export const virtualField = (name: string): string =>
  `<AxDataEntityViewField xmlns="" i:type="AxDataEntityViewUnmappedFieldString"><Name>${name}</Name><IsComputedField>No</IsComputedField></AxDataEntityViewField>`;

export interface EntityParts {
  readonly name?: string;
  readonly label?: string;
  readonly fields: readonly string[];
  readonly root: DataSourceParts;
  readonly keys?: readonly (readonly [string, readonly string[]])[];
  readonly primaryKey?: string;
  readonly methods?: readonly (readonly [string, string])[];
}

const methodsXml = (methods: readonly (readonly [string, string])[]): string =>
  `<Methods>${methods.map(([name, source]) => `<Method><Name>${name}</Name><Source><![CDATA[${source}]]></Source></Method>`).join('')}</Methods>`;

export const entityXml = ({
  name = 'E',
  label = 'Entities',
  fields,
  root,
  keys = [],
  primaryKey = '',
  methods = [],
}: EntityParts): string =>
  [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<AxDataEntityView xmlns:i="http://www.w3.org/2001/XMLSchema-instance">',
    `<Name>${name}</Name>`,
    `<SourceCode><Declaration><![CDATA[public class ${name} extends common {}]]></Declaration>${methodsXml(methods)}</SourceCode>`,
    `<Label>${label}</Label><PrimaryKey>${primaryKey}</PrimaryKey>`,
    `<Fields>${fields.join('\n')}</Fields>`,
    `<Keys>${keys.map(([key, columns]) => `<AxDataEntityViewKey><Name>${key}</Name><Fields>${columns.map((column) => `<AxDataEntityViewKeyField><DataField>${column}</DataField></AxDataEntityViewKeyField>`).join('')}</Fields></AxDataEntityViewKey>`).join('')}</Keys>`,
    `<ViewMetadata><DataSources>${dataSourceXml(root, true)}</DataSources></ViewMetadata>`,
    '</AxDataEntityView>',
  ].join('\n');

export const extensionXml = (fields: string, dataSources = ''): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<AxDataEntityViewExtension xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
\t<Name>E.Ours</Name>
\t<DataSources>${dataSources}</DataSources>
\t${fields}
</AxDataEntityViewExtension>
`;

export const classXml = (methods: readonly (readonly [string, string])[], extended = 'E'): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<AxClass xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
\t<Name>E_Ours_Extension</Name>
\t<SourceCode>
\t\t<Declaration><![CDATA[
[ExtensionOf(tableStr(${extended}))]
public final class E_Ours_Extension
{
}
]]></Declaration>
\t\t${methodsXml(methods)}
\t</SourceCode>
</AxClass>
`;

export const tableXml = (
  name: string,
  isPerCompany: boolean,
  fields: readonly (readonly [string, string])[] = [],
): string =>
  `<AxTable xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Name>${name}</Name>${isPerCompany ? '' : '<SaveDataPerCompany>No</SaveDataPerCompany>'}<Fields>${fields.map(([field, type]) => `<AxTableField xmlns="" i:type="AxTableField${type}"><Name>${field}</Name></AxTableField>`).join('')}</Fields></AxTable>`;
