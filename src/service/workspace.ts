import type { Metadata } from '../metadata/metadata.ts';
import { noMetadata } from '../metadata/metadataOf.ts';
import type { EntityNames } from '../metadata/resolve.ts';
import { defaultContext, type StatementContext } from '../preview/statementContext.ts';
import { type DiagnosticOptions, everything } from './diagnosticOptions.ts';

/** What surrounds a document and decides what can be said about it. */
export interface Workspace {
  readonly metadata: Metadata;
  readonly entityNames: EntityNames;
  readonly statement: StatementContext;
  /** The text of a metadata file, to write something into it. */
  readonly textOf: (uri: string) => string | undefined;
  readonly diagnostics: DiagnosticOptions;
  /** The folder of the model that generated metadata go to; where it is not set, the model of the entity. */
  readonly model?: string | undefined;
  /** Metadata are still being read: what is missing now may be there in a moment, so nothing is said of it. */
  readonly isIndexing?: boolean;
}

export const emptyWorkspace: Workspace = {
  metadata: noMetadata,
  entityNames: {},
  statement: defaultContext,
  textOf: () => undefined,
  diagnostics: everything,
};

/** A document as an editor or the command line hands it over. */
export interface Document {
  readonly uri: string;
  readonly text: string;
  /** Set where the whole document is one filter. */
  readonly side?: 'fo' | 'dataverse';
}
