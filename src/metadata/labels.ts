/** The texts of one label file in one language. */
export interface LabelFile {
  /** `Proj` of `Proj.en-US.label.txt`. */
  readonly id: string;
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads `Id=Text` lines; a line that begins with a blank and `;` comments on the one above. */
export function readLabels(uri: string, text: string): LabelFile {
  const fileName = decodeURIComponent(uri.split('/').at(-1) ?? '');
  const texts = new Map<string, string>();
  for (const line of text.split(/\r?\n/u)) {
    const [, id, value] = /^\uFEFF?([^=\s;][^=]*)=(.*)$/u.exec(line) ?? [];
    if (id !== undefined && value !== undefined) texts.set(id.toLowerCase(), value.trim());
  }
  return { id: fileName.split('.')[0] ?? fileName, texts };
}

/**
 * What a label says in each language known. `@File:Id` and the older `@SYS123` name a label;
 * anything else is its own text.
 */
export function labelTexts(label: string, files: readonly LabelFile[]): readonly string[] {
  if (!label.startsWith('@')) return label === '' ? [] : [label];
  const [, file, id] = /^@(\w+):(.+)$/u.exec(label) ?? /^@([a-z]+)\d+$/iu.exec(label) ?? [];
  if (file === undefined) return [];
  const keys = [id ?? label, label].map((key) => key.toLowerCase());
  return files
    .filter((candidate) => candidate.id.toLowerCase() === file.toLowerCase())
    .flatMap(({ texts }) => keys.map((key) => texts.get(key)))
    .filter((text) => text !== undefined);
}
