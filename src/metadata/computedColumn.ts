/** What a null-safe computed column answers where the field it is built on is NULL. */
export interface NullSafeBody {
  /** Undefined where the field is not given as a data source and a field. */
  readonly source: { readonly dataSource: string; readonly field: string } | undefined;
  /** The X++ literal that stands for NULL, such as `""`. */
  readonly fallback: string;
}

/**
 * Recognises the method of a computed column that catches NULL, in the documented form
 * `SysComputedColumn::if(SysComputedColumn::isNullExpression(f), SysComputedColumn::returnLiteral(…), f)`
 * (`dualwrite.md` 4.6). Undefined for anything else: it is not known to be safe.
 */
export function nullSafeBodyOf(source: string): NullSafeBody | undefined {
  const code = source.replaceAll(/\/\/[^\n]*|\/\*[^]*?\*\//gu, '');
  const returned = /\breturn\b([^]*?);/u.exec(code)?.[1]?.replaceAll(/\s+/gu, '') ?? '';
  const [, tested, fallback, otherwise] =
    /^SysComputedColumn::if\(SysComputedColumn::isNullExpression\((.+?)\),SysComputedColumn::returnLiteral\(([^()]*(?:\([^()]*\))?)\),(.+)\)$/iu.exec(
      returned,
    ) ?? [];
  if (fallback === undefined || tested === undefined || tested !== otherwise) return undefined;
  const assigned = new RegExp(String.raw`\b${tested}\s*=\s*([^;]+);`, 'u').exec(code)?.[1];
  const [, dataSource, field] =
    /dataEntityDataSourceStr\s*\(\s*\w+\s*,\s*(\w+)\s*\)\s*,\s*fieldStr\s*\(\s*\w+\s*,\s*(\w+)\s*\)/iu.exec(
      assigned ?? tested,
    ) ?? [];
  return {
    fallback,
    source: dataSource === undefined || field === undefined ? undefined : { dataSource, field },
  };
}

export const isNullSafe = (source: string): boolean => nullSafeBodyOf(source) !== undefined;
