import { readdirSync } from 'node:fs';
import { URI } from 'vscode-uri';
import type { Happening, StepResult } from '../../src/live/model.ts';
import { readMapDocument } from '../../src/map/read.ts';
import { legsIn, type Rehearsed, rehearseText } from '../../src/service/rehearsal/rehearsal.ts';
import { nodeFiles } from '../../src/workspace/nodeFiles.ts';
import { type MetadataTexts, metadataIn } from './metadata.ts';
import { pathInRepository, readInRepository } from './repository.ts';

const FOLDER = 'samples/rehearsals';

export const sampleRehearsals = (): readonly string[] =>
  readdirSync(pathInRepository(FOLDER)).filter((name) => name.endsWith('.rehearsal.json'));

/** Plays a sample; `change` makes another text of it. */
export function playSample(
  name: string,
  change: (text: string) => string = (text) => text,
): Promise<Rehearsed> {
  const path = `${FOLDER}/${name}`;
  const uri = URI.file(pathInRepository(path)).toString();
  return rehearseText(uri, change(readInRepository(path)), {
    files: nodeFiles,
    maps: async () => [],
    metadata: async () => metadataIn({}),
    entityNames: {},
  });
}

/** Plays a rehearsal against maps and metadata that a test writes. */
export function play(
  rehearsal: object | string,
  maps: readonly object[],
  metadata: MetadataTexts = {},
): Promise<Rehearsed> {
  const text = typeof rehearsal === 'string' ? rehearsal : JSON.stringify(rehearsal, undefined, 2);
  return rehearseText('file:///w/a.rehearsal.json', text, {
    files: { list: async () => [], read: async () => new Uint8Array() },
    maps: async () =>
      maps.flatMap((map) => legsIn(readMapDocument(JSON.stringify(map)).value, 'map.json')),
    metadata: async () => metadataIn(metadata),
    entityNames: {},
  });
}

/** `filter.new.false`: what happens in a step. */
export const codesOf = ({ happenings }: Pick<StepResult, 'happenings'>): readonly string[] =>
  happenings.map(({ kind, code }: Happening) => `${kind}.${code}`);
