import type { Files } from '../src/workspace/files.ts';

/** What the command line stands in. */
export interface Surroundings {
  readonly files: Files;
  /** The current folder, against which paths are resolved. */
  readonly folder: string;
  readonly locale: string;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}
