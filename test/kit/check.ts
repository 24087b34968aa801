import { deepEqual, doesNotThrow, ok } from 'node:assert/strict';
import type { ProblemCode } from '../../src/problem/catalogue.ts';
import { analyse } from '../../src/service/analysis.ts';
import { type Diagnostic, diagnosticsOf } from '../../src/service/diagnostics.ts';
import { fixesOf } from '../../src/service/fixes.ts';
import type { DocumentFix } from '../../src/service/documentFix.ts';
import type { Document } from '../../src/service/workspace.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { readXml } from '../../src/text/xml.ts';
import { type MetadataTexts, workspaceWith } from './metadata.ts';

/** Messages are their keys here: what they say is tested with the languages. */
const keys = (key: string): string => key;

export const MAP_URI = 'file:///w/map.json';

/** The diagnostics of a document, all of them. */
export const check = (document: Document, metadata: MetadataTexts): readonly Diagnostic[] =>
  diagnosticsOf(analyse(document, workspaceWith(metadata)), keys);

/** `code text`: what is said, and about what. */
export const told = (document: Document, diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(({ code, span }) => `${code} ${document.text.slice(span.start, span.end)}`);

export const only = (
  diagnostics: readonly Diagnostic[],
  ...codes: readonly ProblemCode[]
): readonly Diagnostic[] => diagnostics.filter(({ code }) => codes.includes(code));

/** Every place lies in the document, and that of a filter between the filter's delimiters. */
export function checkPlaces(document: Document, diagnostics: readonly Diagnostic[]): void {
  for (const { code, span, filter } of diagnostics) {
    const outer = filter?.span ?? { start: 0, end: document.text.length };
    ok(
      outer.start <= span.start && span.start <= span.end && span.end <= outer.end,
      `${code} ${span.start}..${span.end} is outside ${outer.start}..${outer.end}`,
    );
  }
}

export const fixesFor = (
  diagnostic: Diagnostic,
  document: Document,
  metadata: MetadataTexts,
): readonly DocumentFix[] => fixesOf(diagnostic, document, workspaceWith(metadata), keys);

/** What a workspace holds after a fix: the document and the metadata, read anew. */
export function applied(
  { change }: DocumentFix,
  document: Document,
  metadata: MetadataTexts,
): { readonly document: Document; readonly metadata: MetadataTexts } {
  const texts: Record<string, string> = { ...metadata };
  let { text } = document;
  for (const { uri, edits } of change.edits) {
    if (uri === document.uri) text = applyEdits(text, edits);
    else {
      ok(texts[uri] !== undefined, `${uri} is edited and does not exist`);
      texts[uri] = applyEdits(texts[uri] ?? '', edits);
    }
  }
  for (const file of change.files) {
    ok(texts[file.uri] === undefined, `${file.uri} is created and exists`);
    texts[file.uri] = file.text;
  }
  return { document: { ...document, text }, metadata: texts };
}

/** A document still is what it was: JSON that parses, XML in which everything is closed. */
export function checkWhole({ text, side }: Document): void {
  if (side !== undefined) return;
  if (text.replace('\uFEFF', '').startsWith('<')) deepEqual(readXml(text).problems, []);
  else doesNotThrow(() => JSON.parse(text.replace('\uFEFF', '')));
}
