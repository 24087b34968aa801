import { join } from 'node:path';
import { bundled } from '../bundle.ts';
import type { Measured } from '../parse/run.ts';
import { answerOf, progress } from '../run.ts';
import { type Figure, figure, median, pairedRatios, shown } from '../stats.ts';
import { table } from '../table.ts';
import type { PreviewResult } from './worker.ts';

const WORKER = join(import.meta.dirname, 'worker.ts');
const ROWS = 100_000;

/** Rows loaded, then counted and shown under filters: ours and what somebody would take instead, in turns. */
export async function measurePreview(quick: boolean): Promise<Measured> {
  await bundled('preview/measured.ts', 'preview');
  progress(`preview: ${ROWS.toLocaleString('en')} rows`);
  const results = await answerOf<readonly PreviewResult[]>(WORKER, [
    String(ROWS),
    quick ? '2' : '5',
    quick ? '10' : '40',
  ]);
  const base = results.find(({ name }) => name === 'sql.js');
  const figures: Record<string, Figure> = {};
  const rows = results.map(({ name, load, query }) => {
    const values = {
      load: figure(load),
      query: figure(query),
      'load.ratio': figure([median(pairedRatios(load, base?.load ?? []))]),
      'query.ratio': figure([median(pairedRatios(query, base?.query ?? []))]),
    };
    for (const [what, value] of Object.entries(values)) figures[`preview.${name}.${what}`] = value;
    return [
      name,
      shown(values.load),
      values['load.ratio'].median.toFixed(2),
      shown(values.query),
      values['query.ratio'].median.toFixed(2),
    ];
  });
  const head = ['engine', 'load ms', 'x sql.js', 'count and first 100 ms', 'x sql.js'];
  return {
    figures,
    report: `### Preview of ${ROWS.toLocaleString('en')} rows\n\n${table(head, rows)}`,
  };
}
