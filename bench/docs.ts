import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './bundle.ts';

const PAGE = join(ROOT, 'docs', 'benchmarks.md');

/** What stands between this heading and the next one is written by `npm run bench -- --docs`. */
const HEADING = '## The last run';

export async function writeDocs(machine: string, goals: string): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const start = page.indexOf(HEADING);
  if (start < 0) throw new Error(`docs/benchmarks.md has no heading "${HEADING}".`);
  const next = page.indexOf('\n## ', start);
  const rest = next < 0 ? '' : page.slice(next);
  await writeFile(PAGE, `${page.slice(0, start)}${HEADING}\n\n${machine}\n\n${goals}\n${rest}`);
}
