/** Delimited text, whose first line names columns. */
export const isDelimited = (uri: string): boolean => /\.(?:csv|tsv|tab)$/iu.test(uri);

/** Characters of a file that are looked at: its header and some rows, however large it is. */
export const HEAD_LENGTH = 32 * 1024;

/** Bytes to read of a file: UTF-8 takes at most three for a unit of a text. */
export const HEAD_BYTES = 3 * HEAD_LENGTH;

/** Rows of which the types of columns are guessed. */
export const SAMPLED_ROWS = 200;

/** The name of a file without its ending, which is that of an entity or its label. */
export function rowsStem(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  let decoded = name;
  try {
    decoded = decodeURIComponent(name);
  } catch {
    // Not encoded as a URI is: the name as it stands.
  }
  return decoded.replace(/\.[^.]*$/u, '');
}

/** How names of entities and of files with their rows are compared: blanks, hyphens and case do not count. */
export const rowsName = (name: string): string => name.replaceAll(/[\s_-]/gu, '').toLowerCase();
