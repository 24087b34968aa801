import type { EmbeddedText } from '../text/embedded.ts';
import type { Span } from '../text/span.ts';

/** `fo`: Finance and Operations, X++ range expressions. `dataverse`: OData `$filter`. */
export type Side = 'fo' | 'dataverse';

/** Where a filter stands: its text with every layer of escapes around it, and the leg it belongs to. */
export interface FilterSite {
  readonly side: Side;
  readonly text: EmbeddedText;
  /** Undefined for a filter in a file of its own. */
  readonly leg: Leg | undefined;
}

/** One table map: a version of a pair of entities (`dualwrite.md` 1.3). */
export interface TableMap {
  readonly name: string;
  readonly version: string | undefined;
  readonly legs: readonly Leg[];
  /** The object that holds the legs, and its name where one is written. */
  readonly span: Span;
  readonly nameSpan: Span | undefined;
}

export interface Leg {
  readonly id: string;
  /** The label of the entity in Finance and Operations ("Customers V3"), not its name in the AOT. */
  readonly sourceSchema: string;
  /** Names of the AOT entity that some writers of the format add; usually absent. */
  readonly sourceEntityNames: readonly string[];
  /** The Dataverse entity set ("accounts"). */
  readonly destinationSchema: string;
  readonly sourceSchemaSpan: Span | undefined;
  readonly fieldMappings: readonly FieldMapping[];
  readonly span: Span;
  /** The strings between their quotes; undefined where they are missing or no texts. */
  readonly sourceSchemaText: EmbeddedText | undefined;
  readonly destinationSchemaText: EmbeddedText | undefined;
  /** The list of field mappings. */
  readonly fieldMappingsSpan: Span | undefined;
  /** Escapes JSON the way the text needs it that the leg stands in. */
  readonly encode: (json: string) => string;
}

/** 1: Finance and Operations to Dataverse, 2: the other way, 3: both (`dualwrite.md` 1.3). */
export type SyncDirection = 1 | 2 | 3;

export interface FieldMapping {
  readonly direction: SyncDirection;
  /** Empty where a default value is written. */
  readonly sourceField: string;
  readonly destinationField: string;
  readonly transforms: readonly ValueTransform[];
  /** The value of `valueTransforms`; undefined where it is not written. */
  readonly transformsSpan: Span | undefined;
  readonly span: Span;
  /** The strings between their quotes; undefined where they are missing or no texts. */
  readonly sourceFieldText: EmbeddedText | undefined;
  readonly destinationFieldText: EmbeddedText | undefined;
  /** The table a lookup leads to; empty where none is named. */
  readonly relatedEntity: string;
}

export type ValueTransform =
  /** From enum element of Finance and Operations to the value of Dataverse. */
  | {
      readonly kind: 'valueMap';
      readonly pairs: readonly (readonly [string, string])[];
      /** Where each of the pairs stands. */
      readonly spans: readonly Span[];
      /** The object that holds them. */
      readonly span: Span;
    }
  | { readonly kind: 'default'; readonly value: string };

/** What a document holds. `none`: it is no map, and nothing is said about it. */
export interface MapDocument {
  readonly kind: 'mapping' | 'record' | 'solution' | 'filter' | 'project' | 'none';
  readonly maps: readonly TableMap[];
  readonly sites: readonly FilterSite[];
}
