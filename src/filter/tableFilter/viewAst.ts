import type { Span } from '../../text/span.ts';
import type { FilterValue, TableFilter } from './ast.ts';

/**
 * A stored view of a table, as GetView writes it and the Table Filter of an integration table mapping holds it:
 * `VERSION(1) SORTING(Field1) ORDER(Ascending) WHERE(Field1=1(10000..20000))`. Every part may be absent.
 */
export interface TableView {
  readonly version?: ViewSection & { readonly text: string };
  readonly sorting?: ViewSection & { readonly fields: readonly ViewField[] };
  readonly order?: ViewSection & { readonly order: ViewOrder };
  readonly where?: ViewSection & { readonly conditions: readonly ViewCondition[] };
  readonly span: Span;
}

interface ViewSection {
  readonly span: Span;
}

export type ViewOrder = 'Ascending' | 'Descending';

export interface ViewField {
  /** As written, quotes included. */
  readonly text: string;
  readonly name: string;
  /** 18 in `Field18`: GetView writes numbers where it is asked for no names. */
  readonly number?: number;
  readonly span: Span;
}

export type ViewCondition = {
  readonly field: ViewField;
  /** `FILTER`, `CONST`, or the number that stands for one, as written. */
  readonly keyword: string;
  readonly span: Span;
} & (
  | { readonly kind: 'filter'; readonly filter: TableFilter | undefined }
  | { readonly kind: 'const'; readonly value: ViewConstant }
  /** It could not be read. */
  | { readonly kind: 'missing' }
);

/** What stands between the parentheses of CONST: a value as it is, without operators. */
export interface ViewConstant extends Pick<FilterValue, 'text' | 'span'> {
  readonly value: string;
}
