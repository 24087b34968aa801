import type { FiltersCompared } from '../compareFilters.ts';
import type { DocumentMaps, FoundField, LegReference } from '../features/mapTree.ts';

/** What client and server say to each other beyond the Language Server Protocol. Types and names only. */

/** A filter of a document, counted in the order of the text. */
export interface FilterReference {
  readonly uri: string;
  readonly index: number;
}

/** Which filter is meant: one by its number, or the one around a place, else the next, else the last. */
export const filterAtRequest = 'dualWrite/filterAt';
export type FilterAtParams =
  | FilterReference
  | {
      readonly uri: string;
      readonly position: { readonly line: number; readonly character: number };
    };
export interface FilterAtResult extends FilterReference {
  /** The document with the generated statement. */
  readonly sqlUri: string;
}

/** The filters of the same side in the maps of the workspace; null where there is no such filter. */
export const comparableRequest = 'dualWrite/comparable';
export interface ComparableParams {
  readonly filter: FilterReference;
  /** Open documents, which count though they may lie outside the workspace. */
  readonly uris: readonly string[];
}
export interface ComparableResult {
  readonly text: string;
  /** What is wrong with the filter, where it can't be read and so not be compared. */
  readonly errors?: string;
  readonly others: readonly {
    readonly reference: FilterReference;
    readonly title: string;
    readonly text: string;
  }[];
}

/** Whether two filters keep the same rows; null where one of them is gone. */
export const compareRequest = 'dualWrite/compare';
export interface CompareParams {
  readonly filter: FilterReference;
  /** Another filter, or the text of one of the same side. */
  readonly other: FilterReference | { readonly text: string };
}
export interface CompareResult {
  readonly compared: FiltersCompared;
  readonly sentence: string;
  /** What is wrong with the text of the other filter. */
  readonly errors?: string;
}

/** Metadata, settings or row files changed: what is shown of rows is to be asked for again. */
export const rowsChangedNotification = 'dualWrite/rowsChanged';

/** The maps of the workspace, or of some documents of it, as the explorer lists them. */
export const mapsRequest = 'dualWrite/maps';
export interface MapsParams {
  /** All of the workspace where none is named. A document that holds no map any more is answered without one. */
  readonly uris?: readonly string[];
  /** Reads again what nobody said to have changed. */
  readonly isAnew?: boolean;
}
export interface MapsResult {
  readonly documents: readonly DocumentMaps[];
}

/** The mappings of one leg in their order, from `start` on. */
export const mapFieldsRequest = 'dualWrite/mapFields';
export interface MapFieldsParams extends LegReference {
  readonly start: number;
  readonly count: number;
}

/** Field mappings of all maps whose fields hold a text; the first of them, and whether there are more. */
export const findFieldsRequest = 'dualWrite/findFields';
export interface FindFieldsParams {
  readonly query: string;
}
export interface FindFieldsResult {
  readonly found: readonly FoundField[];
  readonly hasMore: boolean;
}

/** Two documents with maps compared by meaning; null where one of them holds none. */
export const compareMapsRequest = 'dualWrite/compareMaps';
export interface CompareMapsParams {
  readonly first: ComparedDocument;
  readonly second: ComparedDocument;
}
interface ComparedDocument {
  readonly uri: string;
  /** Its map of that number alone. */
  readonly map?: number;
  /** What it is called in the result. */
  readonly title: string;
  /** Another text than the one that stands there, as an earlier version has. */
  readonly text?: string;
}
export interface CompareMapsResult {
  readonly isEqual: boolean;
  readonly markdown: string;
  /** Both maps laid out so that only what differs in meaning differs in text. */
  readonly normalForms: readonly [string, string];
}

/** The maps of a document as Markdown; null where there are none. */
export const exportMapRequest = 'dualWrite/exportMap';
export interface ExportMapParams {
  readonly uri: string;
  /** The map of that number alone. */
  readonly map?: number;
}

/** The maps of archives, exported records and folders of them, as files to be written. */
export const importMapsRequest = 'dualWrite/importMaps';
export interface ImportMapsParams {
  readonly uris: readonly string[];
}
export interface ImportMapsResult {
  readonly maps: readonly { readonly fileName: string; readonly text: string }[];
  /** What could not be read, as sentences. */
  readonly troubles: readonly string[];
}

/** Maps that are not open may have changed: what is listed of them is to be asked for again. */
export const mapsChangedNotification = 'dualWrite/mapsChanged';

export const sqlScheme = 'dual-write-sql';

/** Command that the server's code lenses ask the client to run, with a FilterReference. */
export const previewCommand = 'dualWrite.previewFilter';

/** What live synchronization notices: the entities of a map, or of all maps where none is given. */
export const trackedRequest = 'dualWrite/trackedDataSources';
export interface TrackedParams {
  /** Open documents, of which the first that is a map is meant; where none is, all maps of the workspace are. */
  readonly uris: readonly string[];
  /** The `id` of an entity, whose data sources are wanted. */
  readonly entity?: string;
}
export interface TrackedResult {
  /** The map that is meant; null where all are. */
  readonly uri: string | null;
  readonly nodes: readonly TrackedNode[];
  /** Whether any entity of Finance and Operations is known. */
  readonly hasMetadata: boolean;
}
/** Texts are in the editor's language; the tooltip is Markdown. */
export interface TrackedNode {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly sign: 'entity' | 'group' | 'tracked' | 'untracked' | 'unknown' | 'unmapped';
  /** Absent for an entity in a list of entities: to be asked for by its id. */
  readonly children?: readonly TrackedNode[];
  readonly target?: {
    readonly uri: string;
    readonly range: {
      readonly start: { readonly line: number; readonly character: number };
      readonly end: { readonly line: number; readonly character: number };
    };
  };
}

/** Maps or metadata changed: what is shown of tracked data sources is to be asked for again. */
export const trackedChangedNotification = 'dualWrite/trackedDataSourcesChanged';

/** Where the fields of the entities in a map are known from; null where a document holds no map. */
export const metadataStateRequest = 'dualWrite/metadataState';
export interface MetadataStateParams {
  readonly uri: string;
}
export interface MetadataStateResult {
  /** Metadata are still being read: what is unknown may be known in a moment. */
  readonly isIndexing: boolean;
  readonly entities: readonly EntityState[];
}
export interface EntityState {
  /** As the map names it. */
  readonly label: string;
  /** Its name in the AOT; the same as the label where that does not tell. */
  readonly name: string;
  /** `shown` by OData or a project, `sampled` from a row file, `ambiguous` where several have its label. */
  readonly source: 'aot' | 'shown' | 'sampled' | 'ambiguous' | 'unknown';
}

/** Metadata or settings changed: what is said of them is to be asked for again. */
export const metadataChangedNotification = 'dualWrite/metadataChanged';
