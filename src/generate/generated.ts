import type { Metadata } from '../metadata/metadata.ts';
import type { MessageArguments } from '../problem/problem.ts';
import type { WorkspaceChange } from '../text/change.ts';

/** What a generator writes, and what a person should know about it. */
export interface Generated {
  /** Empty where everything is there already. */
  readonly change: WorkspaceChange;
  /** In the order to be told; the sentences are the messages `generate.MESSAGE`. */
  readonly notes: readonly Note[];
}

export interface Note {
  readonly message: string;
  readonly args?: MessageArguments;
}

/** What a generator that writes metadata finds there. */
export interface Target {
  readonly metadata: Metadata;
  /** Text of a metadata file; undefined where there is none. */
  readonly textOf: (uri: string) => string | undefined;
  /** The folder of the model that everything is written to; where it is not set, the model of the entity. */
  readonly model?: string | undefined;
}

export const noChange: WorkspaceChange = { edits: [], files: [] };

export const isEmpty = ({ edits, files }: WorkspaceChange): boolean =>
  edits.length + files.length === 0;

/** Changes of different files as one. */
export const together = (changes: readonly WorkspaceChange[]): WorkspaceChange => ({
  edits: changes.flatMap(({ edits }) => edits),
  files: changes.flatMap(({ files }) => files),
});
