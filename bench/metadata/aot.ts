import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { random } from '../random.ts';

/** Shares of a package, of what the product reads. */
const SHARES = {
  AxTable: 0.4,
  AxDataEntityView: 0.16,
  AxEdt: 0.2,
  AxEnum: 0.14,
  AxTableExtension: 0.06,
  AxDataEntityViewExtension: 0.04,
} as const;

/** The entity that the map of the bench speaks of, by its label. */
export const LABEL = 'Bench entity 1';

/**
 * Writes a package as `PackagesLocalDirectory` holds it, with so many files of metadata in four models. The same
 * every time, and all names lead somewhere, as in a real one.
 */
export async function writePackage(folder: string, count: number): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const from = random(5);
  const counts = Object.fromEntries(
    Object.entries(SHARES).map(([kind, share]) => [kind, Math.round(share * count)]),
  );
  const some = (kind: string): number => from.below(counts[kind] ?? 1);
  const files: (readonly [string, string])[] = [];
  const add = (kind: string, number: number, name: string, text: string): void => {
    const model = `Bench${number % 4}`;
    files.push([join(folder, 'BenchSuite', model, kind, `${name}.xml`), text]);
  };
  const each = (kind: keyof typeof SHARES, write: (number: number) => void): void => {
    for (let number = 0; number < (counts[kind] ?? 0); number += 1) write(number);
  };
  each('AxEnum', (number) => add('AxEnum', number, `BenchEnum${number}`, enumXml(number)));
  each('AxEdt', (number) => add('AxEdt', number, `BenchType${number}`, typeXml(number)));
  each('AxTable', (number) => {
    const fields = Array.from({ length: 15 + from.below(30) }, (_, field) =>
      tableFieldXml(`Field${field}`, some('AxEdt'), some('AxEnum'), field),
    );
    add('AxTable', number, `BenchTable${number}`, tableXml(number, fields));
  });
  each('AxTableExtension', (number) => {
    const table = `BenchTable${some('AxTable')}`;
    const field = tableFieldXml(`Ext${number}`, some('AxEdt'), 0, 1);
    const name = `${table}.Bench${number}`;
    add('AxTableExtension', number, name, tableExtensionXml(name, field));
  });
  each('AxDataEntityView', (number) => {
    const [root, parent] = [some('AxTable'), some('AxTable')];
    add('AxDataEntityView', number, `BenchEntity${number}`, entityXml(number, root, parent));
  });
  each('AxDataEntityViewExtension', (number) => {
    const name = `BenchEntity${some('AxDataEntityView')}.Bench${number}`;
    add('AxDataEntityViewExtension', number, name, entityExtensionXml(name, number));
  });
  for (const [path, text] of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

const HEAD =
  '<?xml version="1.0" encoding="utf-8"?>\n<AxNAME xmlns:i="http://www.w3.org/2001/XMLSchema-instance">';
const axml = (kind: string, name: string, body: string): string =>
  `${HEAD.replace('AxNAME', kind)}\n\t<Name>${name}</Name>\n${body}\n</${kind}>\n`;

const enumXml = (number: number): string =>
  axml(
    'AxEnum',
    `BenchEnum${number}`,
    `\t<EnumValues>\n${Array.from(
      { length: 8 },
      (_, value) =>
        `\t\t<AxEnumValue>\n\t\t\t<Name>Element${value}</Name>\n\t\t\t<Label>@Bench:Element${value}</Label>\n\t\t\t<Value>${value}</Value>\n\t\t</AxEnumValue>`,
    ).join('\n')}\n\t</EnumValues>`,
  );

const typeXml = (number: number): string =>
  axml(
    'AxEdt',
    `BenchType${number}`,
    `\t<Label>@Bench:Type${number}</Label>\n\t<HelpText>@Bench:Type${number}Help</HelpText>\n\t<StringSize>${10 + (number % 50)}</StringSize>${number > 9 ? `\n\t<Extends>BenchType${number % 10}</Extends>` : ''}`,
  ).replace('instance">', 'instance" i:type="AxEdtString">');

const tableFieldXml = (name: string, type: number, enumNumber: number, field: number): string =>
  field % 5 === 0
    ? `\t\t<AxTableField i:type="AxTableFieldEnum">\n\t\t\t<Name>${name}</Name>\n\t\t\t<IgnoreEDTRelation>Yes</IgnoreEDTRelation>\n\t\t\t<EnumType>BenchEnum${enumNumber}</EnumType>\n\t\t</AxTableField>`
    : `\t\t<AxTableField i:type="AxTableFieldString">\n\t\t\t<Name>${name}</Name>\n\t\t\t<ExtendedDataType>BenchType${type}</ExtendedDataType>\n\t\t\t<IgnoreEDTRelation>Yes</IgnoreEDTRelation>\n\t\t\t<Mandatory>Yes</Mandatory>\n\t\t</AxTableField>`;

const tableXml = (number: number, fields: readonly string[]): string =>
  axml(
    'AxTable',
    `BenchTable${number}`,
    `\t<SourceCode>\n\t\t<Declaration><![CDATA[\npublic class BenchTable${number} extends common\n{\n}\n]]></Declaration>\n\t\t<Methods>\n\t\t\t<Method>\n\t\t\t\t<Name>find</Name>\n\t\t\t\t<Source><![CDATA[\n${'    // X++ source of a method, which takes most of the room of a table.\n'.repeat(60)}]]></Source>\n\t\t\t</Method>\n\t\t</Methods>\n\t</SourceCode>\n\t<Label>@Bench:Table${number}</Label>\n\t<Fields>\n${fields.join('\n')}\n\t</Fields>`,
  );

const tableExtensionXml = (name: string, field: string): string =>
  axml('AxTableExtension', name, `\t<Fields>\n${field}\n\t</Fields>`);

const mappedField = (name: string, dataSource: string, field: string): string =>
  `\t\t<AxDataEntityViewField xmlns=""\n\t\t\ti:type="AxDataEntityViewMappedField">\n\t\t\t<Name>${name}</Name>\n\t\t\t<DataField>${field}</DataField>\n\t\t\t<DataSource>${dataSource}</DataSource>\n\t\t</AxDataEntityViewField>`;

const entityXml = (number: number, root: number, parent: number): string =>
  axml(
    'AxDataEntityView',
    `BenchEntity${number}`,
    `\t<Label>Bench entity ${number}</Label>\n\t<IsPublic>Yes</IsPublic>\n\t<PublicEntityName>BenchEntity${number}</PublicEntityName>\n\t<Fields>\n${[
      ...Array.from({ length: 15 }, (_, field) =>
        mappedField(`Field${field}`, 'Root', `Field${field}`),
      ),
      mappedField('ParentField', 'Parent', 'Field1'),
    ].join(
      '\n',
    )}\n\t</Fields>\n\t<ViewMetadata>\n\t\t<Name>Metadata</Name>\n\t\t<DataSources>\n\t\t\t<AxQuerySimpleRootDataSource>\n\t\t\t\t<Name>Root</Name>\n\t\t\t\t<DynamicFields>Yes</DynamicFields>\n\t\t\t\t<Table>BenchTable${root}</Table>\n\t\t\t\t<DataSources>\n\t\t\t\t\t<AxQuerySimpleEmbeddedDataSource>\n\t\t\t\t\t\t<Name>Parent</Name>\n\t\t\t\t\t\t<DynamicFields>Yes</DynamicFields>\n\t\t\t\t\t\t<Table>BenchTable${parent}</Table>\n\t\t\t\t\t\t<DataSources />\n\t\t\t\t\t\t<JoinMode>OuterJoin</JoinMode>\n\t\t\t\t\t\t<UseRelations>Yes</UseRelations>\n\t\t\t\t\t</AxQuerySimpleEmbeddedDataSource>\n\t\t\t\t</DataSources>\n\t\t\t</AxQuerySimpleRootDataSource>\n\t\t</DataSources>\n\t</ViewMetadata>`,
  );

const entityExtensionXml = (name: string, number: number): string =>
  axml(
    'AxDataEntityViewExtension',
    name,
    `\t<Fields>\n${mappedField(`Ext${number}`, 'Root', 'Field2')}\n\t</Fields>`,
  );
