import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { explainText } from '../src/messages/explain.ts';
import { explanationsIn } from '../src/messages/texts.ts';
import { decodeText } from '../src/workspace/files.ts';
import { type Command, EXIT } from './command.ts';
import type { Surroundings } from './surroundings.ts';
import { formatIn, readWords, WrongUsage } from './words.ts';

/** `dual-write explain-message`: what an error message of the products means, who can fix it, and how. */
export const explainMessage: Command = async (words, around, translate) => {
  const { values, positionals } = readWords(words, { format: { type: 'string' } });
  const format = formatIn(values.format, ['text', 'json']);
  const [path = '-', ...others] = positionals;
  if (others.length > 0) throw new WrongUsage('onePath', { command: 'explain-message' });
  const pasted = await textAt(path, around);
  if (pasted === undefined) {
    around.error(`${path}: ${translate('problem.file-unreadable.denied')}\n`);
    return EXIT.findings;
  }
  const { found, markdown } = explainText(pasted, explanationsIn(around.locale));
  const listed = found.map(({ message: { id, product, role, guide }, args }) => ({
    message: id,
    product,
    role,
    guide: guide ?? null,
    names: args,
  }));
  around.out(format === 'json' ? `${JSON.stringify(listed, undefined, 2)}\n` : markdown);
  return found.length === 0 ? EXIT.findings : EXIT.clean;
};

/** `-` is standard input. Undefined where the file can't be read. */
async function textAt(path: string, { files, folder, input }: Surroundings) {
  if (path === '-') return input();
  try {
    return decodeText(await files.read(URI.file(resolve(folder, path)).toString()));
  } catch {
    return undefined;
  }
}
