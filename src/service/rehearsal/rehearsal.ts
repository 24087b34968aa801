import { Utils, URI } from 'vscode-uri';
import type { Translate } from '../../problem/message.ts';
import type { Problem } from '../../problem/problem.ts';
import { readMapDocument } from '../../map/read.ts';
import type { MapDocument } from '../../map/model.ts';
import type { Metadata } from '../../metadata/metadata.ts';
import { metadataOf } from '../../metadata/metadataOf.ts';
import type { EntityNames } from '../../metadata/resolve.ts';
import { type Knowledge, type NamedLeg } from '../../live/legs.ts';
import type { Placed, Rehearsal, StepResult } from '../../live/model.ts';
import { readRehearsal } from '../../live/read.ts';
import { rehearse } from '../../live/rehearse.ts';
import { decodeText, type Files } from '../../workspace/files.ts';
import { mayHoldMap } from '../../workspace/kinds.ts';
import { loadMetadata } from '../../workspace/load.ts';
import { checkRehearsalNames } from './names.ts';

/** Where a rehearsal finds maps and metadata. */
export interface RehearsalSurroundings {
  /** As edited, else as it stands on disk. */
  readonly files: Files;
  /** What counts where a rehearsal names none of its own. */
  readonly maps: () => Promise<readonly NamedLeg[]>;
  readonly metadata: () => Promise<Metadata>;
  readonly entityNames: EntityNames;
}

/** A rehearsal that was played. Places of problems and results count in its text. */
export interface Rehearsed {
  readonly uri: string;
  readonly text: string;
  readonly rehearsal: Rehearsal;
  readonly knowledge: Knowledge;
  readonly results: readonly StepResult[];
  readonly problems: readonly Problem[];
}

export async function rehearseText(
  uri: string,
  text: string,
  around: RehearsalSurroundings,
): Promise<Rehearsed> {
  const { value: rehearsal, problems } = readRehearsal(text);
  const maps = await mapsOf(uri, rehearsal, around);
  const metadata = await metadataFor(uri, rehearsal, around);
  const knowledge: Knowledge = {
    maps: maps.found,
    metadata: metadata.found,
    entityNames: around.entityNames,
  };
  const results = rehearse(rehearsal, knowledge);
  return {
    uri,
    text,
    rehearsal,
    knowledge,
    results,
    problems: [
      ...problems,
      ...[...maps.missing, ...metadata.missing].map(notThere),
      ...checkRehearsalNames(rehearsal, knowledge),
      ...results.flatMap(({ failures }) =>
        failures.map(({ code, span, args }): Problem => ({
          code: 'rehearsal-failed',
          variant: code,
          span,
          args,
        })),
      ),
    ],
  };
}

const notThere = ({ value, span }: Placed<string>): Problem => ({
  code: 'rehearsal-unknown',
  variant: 'file',
  span,
  args: { name: value },
});

interface Found<T> {
  readonly found: T;
  readonly missing: readonly Placed<string>[];
}

async function mapsOf(
  uri: string,
  { maps, writtenMaps }: Rehearsal,
  around: RehearsalSurroundings,
): Promise<Found<readonly NamedLeg[]>> {
  if (maps.length + writtenMaps.length === 0) return { found: await around.maps(), missing: [] };
  const { uris, missing } = await filesNamed(uri, maps, around.files);
  const found = writtenMaps.flatMap((text) => legsIn(readMapDocument(text).value, uri));
  for (const each of uris.filter(mayHoldMap)) {
    const text = await textAt(each, around.files);
    if (text !== undefined) found.push(...legsIn(readMapDocument(text).value, each));
  }
  return { found, missing };
}

async function metadataFor(
  uri: string,
  { metadata }: Rehearsal,
  around: RehearsalSurroundings,
): Promise<Found<Metadata>> {
  if (metadata.length === 0) return { found: await around.metadata(), missing: [] };
  const { uris, missing } = await filesNamed(uri, metadata, around.files);
  const loaded = await loadMetadata(around.files, uris);
  return { found: metadataOf(loaded.map(({ file }) => file)), missing };
}

/** All files at places that are named from a file on, each once. */
async function filesNamed(
  uri: string,
  named: readonly Placed<string>[],
  files: Files,
): Promise<{ readonly uris: readonly string[]; readonly missing: readonly Placed<string>[] }> {
  const folder = Utils.dirname(URI.parse(uri));
  const uris = new Set<string>();
  const missing: Placed<string>[] = [];
  for (const each of named) {
    const found = await files.list(Utils.resolvePath(folder, each.value).toString());
    if (found.length === 0) missing.push(each);
    for (const file of found) uris.add(file);
  }
  return { uris: [...uris], missing };
}

async function textAt(uri: string, files: Files): Promise<string | undefined> {
  try {
    return decodeText(await files.read(uri));
  } catch {
    return undefined;
  }
}

/** The legs of a document with their filters. */
export const legsIn = ({ maps, sites }: MapDocument, uri: string): readonly NamedLeg[] =>
  maps.flatMap(({ name, legs }) =>
    legs.map((leg) => ({
      map: name === '' ? uri : name,
      leg,
      sites: sites.filter((site) => site.leg === leg),
    })),
  );

/** How many of the steps are not as they are expected to be. */
export const notMet = ({ results }: Rehearsed): number =>
  results.filter(({ failures }) => failures.length > 0).length;

/** What a step is called. */
export function stepTitle(
  { step }: Pick<StepResult, 'step'>,
  index: number,
  say: Translate,
): string {
  switch (step.kind) {
    case 'transaction':
      return step.name === '' ? say('report.unnamed', { number: index + 1 }) : step.name;
    case 'action':
      return say('report.action', { action: step.action, map: step.map.value });
    case 'wait':
      return say('wait.days', { count: step.days });
  }
}
