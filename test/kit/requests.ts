import {
  type CodeAction,
  CodeActionRequest,
  type CodeLens,
  CodeLensRequest,
  CodeLensResolveRequest,
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  CompletionResolveRequest,
  type Diagnostic,
  DocumentDiagnosticRequest,
  type DocumentLink,
  DocumentLinkRequest,
  type Hover,
  HoverRequest,
  type InlayHint,
  InlayHintRequest,
  type Position,
  type MessageConnection,
  type Range,
  type SignatureHelp,
  SignatureHelpRequest,
  TextDocumentContentRequest,
} from 'vscode-languageserver/node';
import {
  type ComparableParams,
  comparableRequest,
  type ComparableResult,
  type CompareParams,
  compareRequest,
  type CompareResult,
  filterAtRequest,
  type FilterAtResult,
  type FilterReference,
} from '../../src/service/protocol/maps.ts';
import { rowsRequest, type RowsResult } from '../../src/service/protocol/rows.ts';

/** What an editor asks, each as a function of what differs. */
export interface Requests {
  readonly diagnostics: (uri: string) => Promise<readonly Diagnostic[]>;
  readonly completion: (
    uri: string,
    position: Position,
    trigger?: string,
  ) => Promise<readonly CompletionItem[]>;
  readonly resolve: (item: CompletionItem) => Promise<CompletionItem>;
  readonly hover: (uri: string, position: Position) => Promise<Hover | null>;
  readonly signatureHelp: (uri: string, position: Position) => Promise<SignatureHelp | null>;
  readonly inlayHints: (uri: string, range?: Range) => Promise<readonly InlayHint[]>;
  readonly documentLinks: (uri: string) => Promise<readonly DocumentLink[]>;
  readonly codeLenses: (uri: string) => Promise<readonly CodeLens[]>;
  readonly resolveLens: (lens: CodeLens) => Promise<CodeLens>;
  readonly codeActions: (uri: string, range?: Range) => Promise<readonly CodeAction[]>;
  readonly content: (uri: string) => Promise<string>;
  readonly filterAt: (uri: string, position: Position) => Promise<FilterAtResult | null>;
  readonly comparable: (params: ComparableParams) => Promise<ComparableResult | null>;
  readonly compare: (params: CompareParams) => Promise<CompareResult | null>;
  readonly rows: (reference: FilterReference) => Promise<RowsResult | null>;
}

/** All of a document. */
const EVERYTHING: Range = {
  start: { line: 0, character: 0 },
  end: { line: 1_000_000, character: 0 },
};

export function requestsOf(connection: MessageConnection): Requests {
  const at = (uri: string, position: Position) => ({ textDocument: { uri }, position });
  return {
    async diagnostics(uri) {
      const report = await connection.sendRequest(DocumentDiagnosticRequest.type, {
        textDocument: { uri },
      });
      return report.kind === 'full' ? report.items : [];
    },
    async completion(uri, position, trigger) {
      const answer: CompletionItem[] | CompletionList | null = await connection.sendRequest(
        CompletionRequest.type,
        {
          ...at(uri, position),
          context:
            trigger === undefined
              ? { triggerKind: 1 }
              : { triggerKind: 2, triggerCharacter: trigger },
        },
      );
      return answer === null ? [] : Array.isArray(answer) ? answer : answer.items;
    },
    resolve: (item) => connection.sendRequest(CompletionResolveRequest.type, item),
    hover: (uri, position) => connection.sendRequest(HoverRequest.type, at(uri, position)),
    signatureHelp: (uri, position) =>
      connection.sendRequest(SignatureHelpRequest.type, at(uri, position)),
    inlayHints: async (uri, range = EVERYTHING) =>
      (await connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range })) ?? [],
    documentLinks: async (uri) =>
      (await connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } })) ?? [],
    codeLenses: async (uri) =>
      (await connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) ?? [],
    resolveLens: (lens) => connection.sendRequest(CodeLensResolveRequest.type, lens),
    async codeActions(uri, range = EVERYTHING) {
      const actions = await connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri },
        range,
        context: { diagnostics: [] },
      });
      return (actions ?? []).filter((action): action is CodeAction => !('command' in action));
    },
    content: async (uri) =>
      (await connection.sendRequest(TextDocumentContentRequest.type, { uri })).text,
    filterAt: (uri, position) =>
      connection.sendRequest<FilterAtResult | null>(filterAtRequest, { uri, position }),
    comparable: (params) =>
      connection.sendRequest<ComparableResult | null>(comparableRequest, params),
    compare: (params) => connection.sendRequest<CompareResult | null>(compareRequest, params),
    rows: (reference) => connection.sendRequest<RowsResult | null>(rowsRequest, reference),
  };
}
