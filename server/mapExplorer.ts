import { type CancellationToken, Disposable } from 'vscode-languageserver';
import type { MapDocument } from '../src/map/model.ts';
import { readMapDocument } from '../src/map/read.ts';
import { catalogue } from '../src/problem/catalogue.ts';
import { findFields, fieldsOf, type FoundField, mapsOf } from '../src/service/features/mapTree.ts';
import { sayMapsCompared } from '../src/service/maps/compareMarkdown.ts';
import { areEqual, compareMaps, type MapsToCompare } from '../src/service/maps/compareMaps.ts';
import { mapsInMarkdown } from '../src/service/maps/mapMarkdown.ts';
import { normalForms } from '../src/service/maps/normalForm.ts';
import {
  type CompareMapsParams,
  compareMapsRequest,
  type CompareMapsResult,
  type ExportMapParams,
  exportMapRequest,
  type FindFieldsParams,
  findFieldsRequest,
  type FindFieldsResult,
  type ImportMapsParams,
  importMapsRequest,
  type ImportMapsResult,
  type MapFieldsParams,
  mapFieldsRequest,
  mapsChangedNotification,
  type MapsParams,
  mapsRequest,
  type MapsResult,
} from '../src/service/protocol/maps.ts';
import { type Lines, linesOf } from '../src/text/lines.ts';
import { filterFileSide } from '../src/workspace/kinds.ts';
import { yieldNow } from './cancel.ts';
import type { Feature, FeatureHost } from './feature.ts';
import { filesToImport } from './filesToImport.ts';
import { mapAt, MOST_FILES } from './maps.ts';
import type { Session } from './session.ts';

/** What the tree of maps, the search for fields, comparison, export and import ask for. */
export const mapExplorer: Feature = {
  capabilities: {},
  register(host) {
    const { connection, session, handle } = host;
    const read = mapReader(session);
    const requests = [
      connection.onRequest<MapsResult, never>(
        mapsRequest,
        handle<MapsParams, MapsResult>('maps', { documents: [] }, (params, token) =>
          mapsIn(session, read, params, token),
        ),
      ),
      connection.onRequest(
        mapFieldsRequest,
        handle('field mappings', [], async (params: MapFieldsParams) => {
          const found = await read(params.uri);
          if (found === undefined) return [];
          const { map, lines } = found;
          return [...fieldsOf(map, params, lines, params.start, params.count)];
        }),
      ),
      connection.onRequest<FindFieldsResult, never>(
        findFieldsRequest,
        handle<FindFieldsParams, FindFieldsResult>(
          'fields',
          { found: [], hasMore: false },
          ({ query }, token) => fieldsNamed(session, read, query, token),
        ),
      ),
      connection.onRequest<CompareMapsResult | null, never>(
        compareMapsRequest,
        handle<CompareMapsParams, CompareMapsResult | null>('comparison of maps', null, (params) =>
          compare(session, read, params),
        ),
      ),
      connection.onRequest<string | null, never>(
        exportMapRequest,
        handle<ExportMapParams, string | null>('export', null, async ({ uri, map }) => {
          const analysed = (await mapAt(session, uri))?.analysed;
          const text =
            analysed &&
            mapsInMarkdown({ ...analysed, map: only(analysed.map, map) }, session.translate());
          return text === undefined || text === '' ? null : text;
        }),
      ),
      connection.onRequest<ImportMapsResult, never>(
        importMapsRequest,
        handle<ImportMapsParams, ImportMapsResult>(
          'import',
          { maps: [], troubles: [] },
          ({ uris }) => importFrom(host, uris),
        ),
      ),
    ];
    return Disposable.create(() => {
      for (const each of requests) each.dispose();
    });
  },
  surroundingsChanged: ({ connection }) =>
    void connection.sendNotification(mapsChangedNotification),
};

/** A document with maps, as far as the explorer looks at it: nothing of it is analysed. */
interface ReadMap {
  readonly text: string;
  readonly map: MapDocument;
  readonly lines: Lines;
  readonly isBroken: boolean;
}

type MapReader = (uri: string, isAnew?: boolean) => Promise<ReadMap | undefined>;

