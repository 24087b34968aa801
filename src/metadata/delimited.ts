/** Delimited text, whose first line names columns. */
export const isDelimited = (uri: string): boolean => /\.(?:csv|tsv|tab)$/iu.test(uri);

/** Characters of a file that are looked at: its header and some rows, however large it is. */
export const HEAD_LENGTH = 32 * 1024;

/** Bytes to read of a file: UTF-8 takes at most three for a unit of a text. */
export const HEAD_BYTES = 3 * HEAD_LENGTH;

/** How names of entities and of files with their rows are compared: blanks, hyphens and case do not count. */
export const rowsName = (name: string): string => name.replaceAll(/[\s_-]/gu, '').toLowerCase();
