import {
  type CancellationToken,
  LSPErrorCodes,
  type Position,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { targetAt, targetInMetadata } from '../../src/service/features/references.ts';
import { prepareRename, renameIn } from '../../src/service/features/rename.ts';
import { isMetadataFile } from '../../src/workspace/kinds.ts';
import { lspWorkspaceEdit } from '../convert.ts';
import type { Feature } from '../feature.ts';
import { allMaps } from '../maps.ts';
import type { OpenDocument, Session } from '../session.ts';

type Asked = { readonly textDocument: { readonly uri: string }; readonly position: Position };
type Answer<T> = T | null | ResponseError<never>;

export const rename: Feature = {
  capabilities: { renameProvider: { prepareProvider: true } },
  register: ({ connection, session, handle }) => {
    const registered = [
      connection.onPrepareRename(
        handle<Asked, Answer<{ range: { start: Position; end: Position }; placeholder: string }>>(
          'prepare rename',
          null,
          async ({ textDocument: { uri }, position }) => {
            const document = await session.open(uri);
            if (document === undefined) return null;
            const { analysed, lines } = document;
            if (analysed.map.kind === 'none') return refusalInMetadata(session, document, position);
            const prepared = prepareRename(analysed, lines.offsetOf(position), session.translate());
            return prepared.kind === 'refused'
              ? refusal(prepared.reason)
              : { range: lines.rangeOf(prepared.span), placeholder: prepared.name };
          },
        ),
      ),
      connection.onRenameRequest(
        handle<Asked & { readonly newName: string }, Answer<WorkspaceEdit>>(
          'rename',
          null,
          (params, token) => renamed(session, params, token),
        ),
      ),
    ];
    return { dispose: () => registered.forEach((each) => each.dispose()) };
  },
};

/** An editor shows the sentence at the caret. */
const refusal = (reason: string): ResponseError<never> =>
  new ResponseError<never>(LSPErrorCodes.RequestFailed, reason);

/** A map follows the metadata: there nothing is renamed. Elsewhere the editor says so in its own words. */
function refusalInMetadata(
  session: Session,
  { analysed, lines }: OpenDocument,
  position: Position,
): ResponseError<never> | null {
  const { uri, text } = analysed.document;
  const isDeclaration =
    isMetadataFile(uri) && targetInMetadata(uri, text, lines.offsetOf(position)) !== undefined;
  return isDeclaration ? refusal(session.translate()('rename.metadata')) : null;
}

async function renamed(
  session: Session,
  { textDocument: { uri }, position, newName }: Asked & { readonly newName: string },
  token: CancellationToken,
): Promise<Answer<WorkspaceEdit>> {
  const document = await session.open(uri);
  if (document === undefined) return null;
  const { analysed, workspace, lines } = document;
  const target = targetAt(analysed, lines.offsetOf(position), workspace);
  if (target === undefined || target.kind === 'entity') return null;
  const documents = new Map<string, OpenDocument>();
  for await (const each of allMaps(session, token, [uri])) {
    documents.set(each.analysed.document.uri, each);
  }
  const result = renameIn(
    [...documents.values()].map((each) => each.analysed),
    target,
    newName,
    workspace,
    session.translate(),
  );
  return result.kind === 'refused'
    ? refusal(result.reason)
    : lspWorkspaceEdit(
        result,
        (changed) => documents.get(changed)?.analysed.document.text,
        session.versionOf,
      );
}
