/** Whether a single quote is part of a word, as in `O'Brien`; anywhere else it opens a quotation. */
export const isApostrophe = (text: string, offset: number): boolean =>
  offset > 0 && /[\p{L}\p{N}]/u.test(text[offset - 1] ?? '');

/** The quote that ends a quotation, or the end of the text; a doubled one is part of it. */
export function closingQuote(text: string, open: number): number {
  const sign = text[open] ?? "'";
  let offset = open + 1;
  for (;;) {
    const quote = text.indexOf(sign, offset);
    if (quote < 0) return text.length;
    if (text[quote + 1] !== sign) return quote;
    offset = quote + 2;
  }
}

/** A text in single quotes. */
export const quoted = (content: string): string => `'${content.replaceAll("'", "''")}'`;
