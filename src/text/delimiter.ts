/** Excel in half of Europe writes semicolons into what it calls comma-separated. */
export function delimiterOf(text: string): ',' | ';' {
  // A header is short; a line that never ends is not looked through.
  const start = text.slice(0, 100_000);
  const end = start.search(/[\r\n]/u);
  const header = (end < 0 ? start : start.slice(0, end)).replaceAll(/"[^"]*"/gu, '');
  return header.split(';').length > header.split(',').length ? ';' : ',';
}
