import { getLocation, type JSONPath } from 'jsonc-parser';
import type { Rehearsal } from '../../live/model.ts';
import { happeningCodes } from '../../live/texts.ts';
import type { Side } from '../../map/model.ts';
import type { Span } from '../../text/span.ts';
import type { KnownNames } from './names.ts';

/** A name that fits at a place of a rehearsal. */
export interface RehearsalOffer {
  readonly name: string;
  readonly kind: 'map' | 'table' | 'field' | 'code';
  /** What the name takes the place of, quotes and all; empty where nothing is written yet. */
  readonly span: Span;
}

/** Names of maps, tables, fields and codes; properties and fixed values are those of the schema. */
export function rehearsalOffers(
  text: string,
  offset: number,
  rehearsal: Rehearsal,
  names: KnownNames,
): readonly RehearsalOffer[] {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const found = isAtPropertyKey
    ? namesAtKey(path.slice(0, -1), rehearsal, names)
    : namesAtValue(path, rehearsal, names);
  if (found === undefined) return [];
  const span =
    previousNode?.type === 'string'
      ? { start: previousNode.offset, end: previousNode.offset + previousNode.length }
      : { start: offset, end: offset };
  const unique = new Map(found.names.map((name) => [name.toLowerCase(), name]));
  return [...unique.values()].map((name) => ({ name, kind: found.kind, span }));
}

interface Found {
  readonly kind: RehearsalOffer['kind'];
  readonly names: readonly string[];
}

const sideOf = (segment: unknown): Side => (segment === 'dataverse' ? 'dataverse' : 'fo');

/** @param path that of the object whose property is written. */
function namesAtKey(path: JSONPath, rehearsal: Rehearsal, names: KnownNames): Found | undefined {
  const [first, second, third, , fifth] = path;
  if (first === 'rows') {
    if (path.length === 2) return { kind: 'table', names: names.tables(sideOf(second)) };
    return path.length === 4
      ? { kind: 'field', names: names.fields(sideOf(second), String(third)) }
      : undefined;
  }
  if (first !== 'steps') return undefined;
  if (third === 'expect') {
    if (path.at(-1) === 'maps') return { kind: 'map', names: names.maps };
    if (path[3] !== 'rows') return undefined;
    if (path.length === 5) return { kind: 'table', names: names.tables(sideOf(path[4])) };
    return path.length === 7
      ? { kind: 'field', names: names.fields(sideOf(path[4]), String(path[5])) }
      : undefined;
  }
  if (third !== 'changes' || !CELLS.has(String(fifth))) return undefined;
  const step = rehearsal.steps[Number(second)];
  const change = step?.kind === 'transaction' ? step.changes[Number(path[3])] : undefined;
  if (step?.kind !== 'transaction' || change === undefined) return undefined;
  return { kind: 'field', names: names.fields(step.side, change.table.value) };
}

const CELLS = new Set(['where', 'values']);
const OPERATIONS = new Set(['insert', 'update', 'delete']);

function namesAtValue(path: JSONPath, rehearsal: Rehearsal, names: KnownNames): Found | undefined {
  const [first, second, third] = path;
  const last = path.at(-1);
  if (first === 'environment') {
    if (second === 'states' && last === 'map') return { kind: 'map', names: names.maps };
    if (last === 'table' && second !== 'assume') {
      return { kind: 'table', names: names.tables('dataverse') };
    }
    return last === 'entity' || last === 'table'
      ? { kind: 'table', names: names.tables('fo') }
      : undefined;
  }
  if (first !== 'steps') return undefined;
  if (third === 'expect') {
    if (path[3] === 'happens') return { kind: 'code', names: happeningCodes };
    return path[3] === 'map' ? { kind: 'map', names: names.maps } : undefined;
  }
  if (third === 'map') return { kind: 'map', names: names.maps };
  if (third !== 'changes' || path.length !== 5 || !OPERATIONS.has(String(last))) return undefined;
  const step = rehearsal.steps[Number(second)];
  const side = step?.kind === 'transaction' ? step.side : 'fo';
  return { kind: 'table', names: names.tables(side) };
}
