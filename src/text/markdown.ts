/** Text of a user in Markdown: nothing in it is taken for markup, and it stays in one line. */
export const plain = (text: string): string =>
  text
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(/[\\`*_{}[\]<>#~$&]/gu, String.raw`\$&`)
    // What only at the start of a line means something.
    .replace(/^([+\-=:])/u, String.raw`\$1`)
    .replace(/^(\d+)([.)])/u, String.raw`$1\$2`);

/** Text as code, in one line: the fence is longer than any run of backticks in it. */
export function code(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  if (line === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A block of code in lines of its own. */
export function codeBlock(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));

/** Cells are Markdown already; a `|` would end its cell even in code. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
