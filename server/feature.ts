import type { Connection, Disposable, ServerCapabilities } from 'vscode-languageserver';
import type { guarded } from './guard.ts';
import type { Session } from './session.ts';

/** What a feature is registered with. */
export interface FeatureHost {
  readonly connection: Connection;
  readonly session: Session;
  readonly handle: ReturnType<typeof guarded>;
}

/** One thing an editor can ask for: what is announced, and who answers. A file each, listed in features.ts. */
export interface Feature {
  readonly capabilities: ServerCapabilities;
  readonly register: (host: FeatureHost) => Disposable;
}
