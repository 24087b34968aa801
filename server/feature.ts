import type {
  ClientCapabilities,
  Connection,
  Disposable,
  ServerCapabilities,
} from 'vscode-languageserver';
import type { Files } from '../src/workspace/files.ts';
import type { guarded } from './guard.ts';
import type { RowService } from './rows/rows.ts';
import type { Session } from './session.ts';
import type { SyncErrors } from './sync/syncErrors.ts';
import type { StartSyncThread } from './sync/syncThreads.ts';

/** What a feature is registered with. */
export interface FeatureHost {
  readonly connection: Connection;
  readonly session: Session;
  /** The disk, for what no index holds: archives. */
  readonly files: Files;
  readonly handle: ReturnType<typeof guarded>;
  readonly rows: RowService;
  readonly syncThread: StartSyncThread;
  readonly syncErrors: SyncErrors;
  /** URIs of the workspace folders. */
  readonly folders: () => readonly string[];
  /** The language of the editor, a BCP 47 tag. */
  readonly locale: () => string;
  /** What the editor can do, known once it has said so. */
  readonly editor: () => ClientCapabilities;
}

/** One thing an editor can ask for: what is announced, and who answers. A file each, listed in features.ts. */
export interface Feature {
  readonly capabilities: ServerCapabilities;
  readonly register: (host: FeatureHost) => Disposable;
  /** The editor is ready: what is registered for some documents alone is registered now. */
  readonly initialized?: (host: FeatureHost) => void;
  /** Metadata, settings or folders changed: what an editor shows of this may be outdated. */
  readonly surroundingsChanged?: (host: FeatureHost) => void;
  /** A document was opened, edited or closed. */
  readonly documentChanged?: (host: FeatureHost, uri: string) => void;
  /** Diagnostics of all files were asked for, and answered. */
  readonly workspaceReported?: (host: FeatureHost) => void;
  /** Files came, changed or went on disk. */
  readonly filesChanged?: (host: FeatureHost, uris: readonly string[]) => void;
}
