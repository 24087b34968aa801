/** New ids, injected so that the same seed writes the same store. */
export interface Ids {
  /** Takes `count` ids at once: a prefix of 24 characters and the number of the first, 12 hexadecimal digits. */
  readonly block: (count: number) => { readonly prefix: string; readonly first: number };
}

/** The id with a number of a block. */
export const idAt = (prefix: string, number: number): string =>
  `${prefix}${number.toString(16).padStart(12, '0')}`;
