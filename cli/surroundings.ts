import type { Files } from '../src/workspace/files.ts';

/** What the command line stands in. */
export interface Surroundings {
  readonly files: Files;
  /** Writes a file, a text as UTF-8, and the folders above it where there are none. */
  readonly write: (uri: string, content: string | Uint8Array) => Promise<void>;
  /** Whether a folder stands there. */
  readonly isFolder: (uri: string) => Promise<boolean>;
  /** All of standard input. */
  readonly input: () => Promise<string>;
  /** The current folder, against which paths are resolved. */
  readonly folder: string;
  readonly locale: string;
  /** Milliseconds since 1970; the clock of the machine if absent. */
  readonly now?: () => number;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}
