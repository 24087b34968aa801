import { decodeText } from '../workspace/files.ts';
import {
  type ArchiveLimits,
  type ArchiveTrouble,
  type PlacedFile,
  type Unpacked,
  unpacked,
} from './archive.ts';
import { fileNames } from './fileNames.ts';
import { type MapRecord, recordsIn } from './records.ts';

/** A map to be written, by the name of its file. */
export interface ImportedMap {
  readonly fileName: string;
  readonly text: string;
}

/** `unreadable`: it was meant to hold maps and is broken. */
export interface ImportTrouble {
  readonly path: string;
  readonly kind: ArchiveTrouble | 'unreadable';
}

export interface Imported {
  readonly maps: readonly ImportedMap[];
  readonly troubles: readonly ImportTrouble[];
}

/**
 * The maps of some files: solution archives, packages with archives in them, customizations.xml, records as JSON.
 * What holds no map is passed over. The same files give the same maps under the same names, in whatever order
 * they come; a map that is there twice is one.
 */
export function importMaps(files: readonly PlacedFile[], limits?: ArchiveLimits): Imported {
  const found: Unpacked = unpacked(files, limits);
  const troubles: ImportTrouble[] = [...found.troubles];
  const records: MapRecord[] = [];
  for (const { path, bytes } of found.files) {
    const text = decodeText(bytes);
    const read = text === undefined ? undefined : recordsIn(text);
    if (read?.kind === 'broken') troubles.push({ path, kind: 'unreadable' });
    if (read?.kind === 'read') records.push(...read.records);
  }
  const maps = [...new Map(records.map((record) => [record.text, record])).values()].toSorted(
    (a, b) => compare(a.name, b.name) || byVersion(a.version, b.version) || compare(a.text, b.text),
  );
  const names = fileNames(maps);
  return {
    maps: maps.map(({ text }, index) => ({ fileName: names[index] ?? '', text })),
    troubles,
  };
}

/** By code unit: the order of a language would depend on the machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** 1.0.0.10 comes after 1.0.0.9. */
function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let part = 0; part < 4; part += 1) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return compare(a, b);
}
