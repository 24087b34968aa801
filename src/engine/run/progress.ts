import type { JobDirection } from '../model/side.ts';

/** Where a run stands; handed out between batches, so that whoever drives it can show it or stop it there. */
export interface RunProgress {
  readonly mapping: string;
  readonly direction: JobDirection;
  readonly done: number;
  readonly total: number;
}
