import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CancellationToken, type Connection, ProgressType } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { Translate } from '../../src/problem/message.ts';
import { sayEngineProblem } from '../../src/service/engineProblems.ts';
import type {
  ExportRowsParams,
  ExportRowsResult,
  RowsWritten,
} from '../../src/service/protocol/rows.ts';
import { EngineTrouble } from './externalSources.ts';
import type { FilterRows } from './preview.ts';
import type { CsvPiece, RowTable } from './rowTables.ts';

const rowsWritten = new ProgressType<RowsWritten>();

/** Exports the rows of a filter as they are asked for. Null where that was stopped. */
export async function exportedRows(
  { table, condition, origin, notice = '' }: FilterRows,
  { query, into, isMadeUp, progress }: ExportRowsParams,
  token: CancellationToken,
  translate: Translate,
  connection: Pick<Connection, 'sendProgress'>,
): Promise<ExportRowsResult | null> {
  // Rows are made up where a database does not answer: nobody asked for those.
  if (isMadeUp === false && origin.kind === 'witness') return { kind: 'failed', reason: notice };
  const stopped = new AbortController();
  const listener = token.onCancellationRequested(() => stopped.abort());
  try {
    const csv = table.csv(condition, query, stopped.signal);
    if (into === undefined) return { kind: 'text', csv: await textOf(csv) };
    await writeRows(URI.parse(into).fsPath, csv, stopped.signal, (rows) => {
      if (progress !== undefined) void connection.sendProgress(rowsWritten, progress, { rows });
    });
    return { kind: 'written' };
  } catch (error) {
    if (stopped.signal.aborted) return null;
    return { kind: 'failed', reason: reasonOf(error, translate) };
  } finally {
    listener.dispose();
  }
}

function reasonOf(error: unknown, translate: Translate): string {
  if (error instanceof EngineTrouble) {
    const { problem, engine } = error;
    switch (problem.kind) {
      case 'noDuckDb':
      case 'noSecret':
        // Told where rows are opened: none of them is open then.
        return error.message;
      default:
        return sayEngineProblem(problem, engine, translate);
    }
  }
  if (!(error instanceof Error)) return String(error);
  return 'code' in error
    ? translate('rows.notWritten', { code: String(error.code) })
    : error.message;
}

type Csv = ReturnType<RowTable['csv']>;

/** Between two calls of `onRows`. */
const STEP = 20_000;

/**
 * Writes rows into a file, which then has all of them or is as it was before: they go into a file beside it, which takes
 * its place at the end. Throws where that can't be, and where it is stopped.
 *
 * @param onRows told now and then of the rows written so far.
 */
async function writeRows(
  path: string,
  csv: Csv,
  signal: AbortSignal,
  onRows: (rows: number) => void,
): Promise<void> {
  const unfinished = join(dirname(path), `.${crypto.randomUUID().slice(0, 8)}.part`);
  async function* texts(): AsyncGenerator<string> {
    let [rows, told] = [0, 0];
    for await (const piece of piecesOf(csv)) {
      yield piece.text;
      rows += piece.rows;
      if (rows - told < STEP) continue;
      onRows(rows);
      told = rows;
    }
  }
  try {
    await pipeline(Readable.from(texts()), createWriteStream(unfinished), { signal });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** All of it as a text, for whoever writes it where this process has no hands. */
async function textOf(csv: Csv): Promise<string> {
  const texts: string[] = [];
  for await (const { text } of piecesOf(csv)) texts.push(text);
  return texts.join('');
}

async function* piecesOf(csv: Csv): AsyncIterable<CsvPiece> {
  if (Symbol.asyncIterator in csv) yield* csv;
  else yield { text: await csv, rows: 0 };
}
