import type { MapDocument } from '../src/map/model.ts';
import { readMapDocument } from '../src/map/read.ts';
import { catalogue } from '../src/problem/catalogue.ts';
import { sayMapsCompared } from '../src/service/maps/compareMarkdown.ts';
import {
  areEqual,
  compareMaps as compared,
  type MapsToCompare,
} from '../src/service/maps/compareMaps.ts';
import { emptyWorkspace, type Workspace } from '../src/service/workspace.ts';
import { type Command, EXIT, Refused } from './command.ts';
import { listPaths, readDocument } from './files.ts';
import { formatIn, readWords, WrongUsage } from './words.ts';

/** `dual-write compare-maps`: what two files with maps differ in, by meaning. 0 where nothing, 1 where something. */
export const compareMaps: Command = async (words, around, translate) => {
  const { values, positionals } = readWords(words, {
    metadata: { type: 'string', multiple: true, default: [] },
    format: { type: 'string' },
  });
  const [first, second, ...others] = positionals;
  if (first === undefined || second === undefined || others.length > 0) {
    throw new WrongUsage('twoPaths', { command: 'compare-maps', count: positionals.length });
  }
  const format = formatIn(values.format, ['text', 'json']);
  const { listed, metadata } = await listPaths([first, second], values.metadata, around);
  const workspace: Workspace = { ...emptyWorkspace, metadata };
  const read: MapsToCompare[] = [];
  for (const { path, isFolder, isMissing, files } of listed) {
    if (isFolder) throw new Refused(translate('cli.compareMaps.folder', { path }));
    const document = isMissing ? 'missing' : await readDocument(files[0]?.uri ?? '', around.files);
    if (typeof document === 'string') {
      around.error(`${path}: ${translate(`problem.file-unreadable.${document}`)}\n`);
      continue;
    }
    const { value: map, problems } = readMapDocument(document.text);
    const isBroken = problems.some(({ code }) => catalogue[code].severity === 'error');
    if (hasMap(map)) read.push({ document, map, isBroken });
    else around.error(`${translate('import.none', { path })}\n`);
  }
  const [before, after] = read;
  if (before === undefined || after === undefined) return EXIT.findings;
  const result = compared(before, after, workspace);
  around.out(
    format === 'json'
      ? `${JSON.stringify(result, undefined, 2)}\n`
      : sayMapsCompared(result, [first, second], translate),
  );
  return areEqual(result) ? EXIT.clean : EXIT.findings;
};

const hasMap = ({ maps }: MapDocument): boolean => maps.length > 0;
