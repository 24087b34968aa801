import type { FieldMapping } from '../map/model.ts';
import { key } from '../metadata/merge.ts';
import type { Metadata } from '../metadata/metadata.ts';
import type { DataSource, Entity, EntityField } from '../metadata/model.ts';
import { columnsRead } from './computedFrom.ts';
import {
  dataSourceNamed,
  fieldIn,
  nestedNamed,
  outerReadOnlyAbove,
  sourceOf,
} from './fieldSource.ts';
import { type MappingMethod, mappingMethodOf } from './mappingMethod.ts';
import type { Doubt, FieldTracking, MappedLeg, PlacedMapping, Reason, Verdict } from './model.ts';

/** Whether a change in Finance and Operations flows through a mapping (`dualwrite.md` 1.3: 2 is the other way alone). */
export const isOutward = ({ direction }: FieldMapping): boolean => direction !== 2;

/** `transactioncurrencyid.isocurrencycode` is written to a lookup (`dualwrite.md` 1.3). */
const isLookup = ({ destinationField }: FieldMapping): boolean => destinationField.includes('.');

/** Judges the fields of an entity one by one, given the legs of the maps on it. */
export interface Tracker {
  readonly field: (name: string) => FieldTracking;
  readonly dataSource: (dataSource: DataSource) => Verdict;
  readonly method: MappingMethod | undefined;
  /** The names of fields that the legs map, as they write them first. */
  readonly mapped: readonly string[];
}

/**
 * @param entity undefined where it is not known: then the mappings alone tell what can be told.
 */
export function trackerOf(
  entity: Entity | undefined,
  legs: readonly MappedLeg[],
  metadata: Metadata,
): Tracker {
  const mappings = mappingsByField(legs);
  const method = entity === undefined ? undefined : methodOf(entity, metadata);
  const named = new Set(method?.entries.map(({ table }) => key(table)));
  const judged = new Map<string, FieldTracking>();
  let open: ReadonlyMap<string, SourceMappings> | undefined;

  const ofDataSource = (name: string): SourceMappings => {
    open ??= mappingsBySource(entity, mappings);
    return open.get(key(name)) ?? NONE;
  };

  const field = (name: string): FieldTracking => {
    const before = judged.get(key(name));
    if (before !== undefined) return before;
    const known = entity === undefined ? undefined : fieldIn(entity, name);
    const own = mappings.get(key(name)) ?? [];
    const judgement: FieldTracking = {
      name: known?.name ?? own[0]?.mapping.sourceField ?? name,
      field: known,
      mappings: own,
      verdict: verdictOf(known, own),
    };
    judged.set(key(name), judgement);
    return judgement;
  };

  const verdictOf = (known: EntityField | undefined, own: readonly PlacedMapping[]): Verdict => {
    if (own.length === 0) return untracked({ kind: 'unmapped' });
    if (!own.some(({ mapping }) => isOutward(mapping))) return untracked({ kind: 'otherWay' });
    if (entity === undefined) return unknown({ kind: 'noEntity' });
    if (known === undefined) return unknown({ kind: 'noField' });
    switch (known.kind) {
      case 'virtual':
        return untracked({ kind: 'virtual' });
      case 'computed':
        return ofComputed(entity, known.method);
      case 'mapped':
        return ofMapped(entity, known);
    }
  };

  const ofMapped = (owner: Entity, known: Extract<EntityField, { kind: 'mapped' }>): Verdict => {
    const source = sourceOf(owner, known, metadata);
    const dataSource = dataSourceNamed(owner, known.dataSource);
    if (source.kind === 'table' && named.has(key(source.table))) {
      return { kind: 'tracked', by: 'method', table: source.table, field: source.field };
    }
    const outer = dataSource === undefined ? undefined : outerReadOnlyAbove(owner, dataSource);
    if (outer !== undefined) return untrackedUnlessNamed(outerReason(outer));
    if (source.kind === 'unknown') return unknown(source.doubt);
    if (source.path.length > 0) return nested(source.path, source.table);
    return ofDataSource(known.dataSource).plain > 0
      ? { kind: 'tracked', by: 'dataSource', table: source.table, field: source.field }
      : untracked({ kind: 'onlyLookups', dataSource: known.dataSource });
  };

  /** Nothing but its sources can tell of a change (`dualwrite.md` 4.6). */
  const ofComputed = (owner: Entity, methodName: string): Verdict => {
    const body = metadata.methodOf(owner.name, methodName);
    const reads = body === undefined ? undefined : columnsRead(body.source);
    const columns = reads?.map(({ dataSource, field: dataField }) =>
      readColumn(owner, dataSource, dataField),
    );
    const [first] = columns ?? [];
    if (columns !== undefined && first !== undefined) {
      if (columns.every((column) => column?.isTracked === true)) {
        const only = columns.length === 1 ? first.field : '';
        return { kind: 'tracked', by: 'computed', table: first.table, field: only };
      }
      return untrackedUnlessNamed({ kind: 'computed', method: methodName });
    }
    // Which tables its expression reads, is not known: the method may name them.
    return named.size > 0
      ? unknown({ kind: 'method' })
      : untrackedUnlessNamed({ kind: 'computed', method: methodName });
  };

  const readColumn = (
    owner: Entity,
    dataSource: string,
    dataField: string,
  ):
    { readonly table: string; readonly field: string; readonly isTracked: boolean } | undefined => {
    const table = dataSourceNamed(owner, dataSource)?.table;
    if (table === undefined) return undefined;
    const sameColumn = owner.fields.find(
      (candidate) =>
        candidate.kind === 'mapped' &&
        key(candidate.dataSource) === key(dataSource) &&
        key(candidate.dataField) === key(dataField),
    );
    const isTracked =
      named.has(key(table)) ||
      (sameColumn !== undefined && field(sameColumn.name).verdict.kind === 'tracked');
    return { table, field: dataField, isTracked };
  };

  const untrackedUnlessNamed = (reason: Reason): Verdict =>
    method?.isWhole === false ? unknown({ kind: 'method' }) : untracked(reason);

  const outerReason = ({ name, origin }: DataSource): Reason => ({
    kind: 'outerReadOnly',
    dataSource: name,
    origin,
  });

  /** Through one entity dual-write usually finds the table; SEED's scenario has two between, and no row. */
  const nested = (path: readonly string[], table: string): Verdict => {
    const between = { kind: 'nested', path, table } as const;
    return path.length > 1 ? untrackedUnlessNamed(between) : unknown(between);
  };

  const dataSource = (source: DataSource): Verdict => {
    const { table } = source;
    if (entity === undefined) return unknown({ kind: 'noEntity' });
    if (named.has(key(table))) return { kind: 'tracked', by: 'method', table, field: '' };
    const outer = outerReadOnlyAbove(entity, source);
    if (outer !== undefined) return untrackedUnlessNamed(outerReason(outer));
    const { plain, lookups, inward } = ofDataSource(source.name);
    if (plain + lookups === 0) {
      return untracked({ kind: inward > 0 ? 'otherWay' : 'unmapped' });
    }
    const between = nestedNamed(table, metadata);
    if (between !== undefined) {
      return unknown({ kind: 'nested', path: [between.name], table: between.name });
    }
    if (metadata.tableNamed(table) === undefined) return unknown({ kind: 'noTable', table });
    return plain > 0
      ? { kind: 'tracked', by: 'dataSource', table, field: '' }
      : untracked({ kind: 'onlyLookups', dataSource: source.name });
  };

  const names = [...mappings.values()].flatMap(([first]) => first?.mapping.sourceField ?? []);
  return { field, dataSource, method, mapped: names };
}

