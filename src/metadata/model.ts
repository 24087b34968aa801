import type { Span } from '../text/span.ts';

/** Where a fact stands: the reason a person can go and look at. */
export interface Origin {
  readonly uri: string;
  readonly span: Span;
}

/** A data entity of Finance and Operations, its extensions merged in. */
export interface Entity {
  readonly name: string;
  /** As written: a text, or the id of a label such as `@Proj:Projects`. */
  readonly label: string;
  /** The entity type of it in OData; empty where it has none. */
  readonly publicName: string;
  readonly fields: readonly EntityField[];
  /** Root first, then depth first: the order that numbers `PARTITION#n` (`dualwrite.md` 4.1). */
  readonly dataSources: readonly DataSource[];
  /** The query that a view takes its data sources from; empty where it has its own. */
  readonly query: string;
  /** Names of the fields of the entity key, which order the generated statement. */
  readonly keyFields: readonly string[];
  readonly origin: Origin;
}

export type EntityField = {
  readonly name: string;
  readonly origin: Origin;
  /** Whether a person may change it once it is saved; undefined where the entity leaves that to the table. */
  readonly isEditable: boolean | undefined;
} & (
  | { readonly kind: 'mapped'; readonly dataSource: string; readonly dataField: string }
  | ({ readonly kind: 'computed'; readonly method: string } & DeclaredType)
  /** Filled by X++ code row by row: it is no column and can't be filtered (`dualwrite.md` 4.5). */
  | ({ readonly kind: 'virtual' } & DeclaredType)
);

/** What a field says of its type; names that it does not give are empty. */
export interface DeclaredType {
  /** `String`, `Int`, `Enum` …: the kind of AxTableField. */
  readonly type: string;
  readonly extendedDataType: string;
  readonly enumType: string;
  readonly stringSize: number | undefined;
}

export type JoinMode = 'InnerJoin' | 'OuterJoin' | 'ExistsJoin' | 'NoExistsJoin';

export interface DataSource {
  readonly name: string;
  /** A table, a view or another data entity. */
  readonly table: string;
  /** Undefined for the root. */
  readonly parent: string | undefined;
  readonly joinMode: JoinMode;
  readonly isReadOnly: boolean;
  /** Conditions of its own, which every row of the entity has to meet or is not shown (`dualwrite.md` 4.5). */
  readonly ranges: readonly DataSourceRange[];
  /** Of the JoinMode where one is written, else of the data source. */
  readonly origin: Origin;
}

export interface DataSourceRange {
  readonly field: string;
  /** As written, in the notation of ranges. */
  readonly value: string;
  readonly origin: Origin;
}

export interface Table {
  readonly name: string;
  /** Whether each row belongs to a company and has a DATAAREAID. */
  readonly isPerCompany: boolean;
  readonly fields: readonly TableField[];
  readonly origin: Origin;
}

export interface TableField extends DeclaredType {
  readonly name: string;
  readonly isEditable: boolean;
  readonly origin: Origin;
}

/** An enum of X++, the elements of its extensions merged in. */
export interface EnumType {
  readonly name: string;
  readonly elements: readonly EnumElement[];
  /** Others may add elements, whose numbers differ between systems (`dualwrite.md` 4.8). */
  readonly isExtensible: boolean;
  /** Whether no other element can exist than those listed. */
  readonly isWhole: boolean;
  /** Undefined for an enum of the platform that no file describes. */
  readonly origin: Origin | undefined;
}

export interface EnumElement {
  readonly name: string;
  /** Undefined where each system gives a number of its own. */
  readonly value: number | undefined;
  /** As written: a text, or the id of a label. */
  readonly label: string;
  /** Undefined for the elements of an enum that no file describes. */
  readonly origin: Origin | undefined;
}

/** An extended data type (AxEdt). */
export interface ExtendedType {
  readonly name: string;
  /** The extended data type this one refines; empty where there is none. */
  readonly extends: string;
  /** `String`, `Int`, `Enum` …: the kind of AxEdt. */
  readonly type: string;
  readonly enumType: string;
  readonly stringSize: number | undefined;
  /** To which case it turns what is written into it. */
  readonly textCase: TextCase | undefined;
  readonly origin: Origin;
}

export type TextCase = 'upper' | 'lower';

/** The X++ source of a method. `owner` is a class, a table or an entity. */
export interface Method {
  readonly owner: string;
  /** What the class extends by `[ExtensionOf(tableStr(…))]`. */
  readonly extensionOf: string | undefined;
  readonly name: string;
  readonly source: string;
  readonly uri: string;
}

/** What a field of Finance and Operations holds, and where that is written. */
export type FieldType = { readonly origin: Origin | undefined } & (
  | {
      readonly kind: 'text';
      readonly size: number | undefined;
      /** To which case Finance and Operations turns what is written; absent where nobody tells of one. */
      readonly textCase?: TextCase;
    }
  | {
      readonly kind: 'enum';
      readonly name: string;
      /** Empty where the enum is not among the metadata. */
      readonly elements: readonly EnumElement[];
      /** Whether no other element can exist. */
      readonly isWhole: boolean;
      /** Whether the numbers are the same in every system (`dualwrite.md` 4.8). */
      readonly isStable: boolean;
    }
  | { readonly kind: 'number' | 'date' | 'datetime' | 'guid' | 'unknown' }
);

export const UNKNOWN_TYPE: FieldType = { kind: 'unknown', origin: undefined };
