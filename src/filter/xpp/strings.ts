/** In an X++ string a backslash takes the next character as it is. */
export const unescaped = (content: string): string =>
  content.includes('\\') ? content.replaceAll(/\\([^])/g, '$1') : content;
