import { cellAt, type ColumnTable } from '../preview/columns.ts';

/** A file with rows of a table that dual-write keeps its configuration in, as people export it. */
export interface ConfigurationFile {
  readonly uri: string;
  /** As a person would name it. */
  readonly name: string;
  readonly table: ColumnTable;
  /** Undefined for a workbook. */
  readonly text: string | undefined;
}

/** Where a record stands: its file, and a value of it to be looked for. */
export interface Place {
  readonly file: ConfigurationFile;
  /** Counted from zero. */
  readonly row: number;
  readonly value: string;
}

/** The columns of DualWriteProjectConfiguration that are known (`dualwrite.md` 1.6). */
export interface ProjectRecord {
  readonly place: Place;
  readonly project: string;
  readonly internal: string;
  readonly external: string;
  /** Undefined where the export has no such column; so is `filter`. */
  readonly address: string | undefined;
  readonly filter: string | undefined;
  readonly isDebug: boolean;
}

export interface FieldRecord {
  readonly place: Place;
  readonly project: string;
}

/** A pair of tracked table and entity: BusinessEventsDefinition. */
export interface EventRecord {
  readonly place: Place;
  readonly table: string;
  readonly entity: string;
}

/** A running map with Dataverse as a source: msdyn_dualwriteruntimeconfig (`dualwrite.md` 1.1). */
export interface RuntimeRecord {
  readonly place: Place;
  readonly source: string;
  readonly destination: string;
  /** `1.0.0.5`; empty where it is not told. */
  readonly version: string;
  readonly isActive: boolean;
}

/** A saved version of a map: msdyn_dualwriteentitymap. */
export interface VersionRecord {
  readonly entities: readonly [string, string];
  readonly version: string;
}

/** Which of the tables a file holds. */
export type ConfigurationKind = 'projects' | 'fields' | 'events' | 'runtime' | 'versions';

export interface Configuration {
  /** Files by what they hold; those that hold nothing of this are left out. */
  readonly files: readonly {
    readonly file: ConfigurationFile;
    readonly kind: ConfigurationKind;
  }[];
  readonly projects: readonly ProjectRecord[];
  readonly fields: readonly FieldRecord[];
  readonly events: readonly EventRecord[];
  readonly runtime: readonly RuntimeRecord[];
  readonly versions: readonly VersionRecord[];
}

/** Reads exported tables; which one a file holds, its columns tell, whatever it is called. */
export function readConfiguration(given: readonly ConfigurationFile[]): Configuration {
  const files = given.flatMap((file) => {
    const kind = kindOf(file.table);
    return kind === undefined ? [] : [{ file, kind }];
  });
  const records = <T>(wanted: ConfigurationKind, read: (row: Row) => T | undefined): readonly T[] =>
    files
      .filter(({ kind }) => kind === wanted)
      .flatMap(({ file }) => rowsOf(file).flatMap((row) => read(row) ?? []));
  return {
    files,
    projects: records('projects', projectIn),
    fields: records('fields', (row) => ({
      project: row.text('projectname'),
      place: row.place('projectname'),
    })),
    events: records('events', (row) => ({
      table: row.text('reftablename'),
      entity: row.text('refentityname'),
      place: row.place('reftablename'),
    })),
    runtime: records('runtime', runtimeIn),
    versions: records('versions', versionIn),
  };
}

/** Names of columns, blanks and underscores aside. */
const plain = (name: string): string => name.replaceAll(/[\s_]/gu, '').toLowerCase();

/** Which table a file holds; undefined where it is none of dual-write’s. */
export function kindOf({ columns }: ColumnTable): ConfigurationKind | undefined {
  const names = new Set(columns.map(({ name }) => plain(name)));
  const has = (...wanted: readonly string[]): boolean => wanted.every((name) => names.has(name));
  if (has('reftablename', 'refentityname')) return 'events';
  if (has('projectname', 'internalentityname', 'externalentityname')) return 'projects';
  if (has('msdynunsecure')) return 'runtime';
  if (has('msdynversion') && (has('msdyndisplayname') || has('msdynname'))) return 'versions';
  const isOfFields = [...names].some((name) => /field(?:name)?$/u.test(name));
  return has('projectname') && isOfFields ? 'fields' : undefined;
}

interface Row {
  /** Empty where the column is not there or holds nothing. */
  readonly text: (column: string) => string;
  readonly has: (column: string) => boolean;
  readonly place: (column: string) => Place;
}

function rowsOf(file: ConfigurationFile): readonly Row[] {
  const { table } = file;
  const indexes = new Map(table.columns.map(({ name }, index) => [plain(name), index]));
  return Array.from({ length: table.rowCount }, (_, row): Row => {
    const text = (column: string): string => {
      const index = indexes.get(column);
      return index === undefined ? '' : (cellAt(table, index, row) ?? '').trim();
    };
    return {
      text,
      has: (column) => indexes.has(column),
      place: (column) => ({ file, row, value: text(column) }),
    };
  });
}

function projectIn(row: Row): ProjectRecord {
  const known = (column: string): string | undefined =>
    row.has(column) ? row.text(column) : undefined;
  return {
    place: row.place('projectname'),
    project: row.text('projectname'),
    internal: row.text('internalentityname'),
    external: row.text('externalentityname'),
    address: known('externalenvironmenturl'),
    filter: known('queryfilterexpression'),
    isDebug: isYes(row.text('isdebugmode')),
  };
}

/** Exports write a NoYes as its number, its element or its label. */
const isYes = (text: string): boolean => /^(?:1|yes|true)$/iu.test(text);

function runtimeIn(row: Row): RuntimeRecord | undefined {
  const settings = objectIn(row.text('msdynunsecure'));
  if (settings === undefined) return undefined;
  const text = (name: string): string => {
    const value = settings[name];
    return typeof value === 'string' ? value : '';
  };
  const [source, destination] = [text('SourceEntityName'), text('DestinationEntityName')];
  const state = row.text('statecode');
  return {
    // The settings are JSON, escaped by the file around them: the name alone can be looked for.
    place: { ...row.place('msdynunsecure'), value: source },
    source,
    destination,
    version: versionOf(settings['EntityMapVersion']),
    isActive: state === '' || /^(?:0|active)$/iu.test(state),
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const versionOf = (value: unknown): string =>
  isRecord(value)
    ? ['Major', 'Minor', 'Build', 'Revision'].map((part) => Number(value[part] ?? 0)).join('.')
    : '';

/** `<Dataverse set> - <label>` is the displayed name, `prefix_[<set> - <label>]` the other (`dualwrite.md` 1.3). */
function versionIn(row: Row): VersionRecord | undefined {
  const name = row.text('msdyndisplayname') || row.text('msdynname').replace(/^[^[]*\[|\]$/gu, '');
  const [external, ...internal] = name.split(' - ');
  const version = row.text('msdynversion');
  if (external === undefined || internal.length === 0 || version === '') return undefined;
  return { entities: [internal.join(' - ').trim(), external.trim()], version };
}
