import { isDelimited, rowsName } from '../metadata/delimited.ts';

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
export const mayTellMetadata = (uri: string): boolean =>
  isMetadataFile(uri) || mayHoldSchema(uri) || isDelimited(uri);

/** Files that may hold X++: elements of the AOT with methods, and plain source text. */
export const isXppFile = (uri: string): boolean =>
  /\/Ax(?:Class|Table|Form|DataEntityView)\/[^/]+\.xml$/iu.test(uri) || isPlainXpp(uri);

/** X++ and nothing around it, as people copy it out. */
export const isPlainXpp = (uri: string): boolean => /\.xpp$/iu.test(uri);

/** Endings of files that may hold rows, those first that hold nothing else (src/preview/rowFiles reads them). */
const ROW_ENDINGS = [
  'csv',
  'tsv',
  'tab',
  'xlsx',
  'jsonl',
  'ndjson',
  'sqlite',
  'sqlite3',
  'db',
  'parquet',
  'json',
];
const ROW_ENDING = new RegExp(String.raw`\.(${ROW_ENDINGS.join('|')})$`, 'iu');

/** JSON that may hold rows. */
export const isJsonRows = (uri: string): boolean => /\.(?:json|jsonl|ndjson)$/iu.test(uri);

/** Rows in a file that is no text, which a library reads. */
export const isTable = (uri: string): boolean => /\.(?:xlsx|sqlite3?|db)$/iu.test(uri);

export const isRowFile = (uri: string): boolean => ROW_ENDING.test(uri);

/** Files of which some are maps; which, their content tells. Maps with comments are kept as `.jsonc`. */
export const mayHoldMap = (uri: string): boolean =>
  !isMetadataFile(uri) && !isXppFile(uri) && /\.(?:jsonc?|xml)$/iu.test(uri);

/** How files of sync projects are called. */
export const isProjectFile = (uri: string): boolean => /\.sync\.jsonc?$/iu.test(uri);

/** How files of rehearsals are called. */
export const isRehearsal = (uri: string): boolean => /\.rehearsal\.jsonc?$/iu.test(uri);

/** The side of a file that is one filter. */
export function filterFileSide(uri: string): 'fo' | 'dataverse' | undefined {
  const name = nameOf(uri).toLowerCase();
  if (name.endsWith('.xppfilter')) return 'fo';
  return name.endsWith('.odatafilter') ? 'dataverse' : undefined;
}

/** Row files by the names of what they hold rows of, found without regard to blanks and case. */
export interface RowFiles {
  /** The file named like an entity or its label: of several that which surely holds rows. */
  readonly of: (names: readonly string[]) => string | undefined;
}

export function rowFilesIn(uris: readonly string[]): RowFiles {
  const files = new Map<string, string>();
  const rankOf = (uri: string): number =>
    ROW_ENDINGS.indexOf(ROW_ENDING.exec(uri)?.[1]?.toLowerCase() ?? '');
  for (const uri of uris) {
    const rank = rankOf(uri);
    if (rank < 0) continue;
    const stem = rowsName(nameOf(uri).replace(ROW_ENDING, ''));
    const before = files.get(stem);
    if (before === undefined || rank < rankOf(before)) files.set(stem, uri);
  }
  return {
    of: (names) =>
      names
        .filter((name) => name !== '')
        .map((name) => files.get(rowsName(name)))
        .find((uri) => uri !== undefined),
  };
}