const untracked = (reason: Reason): Verdict => ({ kind: 'untracked', reason });
const unknown = (reason: Doubt): Verdict => ({ kind: 'unknown', reason });

/** The method of an entity does not hang on the maps: read once per metadata. */
const methods = new WeakMap<Metadata, Map<string, MappingMethod | undefined>>();

function methodOf({ name }: Entity, metadata: Metadata): MappingMethod | undefined {
  const known = methods.get(metadata) ?? new Map<string, MappingMethod | undefined>();
  methods.set(metadata, known);
  if (!known.has(key(name))) known.set(key(name), mappingMethodOf(name, metadata));
  return known.get(key(name));
}

function mappingsByField(
  legs: readonly MappedLeg[],
): ReadonlyMap<string, readonly PlacedMapping[]> {
  const fields = new Map<string, PlacedMapping[]>();
  for (const { map, leg } of legs) {
    for (const mapping of leg.fieldMappings) {
      const name = key(mapping.sourceField);
      // A default value alone has no field here.
      if (name === '') continue;
      const known = fields.get(name);
      if (known === undefined) fields.set(name, [{ map, leg, mapping }]);
      else known.push({ map, leg, mapping });
    }
  }
  return fields;
}

/** How many mappings the fields of a data source have towards Dataverse, and how many only back. */
interface SourceMappings {
  readonly plain: number;
  readonly lookups: number;
  readonly inward: number;
}

const NONE: SourceMappings = { plain: 0, lookups: 0, inward: 0 };

function mappingsBySource(
  entity: Entity | undefined,
  mappings: ReadonlyMap<string, readonly PlacedMapping[]>,
): ReadonlyMap<string, SourceMappings> {
  const sources = new Map<string, SourceMappings>();
  if (entity === undefined) return sources;
  for (const [name, placed] of mappings) {
    const field = fieldIn(entity, name);
    if (field?.kind !== 'mapped') continue;
    const source = key(field.dataSource);
    let { plain, lookups, inward } = sources.get(source) ?? NONE;
    for (const { mapping } of placed) {
      if (!isOutward(mapping)) inward += 1;
      else if (isLookup(mapping)) lookups += 1;
      else plain += 1;
    }
    sources.set(source, { plain, lookups, inward });
  }
  return sources;
}
