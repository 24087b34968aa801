import type { FieldMapping, Leg } from '../map/model.ts';
import type { DataSource, Entity, EntityField, Origin } from '../metadata/model.ts';
import type { MappingMethod } from './mappingMethod.ts';

/** A leg on an entity, and the name of the map that it belongs to. */
export interface MappedLeg {
  readonly map: string;
  readonly leg: Leg;
}

/** Whether a change in Finance and Operations starts a synchronization, and why. */
export type Verdict =
  | {
      readonly kind: 'tracked';
      /**
       * `dataSource`: the data source is tracked itself; `method`: getEntityDataSourceToFieldMapping names the table;
       * `computed`: everything that the computed column is made of is tracked (`dualwrite.md` 4.6).
       */
      readonly by: 'dataSource' | 'method' | 'computed';
      readonly table: string;
      /** The field of the table; empty where a column is computed from several. */
      readonly field: string;
    }
  | { readonly kind: 'untracked'; readonly reason: Reason }
  | { readonly kind: 'unknown'; readonly reason: Doubt };

/** Why a change starts no synchronization (`dualwrite.md` 7.1 and the health check of section 6, F2 to F6). */
export type Reason =
  | { readonly kind: 'unmapped' }
  /** Mapped towards Finance and Operations only. */
  | { readonly kind: 'otherWay' }
  /** All mapped fields of the data source lead to lookups: health check 1500. */
  | { readonly kind: 'onlyLookups'; readonly dataSource: string }
  | { readonly kind: 'outerReadOnly'; readonly dataSource: string; readonly origin: Origin }
  | Nested
  | { readonly kind: 'computed'; readonly method: string }
  | { readonly kind: 'virtual' };

/** The table is reached through other entities: the case of SEED's sample scenario. */
export interface Nested {
  readonly kind: 'nested';
  /** The entities and views between, the outermost first. */
  readonly path: readonly string[];
  readonly table: string;
}

/** Why nothing certain can be said. */
export type Doubt =
  | { readonly kind: 'noEntity' }
  | { readonly kind: 'noField' }
  | { readonly kind: 'noDataSource'; readonly dataSource: string }
  | { readonly kind: 'noTable'; readonly table: string }
  | { readonly kind: 'cycle'; readonly entity: string }
  /** getEntityDataSourceToFieldMapping does more than can be read here. */
  | { readonly kind: 'method' }
  /** Through one entity dual-write usually finds its way by itself (SEED, sample scenario). */
  | Nested;

/** A field of the entity, or one that a map alone names. */
export interface FieldTracking {
  readonly name: string;
  readonly field: EntityField | undefined;
  readonly mappings: readonly PlacedMapping[];
  readonly verdict: Verdict;
}

export interface PlacedMapping extends MappedLeg {
  readonly mapping: FieldMapping;
}

export interface DataSourceTracking {
  readonly dataSource: DataSource;
  readonly verdict: Verdict;
  readonly fields: readonly FieldTracking[];
}

/**
 * A row that BusinessEventsDefinition is to have for the entity: a tracked table and what leads to it. RefTableName and
 * RefEntityName are its documented columns (`dualwrite.md` 1.6).
 */
export interface TrackedTable {
  readonly refTableName: string;
  readonly refEntityName: string;
  /** Fields of the table whose change counts; undefined where any may. */
  readonly fields: readonly string[] | undefined;
  /** The data sources, and the fields that getEntityDataSourceToFieldMapping names. */
  readonly causes: readonly string[];
}

/** What live synchronization notices of an entity, given the maps on it. */
export interface Tracking {
  readonly entity: Entity;
  readonly dataSources: readonly DataSourceTracking[];
  /** Computed and virtual fields, and those whose data source or field is not known. */
  readonly others: readonly FieldTracking[];
  readonly rows: readonly TrackedTable[];
  readonly method: MappingMethod | undefined;
}
