import type { MetadataFile } from '../metadata/metadataFile.ts';
import { inParallel } from './inParallel.ts';

/**
 * Reads the files of some objects of the AOT and of all that these name in turn: tables, types, enums, extensions.
 * They are found by their file names, as the AOT names a file by its object (`CustTable.xml`) and an extension by
 * what it extends (`CustTable.Contoso.xml`). Answers which files were read.
 */
export async function readNamed(
  names: readonly string[],
  uris: readonly string[],
  read: (uri: string) => Promise<MetadataFile | undefined>,
): Promise<readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const uri of uris) {
    const name = objectOf(uri);
    const others = byName.get(name);
    if (others === undefined) byName.set(name, [uri]);
    else others.push(uri);
  }
  const found = new Set<string>();
  const asked = new Set<string>();
  let next = names;
  while (next.length > 0) {
    const fresh = next.map((name) => name.trim().toLowerCase()).filter((name) => !asked.has(name));
    for (const name of fresh) asked.add(name);
    const files = [...new Set(fresh.flatMap((name) => byName.get(name) ?? []))];
    for (const uri of files) found.add(uri);
    const told = await inParallel(files, read);
    next = told.flatMap((file) => (file === undefined ? [] : namesIn(file)));
  }
  return [...found];
}

/** `CustTable` of `.../AxTableExtension/CustTable.Contoso.xml` and of `.../AxClass/CustTable_Extension.xml`. */
function objectOf(uri: string): string {
  const file = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)).toLowerCase();
  return (file.split('.')[0] ?? file).replace(/_extension$/u, '');
}

const namesIn = (file: MetadataFile): readonly string[] => [
  ...[...file.entities, ...file.views, ...file.extensions].flatMap(({ dataSources, fields }) => [
    ...dataSources.map(({ table }) => table),
    ...fields.flatMap((field) => (field.kind === 'mapped' ? [] : typesOf(field))),
  ]),
  ...[...file.tables, ...file.tableExtensions].flatMap(({ fields }) => fields.flatMap(typesOf)),
  ...file.extendedTypes.flatMap((type) => [type.extends, type.enumType]),
];

const typesOf = (declared: {
  readonly extendedDataType: string;
  readonly enumType: string;
}): readonly string[] => [declared.extendedDataType, declared.enumType];
