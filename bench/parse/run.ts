import { join } from 'node:path';
import { bundled } from '../bundle.ts';
import { random } from '../random.ts';
import { answerOf, progress } from '../run.ts';
import {
  digits,
  type Figure,
  figure,
  type Figures,
  median,
  pairedRatios,
  shown,
} from '../stats.ts';
import { table } from '../table.ts';
import { engines, type Language } from './engines.ts';
import type { ParseResult } from './worker.ts';

const WORKER = join(import.meta.dirname, 'worker.ts');

export interface Measured {
  readonly figures: Figures;
  /** Tables in Markdown, with a heading each. */
  readonly report: string;
}

/** Every parser in processes of its own, shuffled, several times. */
export async function measureParsing(quick: boolean): Promise<Measured> {
  await bundled('parse/measured.ts', 'measured');
  const languages: readonly Language[] = ['odata', 'xpp'];
  const all = languages.flatMap((language) =>
    Object.keys(engines[language]).map((name) => ({ language, name })),
  );
  const results = new Map(all.map((engine) => [engine, [] as ParseResult[]]));
  const from = random(1);
  const processes = quick ? 2 : 5;
  for (let process = 0; process < processes; process += 1) {
    for (const engine of from.shuffled(all)) {
      progress(`parse ${process + 1}/${processes}: ${engine.language} ${engine.name}`);
      const args = [engine.language, engine.name, quick ? '3' : '5'];
      results.get(engine)?.push(await answerOf<ParseResult>(WORKER, args));
    }
  }
  const figures: Record<string, Figure> = {};
  const reports = languages.map((language) => {
    const rows = all
      .filter((engine) => engine.language === language)
      .map((engine) => row(engine, results.get(engine) ?? [], figures));
    const head = ['parser', 'accepts', 'same tree', 'x by hand', 'k filters/s', 'MB/s'];
    return `### Parsing ${language === 'odata' ? 'OData' : 'X++'}\n\n${table(head, rows)}`;
  });
  return { figures, report: reports.join('\n\n') };
}

function row(
  { language, name }: { readonly language: Language; readonly name: string },
  results: readonly ParseResult[],
  figures: Record<string, Figure>,
): readonly string[] {
  const ratio = figure(results.map(({ engine, hand }) => median(pairedRatios(engine, hand))));
  const perSecond = (amount: (result: ParseResult) => number): Figure =>
    figure(results.map((result) => amount(result) / median(result.engine)));
  const filters = perSecond(({ accepted }) => accepted);
  // Characters per millisecond are thousands per second.
  const megabytes = perSecond(({ characters }) => characters / 1_000);
  const [first] = results;
  figures[`parse.${language}.${name}.ratio`] = ratio;
  figures[`parse.${language}.${name}.k-filters-per-s`] = filters;
  figures[`parse.${language}.${name}.mb-per-s`] = megabytes;
  return [
    name,
    String(first?.accepted ?? 0),
    first?.agreed === undefined ? '-' : String(first.agreed),
    shown(ratio),
    shown(filters),
    digits(megabytes.median),
  ];
}
