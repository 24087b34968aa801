import { readsAs, xppTokens } from './xpp/tokens.ts';

/** A column that the expression of a computed column reads. */
export interface ColumnRead {
  readonly dataSource: string;
  readonly field: string;
}

/**
 * The columns that the method of a computed column reads, by
 * `SysComputedColumn::returnField(…, dataEntityDataSourceStr(ENTITY, SOURCE), fieldStr(TABLE, FIELD))`
 * (`dualwrite.md` 4.6). Undefined where it reads in another way, too.
 */
export function columnsRead(source: string): readonly ColumnRead[] | undefined {
  const tokens = xppTokens(source);
  const reads: ColumnRead[] = [];
  for (const [index, { key }] of tokens.entries()) {
    // Columns named by comparisons or literals of their own are none of this form.
    if (key !== 'returnfield' || tokens[index + 1]?.key !== '(') continue;
    if (!readsAs(tokens, index, RETURN_FIELD)) return undefined;
    const [dataSource, field] = [tokens[index + 11], tokens[index + 18]];
    if (dataSource === undefined || field === undefined) return undefined;
    reads.push({ dataSource: dataSource.text, field: field.text });
  }
  return reads.length === 0 ? undefined : reads;
}

const RETURN_FIELD =
  'returnfield ( name ( name ) , dataentitydatasourcestr ( name , name ) , fieldstr ( name , name ) )'.split(
    ' ',
  );
