import { deepEqual, ok } from 'node:assert/strict';
import type { Generated } from '../../src/generate/generated.ts';
import type { FieldMapping, Leg } from '../../src/map/model.ts';
import { readMapDocument } from '../../src/map/read.ts';
import type { ColumnTable } from '../../src/preview/columns.ts';
import { analyse } from '../../src/service/analysis.ts';
import { type Generator, type GeneratorKind, generatorsOf } from '../../src/service/generators.ts';
import type { Document } from '../../src/service/workspace.ts';
import { readXml } from '../../src/text/xml.ts';
import { applied, checkWhole } from './check.ts';
import { type MetadataTexts, workspaceWith } from './metadata.ts';

/** What surrounds a document: metadata, the legs of other maps, rows. */
export interface Around {
  readonly metadata: MetadataTexts;
  readonly legs?: readonly Leg[];
  readonly rows?: ColumnTable;
  /** The folder that metadata are written to. */
  readonly model?: string;
}

export const offered = (
  kind: GeneratorKind,
  document: Document,
  { metadata, model }: Around,
): readonly Generator[] => {
  const workspace = { ...workspaceWith(metadata), model };
  // Titles are their keys here.
  return generatorsOf(analyse(document, workspace), workspace, (key) => key).filter(
    (generator) => generator.kind === kind,
  );
};

/** What the first generator of a kind makes of a document. */
export async function generated(
  kind: GeneratorKind,
  document: Document,
  around: Around,
): Promise<Generated | undefined> {
  const [first] = offered(kind, document, around);
  return first?.make({
    exists: async (uri) => around.metadata[uri] !== undefined,
    legs: async () => around.legs ?? [],
    rowsOf: async () => around.rows,
  });
}

export interface After {
  readonly document: Document;
  readonly metadata: MetadataTexts;
  readonly notes: readonly string[];
}

/** The workspace with what was generated; every file that was touched is whole and has one kind of line end. */
export async function afterwards(
  kind: GeneratorKind,
  document: Document,
  around: Around,
): Promise<After> {
  const result = await generated(kind, document, around);
  ok(result, `${kind} is offered and can be made`);
  const fix = { title: '', preferred: false, change: result.change };
  const after = applied(fix, document, around.metadata);
  checkWhole(after.document);
  for (const [uri, text] of Object.entries(after.metadata)) {
    if (text === around.metadata[uri] || !uri.endsWith('.xml')) continue;
    deepEqual(readXml(text).problems, [], uri);
    const ends = new Set(text.match(/\r\n|\r|\n/gu));
    ok(ends.size <= 1, `${uri} mixes line ends`);
  }
  return { ...after, notes: result.notes.map(({ message }) => message) };
}

/** The first leg of a document, and its last field mapping. */
export function mappingIn(text: string): { readonly leg: Leg; readonly mapping: FieldMapping } {
  const leg = readMapDocument(text).value.maps[0]?.legs[0];
  const mapping = leg?.fieldMappings.at(-1);
  ok(leg && mapping);
  return { leg, mapping };
}
