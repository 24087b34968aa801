import { rowsStem } from '../../metadata/delimited.ts';
import type { PublicEntity } from '../../metadata/publicEntity.ts';
import { sampledEntity, startOf } from '../../metadata/sampledColumns.ts';
import { headBytes, smallFile } from '../../workspace/load.ts';
import { isDatabase, readDatabaseHead } from './databaseHead.ts';
import type { RowReader } from './readRowFile.ts';
import { formatOf } from './rowFile.ts';
import { readWorkbookHead, type TableHead } from './workbookHead.ts';

/** A larger workbook, or one that only can be had as a whole, is read by nobody who did not ask for its rows. */
const MOST_BYTES = 20 * 1024 * 1024;

/** Of a database: its tables are described at its beginning, and rows of them mostly stand there. */
const DATABASE_HEAD = 1024 * 1024;

/**
 * What the columns of a workbook or a SQLite file tell of the entity that it is named like, read off as little of it as
 * the format allows. Undefined for what is broken or something else. Throws where the file can't be read.
 */
export async function readTableColumns(
  uri: string,
  reader: RowReader,
): Promise<PublicEntity | undefined> {
  const columns = await tableHead(uri, reader);
  const origin = startOf(uri);
  return sampledEntity(
    uri,
    columns.map((column) => ({ ...column, origin })),
  );
}

async function tableHead(uri: string, { files, sqlJs }: RowReader): Promise<TableHead> {
  const format = formatOf(uri);
  if (format === 'xlsx') {
    const bytes = await smallFile(files, uri, MOST_BYTES);
    return bytes === undefined ? [] : readWorkbookHead(bytes);
  }
  if (format !== 'sqlite') return [];
  const bytes = await headBytes(files, uri, DATABASE_HEAD, MOST_BYTES);
  return bytes === undefined || !isDatabase(bytes)
    ? []
    : readDatabaseHead(await sqlJs(), bytes, rowsStem(uri));
}
