/**
 * Whether a method that builds a computed column answers a value where its source is NULL:
 * the documented form `SysComputedColumn::if(SysComputedColumn::isNullExpression(f), SysComputedColumn::returnLiteral(…), f)`
 * (`dualwrite.md` 4.6). Anything else is not known to be safe.
 */
export function isNullSafe(source: string): boolean {
  const code = source.replaceAll(/\/\/[^\n]*|\/\*[^]*?\*\//gu, '');
  const returned = /\breturn\b([^]*?);/u.exec(code)?.[1]?.replaceAll(/\s+/gu, '') ?? '';
  const [, tested, fallback, otherwise] =
    /^SysComputedColumn::if\(SysComputedColumn::isNullExpression\((.+?)\),SysComputedColumn::(returnLiteral)\([^()]*(?:\([^()]*\))?\),(.+)\)$/iu.exec(
      returned,
    ) ?? [];
  return fallback !== undefined && tested === otherwise;
}
