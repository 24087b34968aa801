import {
  type AsyncFlateStreamHandler,
  Inflate,
  strToU8,
  Unzip,
  type UnzipDecoder,
  zipSync,
} from 'fflate';
import { readSheet, type SheetData } from 'read-excel-file/universal';
import { SAMPLED_ROWS } from '../../metadata/delimited.ts';
import { isFieldName, type Sampled } from '../../metadata/sampledColumns.ts';
import { breathe } from '../../workspace/breathe.ts';
import { cellOf } from './workbook.ts';

/** The columns of a row file, with the cells of its first rows; none where it names no fields. */
export type TableHead = readonly {
  readonly name: string;
  readonly cells: readonly Sampled[];
}[];

/** Bytes that are unpacked of a sheet, of the texts that cells share, of another part, and of all of them. */
const [MOST_OF_SHEET, MOST_OF_TEXTS] = [64 * 1024, 256 * 1024];
const [MOST_OF_PART, MOST_OF_ALL] = [1024 * 1024, 4 * 1024 * 1024];

/** Packed bytes that are looked at in one go, and that are unpacked in one go. */
const [PIECE, STEP] = [1024 * 1024, 1024];

/**
 * Reads the header and the first rows of the first sheet of a workbook; no more is unpacked. Only a first row that names
 * every column below it as X++ can is a header: a title, values, and labels for people are no names of fields.
 */
export async function readWorkbookHead(bytes: Uint8Array): Promise<TableHead> {
  let sheet: SheetData<string>;
  try {
    const parts = await partsOf(bytes);
    // A cell of a later row may have its text where nothing was unpacked.
    sheet = await sheetOf(parts, SAMPLED_ROWS + 1).catch(() => sheetOf(parts, 1));
  } catch {
    // What is no workbook, or a broken one, is nobody's mistake here: the preview says so where its rows are wanted.
    return [];
  }
  const [header = [], ...rows] = sheet;
  const names = header.map((cell) => (typeof cell === 'string' ? cell.trim() : ''));
  if (!names.every(isFieldName)) return [];
  return names.map((name, column) => ({
    name,
    // The empty cell is the one sign for NULL and for nothing: it tells neither.
    cells: rows.map((row) => cellOf(row[column] ?? null, null) ?? undefined),
  }));
}

/** The beginning of a file in the workbook. */
interface Part {
  text: string;
  isCut: boolean;
}

const isSheet = (name: string): boolean => /\/worksheets\/[^/]+\.xml$/u.test(name);

const mostOf = (name: string): number =>
  isSheet(name) ? MOST_OF_SHEET : /sharedStrings/iu.test(name) ? MOST_OF_TEXTS : MOST_OF_PART;

/** Parts of which no cell is made, some of them large. */
const isAside = (name: string): boolean =>
  !/\.(?:xml|rels)$/u.test(name) ||
  /(?:theme|drawing|chart|pivot|comment|calcChain|externalLink|customXml|docProps)/iu.test(name);

async function partsOf(bytes: Uint8Array): Promise<ReadonlyMap<string, Part>> {
  const parts = new Map<string, Part>();
  let left = MOST_OF_ALL;
  const unzip = new Unzip((file) => {
    const { name } = file;
    if (isAside(name) || left <= 0) return;
    const part: Part = { text: '', isCut: false };
    parts.set(name, part);
    const decoder = new TextDecoder();
    let most = Math.min(left, mostOf(name));
    file.ondata = (error, chunk) => {
      if (error !== null) throw error;
      const taken = chunk.subarray(0, most);
      part.text += decoder.decode(taken, { stream: true });
      part.isCut ||= taken.length < chunk.length;
      most -= taken.length;
      left -= taken.length;
    };
    file.start();
  });
  unzip.register(Unpacking);
  for (let start = 0; start < bytes.length; start += PIECE) {
    unzip.push(bytes.subarray(start, start + PIECE), start + PIECE >= bytes.length);
    await breathe();
  }
  return parts;
}

/** Unpacks a part a few bytes at a time, and stops soon after what is wanted of it. */
class Unpacking implements UnzipDecoder {
  static readonly compression = 8;
  ondata: AsyncFlateStreamHandler = () => undefined;
  #left: number;
  readonly #inflate = new Inflate((chunk, final) => {
    this.#left -= chunk.length;
    this.ondata(null, chunk, final);
  });

  constructor(name: string) {
    this.#left = mostOf(name);
  }

  push(chunk: Uint8Array, final: boolean): void {
    for (let start = 0; start < chunk.length && this.#left >= 0; start += STEP) {
      const end = start + STEP;
      this.#inflate.push(chunk.subarray(start, end), final && end >= chunk.length);
    }
  }
}

/** The first sheet with so many rows at most, of a workbook that has no more of any part than was unpacked. */
async function sheetOf(parts: ReadonlyMap<string, Part>, rows: number): Promise<SheetData<string>> {
  const files: Record<string, Uint8Array> = {};
  for (const [name, part] of parts) {
    const text = isSheet(name) ? firstRows(part, rows) : wholeTexts(part);
    if (text !== undefined) files[name] = strToU8(text);
  }
  const workbook = zipSync(files, { level: 0 });
  return readSheet(new Blob([workbook]), { trim: false, parseNumber });
}

/** Digits as they stand; a number that is written with an exponent would be taken for a code. */
const parseNumber = (text: string): string => (/e/iu.test(text) ? '' : text);

/** Undefined where not even the first row was unpacked. */
function firstRows({ text, isCut }: Part, most: number): string | undefined {
  let [rows, end, prefix] = [0, 0, ''];
  for (const found of text.matchAll(/<\/((?:\w+:)?)row>/gu)) {
    rows += 1;
    prefix = found[1] ?? '';
    end = found.index + found[0].length;
    if (rows === most) break;
  }
  if (rows < most && !isCut) return text;
  return rows === 0 ? undefined : `${text.slice(0, end)}</${prefix}sheetData></${prefix}worksheet>`;
}

/** The texts that cells share are the one part of which a beginning is of use; undefined for that of another. */
function wholeTexts({ text, isCut }: Part): string | undefined {
  if (!isCut) return text;
  const end = /^[^]*<\/(?<prefix>(?:\w+:)?)si>/u.exec(text);
  return end === null ? undefined : `${end[0]}</${end.groups?.['prefix'] ?? ''}sst>`;
}