/** Reads maps as they are edited, else as they stand on disk; what was read is kept until its text changes. */
function mapReader(session: Session): MapReader {
  const kept = new Map<string, { readonly changes: number; readonly read: ReadMap | undefined }>();
  return async (uri, isAnew = false) => {
    if (filterFileSide(uri) !== undefined) return undefined;
    const changes = session.index.changesOf(uri);
    const before = kept.get(uri);
    const isOpen = session.versionOf(uri) !== null;
    if (!isOpen && !isAnew && before?.changes === changes) return before.read;
    const text = isOpen ? session.textOf(uri) : await session.index.read(uri);
    const read =
      before?.read !== undefined && before.read.text === text
        ? before.read
        : text === undefined
          ? undefined
          : readMap(text);
    kept.set(uri, { changes: isOpen ? -1 : changes, read });
    return read;
  };
}

function readMap(text: string): ReadMap | undefined {
  const { value: map, problems } = readMapDocument(text);
  return map.maps.length === 0
    ? undefined
    : {
        text,
        map,
        lines: linesOf(text),
        isBroken: problems.some(({ code }) => catalogue[code].severity === 'error'),
      };
}

async function* allRead(
  session: Session,
  read: MapReader,
  token: CancellationToken,
  isAnew = false,
): AsyncGenerator<ReadMap & { readonly uri: string }> {
  for (const uri of (await session.index.mapFiles()).slice(0, MOST_FILES)) {
    await yieldNow(token);
    const found = await read(uri, isAnew);
    if (found !== undefined) yield { uri, ...found };
  }
}

async function mapsIn(
  session: Session,
  read: MapReader,
  { uris, isAnew = false }: MapsParams,
  token: CancellationToken,
): Promise<MapsResult> {
  if (uris !== undefined) {
    const found = await Promise.all(uris.map((uri) => read(uri, true)));
    return {
      documents: uris.map((uri, index) => {
        const document = found[index];
        return document === undefined
          ? { uri, maps: [] }
          : mapsOf(uri, document.map, document.lines);
      }),
    };
  }
  // No editor tells of all files of a folder that was moved.
  if (isAnew) session.index.reset();
  const documents: MapsResult['documents'][number][] = [];
  for await (const { uri, map, lines } of allRead(session, read, token, isAnew)) {
    documents.push(mapsOf(uri, map, lines));
  }
  return { documents };
}

/** A person types another letter rather than read on. */
const MOST_FOUND = 200;

async function fieldsNamed(
  session: Session,
  read: MapReader,
  query: string,
  token: CancellationToken,
): Promise<FindFieldsResult> {
  const found: FoundField[] = [];
  for await (const { uri, map, lines } of allRead(session, read, token)) {
    for (const field of findFields(uri, map, query, lines)) {
      if (found.length === MOST_FOUND) return { found, hasMore: true };
      found.push(field);
    }
  }
  return { found, hasMore: false };
}

async function compare(
  session: Session,
  read: MapReader,
  { first, second }: CompareMapsParams,
): Promise<CompareMapsResult | null> {
  const [before, after] = await Promise.all(
    [first, second].map(async ({ uri, text, map }): Promise<MapsToCompare | undefined> => {
      const found = text === undefined ? await read(uri, true) : readMap(text);
      return found && { ...found, map: only(found.map, map), document: { uri, text: found.text } };
    }),
  );
  if (before === undefined || after === undefined) return null;
  const workspace = await session.index.current();
  const compared = compareMaps(before, after, workspace);
  return {
    isEqual: areEqual(compared),
    markdown: sayMapsCompared(compared, [first.title, second.title], session.translate()),
    normalForms: normalForms(before.map, after.map, workspace),
  };
}

/** One of the maps of a document, or all. */
const only = (document: MapDocument, map: number | undefined): MapDocument =>
  map === undefined ? document : { ...document, maps: document.maps.slice(map, map + 1) };

async function importFrom(
  { files, session }: FeatureHost,
  uris: readonly string[],
): Promise<ImportMapsResult> {
  // Archives are opened seldom, and what opens them is not needed to start.
  const { importMaps } = await import('../src/import/importMaps.ts');
  const translate = session.translate();
  const { found, unread } = await filesToImport(uris, files);
  const { maps, troubles } = importMaps(found);
  return {
    maps,
    troubles: [
      ...unread.map((path) => translate('import.trouble.denied', { path })),
      ...troubles.map(({ kind, path }) => translate(`import.trouble.${kind}`, { path })),
    ],
  };
}
