import type { Disk } from './disk.ts';

/** Who works on a store. */
export interface Owner {
  /** Of this opening: no two are alike. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** What the owner is to people: "VS Code", "dual-write sync run". */
  readonly name: string;
}

/** What a lock asks its surroundings. */
export interface LockHost {
  readonly owner: Owner;
  readonly now: () => number;
  /** Whether a process of this machine is alive. */
  readonly isAlive: (pid: number) => boolean;
}

export interface Lock {
  /** Whether the store is ours still: somebody may have taken it over while this machine slept. */
  readonly isHeld: () => boolean;
  /** Says that we are alive. To be called every few seconds, and between batches. */
  readonly beat: () => void;
  readonly release: () => void;
}

const LOCK = 'lock';
/** Held while a stale lock is replaced, so that two do not do so at once. */
const TAKEOVER = 'lock.takeover';
/** An owner that gave no sign for so long is gone, whatever process has its number now. */
export const STALE_MS = 60_000;

/** The lock, or who has it. A lock whose owner is gone is taken over. */
export function takeLock(disk: Disk, host: LockHost): Lock | Owner {
  const own = bytesOf(host.owner);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (disk.create(LOCK, own)) return heldLock(disk, host);
    const other = ownerIn(disk);
    // A thread of ours that ended without letting it go.
    if (other?.id === host.owner.id) return heldLock(disk, host);
    if (!isStale(disk, host, other)) return other ?? nobody;
    if (replaceStale(disk, host, own)) return heldLock(disk, host);
  }
  return ownerIn(disk) ?? nobody;
}

/** Whoever wrote a lock that can't be read. */
const nobody: Owner = { id: '', pid: 0, host: '', name: '' };

const ATTEMPTS = 3;

/** Whether nobody works on a store that somebody else had. */
export const isFree = (disk: Disk, host: LockHost): boolean =>
  disk.touchedAt(LOCK) === undefined || isStale(disk, host, ownerIn(disk));

export const isLock = (taken: Lock | Owner): taken is Lock => 'release' in taken;

function replaceStale(disk: Disk, host: LockHost, own: Uint8Array): boolean {
  const begun = disk.touchedAt(TAKEOVER);
  if (begun !== undefined && host.now() - begun > STALE_MS) disk.remove(TAKEOVER);
  if (!disk.create(TAKEOVER, own)) return false;
  try {
    // Looked at again: it may have been replaced just before.
    if (!isStale(disk, host, ownerIn(disk))) return false;
    disk.replace(LOCK, [own]);
    return true;
  } finally {
    disk.remove(TAKEOVER);
  }
}

function isStale(disk: Disk, { owner, now, isAlive }: LockHost, other: Owner | undefined): boolean {
  if (other?.host === owner.host && !isAlive(other.pid)) return true;
  const touched = disk.touchedAt(LOCK);
  return touched === undefined || now() - touched > STALE_MS;
}

function heldLock(disk: Disk, { owner, now }: LockHost): Lock {
  const isHeld = (): boolean => ownerIn(disk)?.id === owner.id;
  return {
    isHeld,
    beat() {
      if (isHeld()) disk.touch(LOCK, now());
    },
    release() {
      if (isHeld()) disk.remove(LOCK);
    },
  };
}

const bytesOf = (owner: Owner): Uint8Array => new TextEncoder().encode(JSON.stringify(owner));

/** Undefined where there is none, or none that can be read. */
function ownerIn(disk: Disk): Owner | undefined {
  try {
    const found: unknown = JSON.parse(new TextDecoder().decode(disk.read(LOCK)));
    return isOwner(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

const isOwner = (value: unknown): value is Owner =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  'pid' in value &&
  'host' in value &&
  'name' in value;
