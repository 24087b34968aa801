import type { EnumType, Table } from './model.ts';
import type { MetadataFile } from './metadataFile.ts';

/** How names are compared: X++ has no regard to case. */
export const key = (name: string): string => name.trim().toLowerCase();

export function groupedBy<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
): Map<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(nameOf(item));
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

/** The first item of each name: a copy of a file adds nothing. */
export function firstNamed<T extends { readonly name: string }>(
  items: readonly T[],
): Map<string, T> {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(key(item.name))) first.set(key(item.name), item);
  return first;
}

export function mergedTables(files: readonly MetadataFile[]): ReadonlyMap<string, Table> {
  const tables = firstNamed(files.flatMap((file) => file.tables));
  for (const { table, fields } of firstNamed(
    files.flatMap((file) => file.tableExtensions),
  ).values()) {
    const base = tables.get(key(table));
    if (base !== undefined) {
      tables.set(key(table), { ...base, fields: [...base.fields, ...fields] });
    }
  }
  return tables;
}

/** NoYes is the one enum whose elements need no file. */
const NO_YES: EnumType = {
  name: 'NoYes',
  elements: [
    { name: 'No', value: 0, label: '', origin: undefined },
    { name: 'Yes', value: 1, label: '', origin: undefined },
  ],
  isExtensible: false,
  isWhole: true,
  origin: undefined,
};

/** An environment lists the elements of all extensions, which no file of the AOT can promise. */
export function mergedEnums(files: readonly MetadataFile[]): ReadonlyMap<string, EnumType> {
  const enums = firstNamed(files.flatMap((file) => file.enums));
  for (const { enumName, elements } of firstNamed(
    files.flatMap((file) => file.enumExtensions),
  ).values()) {
    const base = enums.get(key(enumName));
    if (base === undefined) continue;
    const known = new Set(base.elements.map(({ name }) => key(name)));
    const added = elements.filter(({ name }) => !known.has(key(name)));
    enums.set(key(enumName), { ...base, elements: [...base.elements, ...added] });
  }
  for (const each of firstNamed(files.flatMap((file) => file.publicEnums)).values()) {
    const base = enums.get(key(each.name));
    const declared = new Map(base?.elements.map((element) => [key(element.name), element]));
    enums.set(key(each.name), {
      ...each,
      isExtensible: base?.isExtensible ?? each.isExtensible,
      elements: each.elements.map((element) => ({
        ...element,
        label: declared.get(key(element.name))?.label ?? '',
        origin: declared.get(key(element.name))?.origin ?? element.origin,
      })),
      origin: base?.origin ?? each.origin,
    });
  }
  return enums.has(key(NO_YES.name)) ? enums : enums.set(key(NO_YES.name), NO_YES);
}
