import { readJsonColumns } from '../metadata/jsonRows.ts';
import type { PublicEntity } from '../metadata/publicEntity.ts';
import type { Files } from './files.ts';
import { headText } from './load.ts';

/** What the columns of a row file tell of the entity that it is named like, and the text that they stand in, if any. */
export interface RowColumns {
  readonly entity: PublicEntity;
  readonly text: string | undefined;
}

/** Reads the columns of JSON with rows off its beginning. Undefined for all other JSON. Throws where it can't be read. */
export async function jsonColumns(files: Files, uri: string): Promise<RowColumns | undefined> {
  const text = await headText(files, uri);
  if (text === undefined || !mayBeRecords(uri, text)) return undefined;
  const entity = readJsonColumns(uri, text);
  return entity === undefined ? undefined : { entity, text };
}

/**
 * A list of records, an answer of OData, or a record in each line, by what it begins with. A map, which often is named
 * like its entity, begins with something else: no reader is loaded for it.
 */
const mayBeRecords = (uri: string, text: string): boolean =>
  !/\.json$/iu.test(uri) || /^[\s\uFEFF]*(?:\[\s*\{|\{\s*"(?:value"|@|odata\.))/u.test(text);
