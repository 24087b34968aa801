/** Names of the AOT and of X++ are no longer than this. */
const LONGEST_NAME = 81;

/** Words that X++ keeps for itself, and so no name of a method, class or variable. */
const RESERVED: ReadonlySet<string> = new Set(
  `abstract anytype as asc async at avg await boolean break breakpoint by byref case catch
  changecompany class client const container continue count crosscompany date default delegate desc
  display div do edit element else eventhandler exists extends false final finally firstfast firstonly
  flush for forceliterals forceplaceholders forupdate from generateonly group guid hint if implements
  in index insert_recordset int int64 interface internal is join like maxof minof mod namespace new
  next nofetch notexists null optimisticlock order outer pause pessimisticlock print private protected
  public real repeatableread retry return reverse select server setting static str sum super switch
  tablelock this throw timeofday true try ttsabort ttsbegin ttscommit update_recordset using
  utcdatetime validtimestate var void where while window delete_from`.split(/\s+/u),
);

/**
 * A name that X++ takes and that nobody has yet: what it can't hold is left out, one that is too long is cut, one that
 * is taken gets a number.
 *
 * @param suffix kept whole, however long `wanted` is.
 */
export function freeName(wanted: string, isTaken: (name: string) => boolean, suffix = ''): string {
  const plain = wanted.replaceAll(/[^A-Za-z0-9_]/gu, '');
  const stem = /^[A-Za-z_]/u.test(plain) ? plain : `_${plain}`;
  for (let count = 1; ; count++) {
    const end = count === 1 ? suffix : `${suffix}${count}`;
    const name = stem.slice(0, LONGEST_NAME - end.length) + end;
    if (!RESERVED.has(name.toLowerCase()) && !isTaken(name)) return name;
  }
}

/** The name of a method, which begins with a small letter. */
export const methodName = (name: string): string =>
  `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;

/** A literal of X++ that is `text`. */
export const xppText = (text: string): string =>
  `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(/\r\n|\r|\n/gu, '\\n')
    .replaceAll('\t', '\\t')}"`;
