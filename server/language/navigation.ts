import type {
  CancellationToken,
  Definition,
  DefinitionLink,
  Location,
  Position,
  ReferenceParams,
} from 'vscode-languageserver';
import { definitionAt } from '../../src/service/features/definition.ts';
import {
  declarationOf,
  mentionsIn,
  type Target,
  targetAt,
  targetInMetadata,
} from '../../src/service/features/references.ts';
import type { Origin } from '../../src/metadata/model.ts';
import { linesOf } from '../../src/text/lines.ts';
import { isMetadataFile } from '../../src/workspace/kinds.ts';
import type { Feature } from '../feature.ts';
import { allMaps } from '../maps.ts';
import type { Session } from '../session.ts';

export const definitions: Feature = {
  capabilities: { definitionProvider: true },
  register: ({ connection, session, handle, editor }) =>
    connection.onDefinition(
      handle<
        { readonly textDocument: { readonly uri: string }; readonly position: Position },
        Definition | DefinitionLink[]
      >('definition', [], ({ textDocument: { uri }, position }) =>
        definitionIn(
          session,
          uri,
          position,
          editor().textDocument?.definition?.linkSupport === true,
        ),
      ),
    ),
};

async function definitionIn(
  session: Session,
  uri: string,
  position: Position,
  takesLinks: boolean,
): Promise<Location[] | DefinitionLink[]> {
  const document = await session.open(uri);
  if (document === undefined) return [];
  const { analysed, workspace, lines } = document;
  const definition = definitionAt(analysed, lines.offsetOf(position), workspace);
  const locations = (definition?.targets ?? []).flatMap((origin) => locationOf(session, origin));
  if (definition === undefined || !takesLinks) return locations;
  const originSelectionRange = lines.rangeOf(definition.from);
  return locations.map(({ uri: targetUri, range }) => ({
    originSelectionRange,
    targetUri,
    targetRange: range,
    targetSelectionRange: range,
  }));
}

function locationOf(session: Session, { uri, span }: Origin): readonly Location[] {
  const text = session.textOf(uri);
  return text === undefined ? [] : [{ uri, range: linesOf(text).rangeOf(span) }];
}

export const references: Feature = {
  capabilities: { referencesProvider: true },
  register: ({ connection, session, handle }) =>
    connection.onReferences(
      handle('references', [], (params, token) => referencesOf(session, params, token)),
    ),
};

/** Past so many places nobody reads on. */
const MOST_LOCATIONS = 10_000;

async function referencesOf(
  session: Session,
  { textDocument: { uri }, position, context }: ReferenceParams,
  token: CancellationToken,
): Promise<Location[]> {
  const target = await targetIn(session, uri, position);
  if (target === undefined) return [];
  const found: Location[] = [];
  const { metadata } = await session.index.current();
  const declaration = context.includeDeclaration ? declarationOf(target, metadata) : undefined;
  if (declaration !== undefined) found.push(...locationOf(session, declaration));
  for await (const { analysed, workspace, lines } of allMaps(session, token, [uri])) {
    for (const { span } of mentionsIn(analysed, target, workspace)) {
      found.push({ uri: analysed.document.uri, range: lines.rangeOf(span) });
    }
    if (found.length >= MOST_LOCATIONS) break;
  }
  return found;
}

/** In a map as well as at the field of the entity itself. */
async function targetIn(
  session: Session,
  uri: string,
  position: Position,
): Promise<Target | undefined> {
  const document = await session.open(uri);
  if (document === undefined) return undefined;
  const { analysed, workspace, lines } = document;
  const offset = lines.offsetOf(position);
  return isMetadataFile(uri)
    ? targetInMetadata(uri, analysed.document.text, offset)
    : targetAt(analysed, offset, workspace);
}
