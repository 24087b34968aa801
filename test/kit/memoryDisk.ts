import type { Disk } from '../../src/engine/disk/disk.ts';

export interface MemoryDisk extends Disk {
  readonly files: Map<string, Uint8Array>;
  /** Bytes that fit; a write that does not leaves what did. */
  room: number;
  /** Writes, removals and renames so far. */
  steps: number;
  /** The step at which the power fails, how much of its bytes are written then, and nothing after it. */
  cut: { readonly step: number; readonly part: number } | undefined;
}

export class PowerFailure extends Error {}

/** A folder in memory, whose room and power can fail. */
export function memoryDisk(): MemoryDisk {
  const files = new Map<string, Uint8Array>();
  const touched = new Map<string, number>();
  let now = 0;
  const put = (name: string, before: Uint8Array, bytes: Uint8Array): void => {
    const cut = step();
    const others = [...files].reduce(
      (sum, [file, { length }]) => sum + (file === name ? 0 : length),
      0,
    );
    const fits = Math.min(bytes.length, Math.max(0, disk.room - others - before.length));
    const written = cut === undefined ? fits : Math.floor(bytes.length * cut);
    files.set(name, Buffer.concat([before, bytes.subarray(0, written)]));
    touched.set(name, (now += 1));
    if (cut !== undefined) throw new PowerFailure();
    if (fits < bytes.length) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
  };
  const step = (): number | undefined => {
    disk.steps += 1;
    const { cut } = disk;
    if (cut !== undefined && disk.steps > cut.step) throw new PowerFailure();
    return disk.steps === cut?.step ? cut.part : undefined;
  };
  const disk: MemoryDisk = {
    files,
    room: Infinity,
    steps: 0,
    cut: undefined,
    list: () => [...files.keys()],
    read: (name) => files.get(name),
    replace(name, parts) {
      const temporary = `${name}.tmp`;
      try {
        put(temporary, new Uint8Array(), Buffer.concat(parts));
      } catch (error) {
        if (!(error instanceof PowerFailure)) files.delete(temporary);
        throw error;
      }
      if (step() !== undefined) throw new PowerFailure();
      files.set(name, files.get(temporary) ?? new Uint8Array());
      files.delete(temporary);
    },
    append: (name, at, bytes) =>
      put(name, (files.get(name) ?? new Uint8Array()).slice(0, at), bytes),
    create(name, bytes) {
      if (files.has(name)) return false;
      put(name, new Uint8Array(), bytes);
      return true;
    },
    remove(name) {
      if (step() !== undefined) throw new PowerFailure();
      files.delete(name);
    },
    touchedAt: (name) => touched.get(name),
    touch: (name, at) => void touched.set(name, at),
  };
  return disk;
}
