/** Parts of a message: sentences as they are, and semicolons between what is none. */
export const joined = (parts: readonly string[]): string =>
  parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part, index, all) => (index === all.length - 1 || isSentence(part) ? part : `${part};`))
    .join(' ');

/** What an app says may end in a quotation or in parentheses. */
const isSentence = (part: string): boolean => /[.!?…;:][\s"'”“’»)\]]*$/u.test(part);
