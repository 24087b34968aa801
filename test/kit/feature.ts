import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Side } from '../../src/map/model.ts';
import { metadataOf } from '../../src/metadata/metadataOf.ts';
import { readMetadataFile } from '../../src/metadata/readFile.ts';
import { type Translate, translator } from '../../src/problem/message.ts';
import { analyse, type AnalysedDocument } from '../../src/service/analysis.ts';
import { completionsAt, type Completion } from '../../src/service/features/completion.ts';
import { editInDocument, type FilterPlace, placeAt } from '../../src/service/place.ts';
import { emptyWorkspace, type Workspace } from '../../src/service/workspace.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { isMetadataFile } from '../../src/workspace/kinds.ts';
import { type Hosted, hostsOf } from './hosts.ts';
import { pathInRepository } from './repository.ts';

/** A filter with a caret, and what surrounds it. */
export interface Fixture {
  readonly side?: Side;
  readonly sourceSchema?: string;
  readonly fieldMappings?: readonly object[];
  readonly workspace?: Workspace;
}

/** A caret in a filter in one of its hosts. */
export interface Caret {
  readonly hosted: Hosted;
  readonly analysed: AnalysedDocument;
  readonly place: FilterPlace;
  readonly workspace: Workspace;
}

export const english: Translate = translator('en');

export const TODAY = '2026-11-21';

/** The metadata of samples/, with the entity `Projects` of the seed. */
export function sampleWorkspace(): Workspace {
  const folder = pathInRepository('samples/metadata');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const path = join(folder, name);
    return { path, uri: pathToFileURL(path).toString() };
  });
  const texts = new Map(
    files
      .filter(({ uri }) => isMetadataFile(uri))
      .map(({ uri, path }) => [uri, readFileSync(path, 'utf8')]),
  );
  return {
    ...emptyWorkspace,
    metadata: metadataOf([...texts].map(([uri, text]) => readMetadataFile(uri, text))),
    textOf: (uri) => texts.get(uri),
  };
}

/** Splits `A == |"x"` at its caret, which is a `|` that belongs to no `||`. */
export function caretOf(marked: string): { readonly filter: string; readonly offset: number } {
  const marks = [...marked.matchAll(/\|\||\|/gu)].filter(([text]) => text === '|');
  equal(marks.length, 1, `one caret in ${marked}`);
  const offset = marks[0]?.index ?? 0;
  return { filter: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

/** The caret in every host. A filter in a file of its own has no map around it: `needsMap` leaves that one out. */
export function caretsOf(marked: string, fixture: Fixture, needsMap: boolean): readonly Caret[] {
  const { filter, offset } = caretOf(marked);
  const workspace = fixture.workspace ?? emptyWorkspace;
  return hostsOf(filter, fixture.side, fixture.sourceSchema, fixture.fieldMappings)
    .filter(({ document }) => !needsMap || document.side === undefined)
    .map((hosted) => {
      const analysed = analyse(hosted.document, workspace);
      const place = placeAt(analysed, hosted.offsetOf(offset));
      ok(place, `${hosted.name}: a place in the filter`);
      equal(place.offset, offset, `${hosted.name}: the offset in the filter`);
      return { hosted, analysed, place, workspace };
    });
}

/** What a feature answers at the caret: the same in every host. */
export function everywhere<T>(
  marked: string,
  fixture: Fixture,
  feature: (caret: Caret) => T,
): T | undefined {
  const needsMap = fixture.sourceSchema !== undefined || fixture.fieldMappings !== undefined;
  const answers = caretsOf(marked, fixture, needsMap).map((caret) => ({
    name: caret.hosted.name,
    answer: feature(caret),
  }));
  const [first, ...others] = answers;
  for (const { name, answer } of others) deepEqual(answer, first?.answer, `${name}: ${marked}`);
  return first?.answer;
}

/** The text an offer inserts where an editor has no snippets. */
const insertedBy = ({ parts }: Completion): string =>
  parts.map((part) => (typeof part === 'string' ? part : part.fill)).join('');

/**
 * What is offered at the caret. Each offer is also applied, in every host: the document must stay readable and
 * hold exactly the filter that an editor of plain text would make of it.
 */
export function offersAt(marked: string, fixture: Fixture = {}): readonly Completion[] {
  const { filter } = caretOf(marked);
  const offers = everywhere(marked, fixture, ({ place, workspace, hosted, analysed }) => {
    const found = completionsAt(place, workspace, TODAY);
    for (const offer of found) {
      const edit = { span: offer.span, text: insertedBy(offer) };
      const text = applyEdits(hosted.document.text, [editInDocument(place.filter, edit)]);
      const after = analyse({ ...hosted.document, text }, workspace);
      const index = analysed.filters.indexOf(place.filter);
      const name = `${hosted.name}: ${offer.label}`;
      equal(after.filters[index]?.site.text.value, applyEdits(filter, [edit]), name);
      deepEqual(
        after.problems.filter(({ code }) => /^(?:json|xml)-/u.test(code)),
        [],
        name,
      );
    }
    return found;
  });
  return offers ?? [];
}

export const labelsAt = (marked: string, fixture: Fixture = {}): readonly string[] =>
  offersAt(marked, fixture).map(({ label }) => label);

/** The filter after the offer of that label was accepted. */
export function accepted(marked: string, label: string, fixture: Fixture = {}): string {
  const { filter } = caretOf(marked);
  const offer = offersAt(marked, fixture).find((candidate) => candidate.label === label);
  ok(offer, `${label} is offered at ${marked}`);
  return applyEdits(filter, [{ span: offer.span, text: insertedBy(offer) }]);
}
