import { deepEqual } from 'node:assert/strict';
import type { Side } from '../../../../src/map/model.ts';
import { metadataOf } from '../../../../src/metadata/metadataOf.ts';
import { readMetadataFile } from '../../../../src/metadata/readFile.ts';
import { translator } from '../../../../src/problem/message.ts';
import { analyse, type AnalysedDocument } from '../../../../src/service/analysis.ts';
import { emptyWorkspace, type Workspace } from '../../../../src/service/workspace.ts';
import { applyEdits, type Edit } from '../../../../src/text/edit.ts';
import type { Span } from '../../../../src/text/span.ts';
import { type Hosted, hostsOf } from '../../../kit/hosts.ts';

export const en = translator('en');

/** A filter with `⟦marked⟧` stretches and a caret `¦`, both left out of the text. Texts hold neither. */
export interface Marked {
  readonly text: string;
  readonly caret: number;
  readonly spans: readonly Span[];
}

export function marked(fixture: string): Marked {
  let text = '';
  let caret = -1;
  const open: number[] = [];
  const spans: Span[] = [];
  for (const unit of fixture) {
    if (unit === '¦') caret = text.length;
    else if (unit === '⟦') open.push(text.length);
    else if (unit === '⟧') spans.push({ start: open.pop() ?? 0, end: text.length });
    else text += unit;
  }
  return { text, caret, spans: spans.toSorted(byPlace) };
}

export const byPlace = (a: Span, b: Span): number => a.start - b.start || b.end - a.end;

/** Runs a check on the filter in every document a filter lives in; a span of the filter becomes one of the document. */
export function inEveryHost(
  filter: string,
  side: Side,
  check: (document: AnalysedDocument, host: Hosted, spanOf: (span: Span) => Span) => void,
  workspace: Workspace = emptyWorkspace,
): void {
  for (const host of hostsOf(filter, side)) {
    const document = analyse(host.document, workspace);
    try {
      check(document, host, ({ start, end }) => ({
        start: host.offsetOf(start),
        end: host.offsetOf(end),
      }));
    } catch (error) {
      if (error instanceof Error) error.message = `${host.name}: ${error.message}`;
      throw error;
    }
  }
}

/** What a filter reads like behind edits of its document: they must keep whatever stands around it. */
export function filterAfter(document: AnalysedDocument, edits: readonly Edit[]): string {
  const text = applyEdits(document.document.text, edits);
  const after = analyse({ ...document.document, text }, emptyWorkspace);
  deepEqual(after.filters.length, document.filters.length, 'the document lost a filter');
  const index = document.filters.findIndex(({ site }) => site.text.value.trim() !== '');
  return after.filters[index]?.site.text.value ?? '';
}

export const entityUri = 'file:///workspace/AxDataEntityView/ProjectEntity.xml';
export const entityText = `<?xml version="1.0" encoding="utf-8"?>
<AxDataEntityView xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
  <Name>ProjectEntity</Name>
  <Label>Projects</Label>
  <Fields>
    <AxDataEntityViewField xmlns="" i:type="AxDataEntityViewMappedField">
      <Name>ParentProject</Name>
      <DataField>ProjId</DataField>
      <DataSource>Parent</DataSource>
    </AxDataEntityViewField>
    <AxDataEntityViewField xmlns="" i:type="AxDataEntityViewUnmappedFieldString">
      <Name>Shown</Name>
      <ComputedFieldMethod>shown</ComputedFieldMethod>
      <IsComputedField>Yes</IsComputedField>
    </AxDataEntityViewField>
  </Fields>
</AxDataEntityView>
`;

/** One entity, labelled Projects, in a file at `entityUri`. */
export const projects: Workspace = {
  ...emptyWorkspace,
  metadata: metadataOf([readMetadataFile(entityUri, entityText)]),
  textOf: (uri) => (uri === entityUri ? entityText : undefined),
};

/** A map with field mappings. Names of both sides stand in the order of the arguments. */
export function mapWith(
  fo: string,
  dataverse: string,
  mappings: readonly object[],
  sourceSchema = 'Projects',
): string {
  const legs = [
    {
      id: '001',
      sourceSchema,
      sourceFilter: fo,
      destinationSchema: 'msdyn_projects',
      reversedSourceFilter: dataverse,
      fieldMappings: mappings,
    },
  ];
  return JSON.stringify({ name: `[${sourceSchema}] - [msdyn_projects]`, legs }, null, 2);
}
