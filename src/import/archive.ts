import { unzipSync, type UnzipFileInfo } from 'fflate';

/** A file by its place in a folder or an archive. */
export interface PlacedFile {
  /** With `/` between folders, and between an archive and what is in it. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Why a file of an archive is not read. `broken`: it is no archive, or encrypted, or its sizes are wrong. `cab`: a
 * cabinet. `large`, `many`, `deep`: more than anybody exports. `outside`: its name leads out of the archive.
 */
export type ArchiveTrouble = 'broken' | 'cab' | 'large' | 'many' | 'deep' | 'outside';

export interface Unpacked {
  readonly files: readonly PlacedFile[];
  readonly troubles: readonly { readonly path: string; readonly kind: ArchiveTrouble }[];
}

export interface ArchiveLimits {
  /** Of everything that is unpacked, archives in archives included. */
  readonly bytes: number;
  readonly entries: number;
  /** Archives in archives: a package holds solutions. */
  readonly depth: number;
}

const defaultLimits: ArchiveLimits = { bytes: 256 * 2 ** 20, entries: 20_000, depth: 3 };

/** The files themselves and, instead of archives among them, what of those may hold maps. Never throws. */
export function unpacked(
  files: readonly PlacedFile[],
  limits: ArchiveLimits = defaultLimits,
): Unpacked {
  const found: PlacedFile[] = [];
  const troubles: { readonly path: string; readonly kind: ArchiveTrouble }[] = [];
  let left = limits.bytes;
  let entries = limits.entries;

  const open = ({ path, bytes }: PlacedFile, depth: number): void => {
    const trouble = (kind: ArchiveTrouble, at = path): void =>
      void troubles.push({ path: at, kind });
    if (isCabinet(bytes)) {
      trouble('cab');
    } else if (!isZip(bytes)) {
      found.push({ path, bytes });
    } else if (depth >= limits.depth) {
      trouble('deep');
    } else {
      const infos = entriesOf(bytes);
      if (infos === undefined) return trouble('broken');
      entries -= infos.length;
      if (entries < 0) return trouble('many');
      for (const [index, info] of infos.entries()) {
        const name = info.name.replaceAll('\\', '/');
        const place = `${path}/${name}`;
        if (leadsOutside(name)) {
          trouble('outside', place);
        } else if (!isWanted(name)) {
          continue;
        } else if (info.originalSize > left) {
          trouble('large', place);
        } else {
          left -= info.originalSize;
          const content = contentOf(bytes, index, info);
          if (content === undefined) trouble('broken', place);
          else open({ path: place, bytes: content }, depth + 1);
        }
      }
    }
  };
  for (const file of files) open(file, 0);
  return { files: found, troubles };
}

const startsWith = (bytes: Uint8Array, signature: string): boolean =>
  Array.from(signature, (letter) => letter.codePointAt(0)).every(
    (code, index) => bytes[index] === code,
  );

/** With files, or, as an empty archive is, without. */
const isZip = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 'PK\u0003\u0004') || startsWith(bytes, 'PK\u0005\u0006');

const isCabinet = (bytes: Uint8Array): boolean => startsWith(bytes, 'MSCF');

const isWanted = (name: string): boolean => /\.(?:xml|jsonc?|zip|cab)$/iu.test(name);

const leadsOutside = (name: string): boolean =>
  /^(?:\/|[a-z]:)/iu.test(name) || name.split('/').includes('..');

/** What the directory of an archive lists; undefined where there is none to read. */
function entriesOf(bytes: Uint8Array): readonly UnzipFileInfo[] | undefined {
  const entries: UnzipFileInfo[] = [];
  try {
    unzipSync(bytes, {
      filter(info) {
        entries.push(info);
        return false;
      },
    });
    return entries;
  } catch {
    return undefined;
  }
}

/** One entry, by its number: names may come twice. Undefined where it is not what the directory says. */
function contentOf(
  bytes: Uint8Array,
  wanted: number,
  { name, size, originalSize }: UnzipFileInfo,
): Uint8Array | undefined {
  // Deflate never makes more of a file: one that says so hides how large it really is.
  if (size > originalSize + originalSize / 1000 + 64) return undefined;
  let index = -1;
  const filter = (): boolean => {
    index += 1;
    return index === wanted;
  };
  try {
    const content = unzipSync(bytes, { filter })[name];
    return content?.length === originalSize ? content : undefined;
  } catch {
    return undefined;
  }
}
