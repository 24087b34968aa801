import { rowsName, rowsStem } from '../src/metadata/delimited.ts';
import type { PublicEntity } from '../src/metadata/publicEntity.ts';
import { readTableColumns } from '../src/preview/rowFiles/tableColumns.ts';
import type { Workspace } from '../src/service/workspace.ts';
import { breathe } from '../src/workspace/breathe.ts';
import type { Files } from '../src/workspace/files.ts';
import { type RowColumns, jsonColumns } from '../src/workspace/jsonColumns.ts';
import {
  isJsonRows,
  isRowFile,
  isTable,
  type RowFiles,
  rowFilesIn,
} from '../src/workspace/kinds.ts';
import { loadedSqlJs } from '../src/workspace/sqlJs.ts';

/**
 * Columns of row files other than delimited text, which is metadata. A workspace may hold many of them, and each costs
 * more than a text: only the one is read that is named like an entity somebody asks for and nothing better tells of.
 */
export interface AskedColumns {
  /** The workspace with these columns. A question for an entity begins the reading, and finds what was read before. */
  readonly addedTo: (workspace: Workspace) => Workspace;
  /** The beginning of a file that is a text. */
  readonly textOf: (uri: string) => string | undefined;
  /** Answers whether questions were answered by a file of that name. */
  readonly fileChanged: (uri: string, isGone: boolean) => boolean;
  /** Other files may be there: what was asked is looked up again. */
  readonly reset: () => void;
}

/**
 * @param listed the row files that there are.
 * @param failure told of files that can't be read.
 * @param changed told when questions are answered otherwise than before.
 */
export function askedColumns(
  files: Files,
  listed: () => Promise<readonly string[]>,
  failure: (uri: string, error: unknown) => void,
  changed: () => void,
): AskedColumns {
  const told = new Map<string, RowColumns>();
  /** A question is forgotten, and its reading given up, where the files have changed since. */
  const asked = new Map<string, symbol>();
  let named: { readonly uris: readonly string[]; readonly files: RowFiles } | undefined;
  let reading = Promise.resolve();
  let [left, isOther] = [0, false];

  const read = async (name: string): Promise<RowColumns | undefined> => {
    const uris = await listed();
    // There may be tens of thousands.
    if (named?.uris !== uris) named = { uris, files: rowFilesIn(uris) };
    const uri = named.files.of([name]);
    if (uri === undefined) return undefined;
    try {
      if (isJsonRows(uri)) return await jsonColumns(files, uri);
      if (!isTable(uri)) return undefined;
      const entity = await readTableColumns(uri, { files, sqlJs: loadedSqlJs });
      return entity === undefined ? undefined : { entity, text: undefined };
    } catch (error) {
      failure(uri, error);
      return undefined;
    }
  };
  const answer = async (name: string, question: symbol): Promise<void> => {
    await breathe();
    const columns = asked.get(name) === question ? await read(name) : undefined;
    if (asked.get(name) !== question || areSame(told.get(name), columns)) return;
    isOther = true;
    if (columns === undefined) told.delete(name);
    else told.set(name, columns);
  };
  /** One file at a time, told of once all of them are read: a map may name hundreds. */
  const ask = (name: string): void => {
    if (name === '' || asked.has(name)) return;
    const question = Symbol(name);
    asked.set(name, question);
    left += 1;
    reading = reading
      .then(() => answer(name, question))
      .catch((error: unknown) => failure(name, error))
      .then(() => {
        left -= 1;
        if (left > 0 || !isOther) return;
        isOther = false;
        changed();
      });
  };

  const textOf = (uri: string): string | undefined =>
    [...told.values()].find(({ entity }) => entity.origin.uri === uri)?.text;
  return {
    addedTo(workspace) {
      const { metadata, isIndexing } = workspace;
      // What better sources tell is not known yet.
      if (isIndexing === true) return workspace;
      const sampledEntityNamed = (entity: string): PublicEntity | undefined => {
        const known = metadata.sampledEntityNamed(entity);
        if (known !== undefined) return known;
        const name = rowsName(entity);
        ask(name);
        return told.get(name)?.entity;
      };
      return {
        ...workspace,
        metadata: { ...metadata, sampledEntityNamed },
        textOf: (uri) => workspace.textOf(uri) ?? textOf(uri),
      };
    },
    textOf,
    fileChanged(uri, isGone) {
      if (!isRowFile(uri)) return false;
      const name = rowsName(rowsStem(uri));
      asked.delete(name);
      if (!told.has(name)) return false;
      if (isGone && told.get(name)?.entity.origin.uri === uri) told.delete(name);
      return true;
    },
    reset: () => asked.clear(),
  };
}

const areSame = (before: RowColumns | undefined, now: RowColumns | undefined): boolean =>
  JSON.stringify(before?.entity) === JSON.stringify(now?.entity);
