/** What a file is by its place and name, without opening it: the AOT has tens of thousands of files. */

const nameOf = (uri: string): string => decodeURIComponent(uri.split('/').at(-1) ?? '');

/** A class tells something here only if it extends an entity, which its name must say (X++ requires `_Extension`). */
export const isMetadataFile = (uri: string): boolean =>
  /\/Ax(?:DataEntityView|Table|Enum)(?:Extension)?\/[^/]+\.xml$/iu.test(uri) ||
  /\/Ax(?:View|Edt|Query)\/[^/]+\.xml$/iu.test(uri) ||
  /\/AxClass\/[^/]*_Extension\.xml$/iu.test(uri) ||
  /\.label\.txt$/iu.test(uri);

/**
 * Files of which some describe tables and types: the `$metadata` of an environment under any name that says so, the
 * customizations.xml of a solution and the project JSON of the gateway, which may hold maps as well.
 */
const mayHoldSchema = (uri: string): boolean =>
  !isMetadataFile(uri) &&
  (/\.(?:csdl|edmx|json)$/iu.test(uri) ||
    /(?:metadata[^/]*|\/customizations)\.xml$/iu.test(uri) ||
    /\/(?:\$|%24)metadata$/iu.test(uri));

/** Files to be read for what they tell about entities, tables and types. */
export const mayTellMetadata = (uri: string): boolean => isMetadataFile(uri) || mayHoldSchema(uri);

/** Files that may hold X++: elements of the AOT with methods, and plain source text. */
export const isXppFile = (uri: string): boolean =>
  /\/Ax(?:Class|Table|Form|DataEntityView)\/[^/]+\.xml$/iu.test(uri) || isPlainXpp(uri);

/** X++ and nothing around it, as people copy it out. */
export const isPlainXpp = (uri: string): boolean => /\.xpp$/iu.test(uri);

export const isRowFile = (uri: string): boolean => /\.csv$/iu.test(uri);

/** Files of which some are maps; which, their content tells. Maps with comments are kept as `.jsonc`. */
export const mayHoldMap = (uri: string): boolean =>
  !isMetadataFile(uri) && !isXppFile(uri) && /\.(?:jsonc?|xml)$/iu.test(uri);

/** The side of a file that is one filter. */
export function filterFileSide(uri: string): 'fo' | 'dataverse' | undefined {
  const name = nameOf(uri).toLowerCase();
  if (name.endsWith('.xppfilter')) return 'fo';
  return name.endsWith('.odatafilter') ? 'dataverse' : undefined;
}

/**
 * Whether a row file holds the rows of an entity: it is named like the entity or its label, blanks and case aside.
 */
export function holdsRowsOf(uri: string, names: readonly string[]): boolean {
  const plain = (name: string): string => name.replaceAll(/[\s_-]/gu, '').toLowerCase();
  const stem = plain(nameOf(uri).replace(/\.csv$/iu, ''));
  return names.some((name) => name !== '' && plain(name) === stem);
}
