import type { AnalysedDocument } from '../service/analysis.ts';
import { entitiesOf } from '../service/trackedDataSources.ts';
import type { Workspace } from '../service/workspace.ts';
import type { Span } from '../text/span.ts';
import { type Configuration, type Place, readConfiguration } from './configuration.ts';
import { type Finding, type Rule, RULES } from './finding.ts';
import type { LoadedConfiguration } from './load.ts';
import { checkMaps } from './maps.ts';
import { checkRecords } from './records.ts';
import { checkTracked } from './tracked.ts';

export interface Health {
  readonly configuration: Configuration;
  readonly findings: readonly Finding[];
  /** How many maps of the workspace it was held against. */
  readonly maps: number;
  /** Tables that can't be read, with the reason. */
  readonly unread: LoadedConfiguration['unread'];
}

/** Exported configuration held against itself, the maps of the workspace and the metadata. */
export function checkHealth(
  { files, unread }: LoadedConfiguration,
  documents: readonly AnalysedDocument[],
  workspace: Workspace,
): Health {
  const configuration = readConfiguration(files);
  const legs = documents.flatMap(({ document: { uri }, map: { maps } }) =>
    maps.flatMap((map) => map.legs.map((leg) => ({ map: map.name || uri, leg, uri }))),
  );
  const entities = entitiesOf(legs, workspace.metadata, workspace.entityNames);
  const order = Object.keys(RULES);
  const findings = [
    ...checkRecords(configuration),
    ...checkMaps(configuration, documents, workspace),
    ...checkTracked(configuration, entities, workspace.metadata),
  ].toSorted((a, b) => order.indexOf(a.rule) - order.indexOf(b.rule));
  return {
    configuration,
    findings,
    maps: documents.reduce((sum, { map }) => sum + map.maps.length, 0),
    unread,
  };
}

export const severityOf = (rule: Rule): (typeof RULES)[Rule] => RULES[rule];

/** Where a record stands in its text: at its value, as often as rows before it have the same; else at the start. */
export function spanOf({ file, row, value }: Place): Span {
  const { text, table } = file;
  if (text === undefined || value === '') return { start: 0, end: 0 };
  if (row > MOST_COUNTED) return placed(text.indexOf(value), value);
  const rowsBefore = Array.from({ length: row }, (_, index) => index).filter((index) =>
    table.columns.some(({ cells, ids }) => cells[ids[index] ?? 0]?.includes(value) === true),
  ).length;
  let at = text.indexOf(value);
  let last = at;
  for (let count = 0; count < rowsBefore && at >= 0; count++) {
    last = at;
    at = text.indexOf(value, at + value.length);
  }
  return placed(at >= 0 ? at : last, value);
}

/** Past so many rows the first place with the value is near enough. */
const MOST_COUNTED = 10_000;

const placed = (at: number, value: string): Span =>
  at < 0 ? { start: 0, end: 0 } : { start: at, end: at + value.length };
