import {
  type ClientCapabilities,
  MarkupKind,
  type Position,
  type SignatureHelp,
} from 'vscode-languageserver';
import { signatureAt } from '../../src/service/features/signatureHelp.ts';
import type { Feature } from '../feature.ts';
import { filterPlaceAt } from '../places.ts';
import type { Session } from '../session.ts';

export const signatures: Feature = {
  capabilities: {
    signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: ['='] },
  },
  register: ({ connection, session, handle, editor }) =>
    connection.onSignatureHelp(
      handle('signature help', null, (params) =>
        signatureIn(session, params.textDocument.uri, params.position, editor()),
      ),
    ),
};

async function signatureIn(
  session: Session,
  uri: string,
  position: Position,
  editor: ClientCapabilities,
): Promise<SignatureHelp | null> {
  const document = await session.open(uri);
  const place = document === undefined ? undefined : filterPlaceAt(document, position);
  const signature = place === undefined ? undefined : signatureAt(place, session.translate());
  if (signature === undefined) return null;
  const { label, parameters, active, markdown } = signature;
  const can = editor.textDocument?.signatureHelp?.signatureInformation;
  const none = can?.noActiveParameterSupport === true ? { activeParameter: null } : {};
  return {
    signatures: [
      {
        label,
        documentation: { kind: MarkupKind.Markdown, value: markdown },
        parameters: parameters.map(([start, end]) => ({
          label:
            can?.parameterInformation?.labelOffsetSupport === true
              ? [start, end]
              : label.slice(start, end),
        })),
      },
    ],
    activeSignature: 0,
    ...(active === undefined ? none : { activeParameter: active }),
  };
}
