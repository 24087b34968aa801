/**
 * Names of files, one for each map, that every file system takes and that none of them takes for the same. Versions
 * of a map are told apart by the version, other maps of one name by a number.
 */
export function fileNames(
  maps: readonly { readonly name: string; readonly version: string }[],
  extension = '.json',
): readonly string[] {
  const stems = maps.map(({ name }) => stemOf(name));
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(key(stem), (counts.get(key(stem)) ?? 0) + 1);
  const taken = new Set<string>();
  return maps.map(({ version }, index) => {
    const stem = stems[index] ?? '';
    const isShared = (counts.get(key(stem)) ?? 0) > 1;
    const base = isShared && version !== '' ? `${stem} ${stemOf(version)}` : stem;
    let name = base;
    for (let number = 2; taken.has(key(name)); number += 1) name = `${base} (${number})`;
    taken.add(key(name));
    return `${name}${extension}`;
  });
}

/** Bytes; room for a version and a number below the 255 of a file name. */
const LONGEST = 200;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu;

function stemOf(name: string): string {
  const plain = name
    .normalize('NFC')
    // What Windows or a shell takes for something else, and what nobody sees.
    .replaceAll(/[<>:"/\\|?*\p{C}]+/gu, '-')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/^[\s.-]+|[\s.-]+$/gu, '');
  const short = shortened(plain).replace(/[\s.-]+$/u, '');
  if (short === '') return 'map';
  return RESERVED.test(short.split('.')[0] ?? '') ? `${short}_` : short;
}

/** Names that differ in case alone are one file on most machines. */
const key = (name: string): string => name.toLowerCase();

function shortened(text: string): string {
  const encoder = new TextEncoder();
  let left = LONGEST;
  let end = 0;
  for (const character of text) {
    left -= encoder.encode(character).length;
    if (left < 0) break;
    end += character.length;
  }
  return text.slice(0, end);
}
