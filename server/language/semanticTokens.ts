import {
  type Range,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensDelta,
} from 'vscode-languageserver';
import { semanticTokensOf } from '../../src/service/features/semanticTokens.ts';
import { tokenModifiers, tokenTypes } from '../../src/service/features/tokenTypes.ts';
import type { Feature } from '../feature.ts';
import type { Session } from '../session.ts';

export const semanticTokens: Feature = {
  capabilities: {
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: { delta: true },
      range: true,
    },
  },
  register: ({ connection, session, handle }) => {
    const none: SemanticTokens = { data: [] };
    // What was answered last for a document, so that the next answer says only what changed.
    const answered = new Map<string, SemanticTokensBuilder>();
    const registered = [
      connection.languages.semanticTokens.on(
        handle('semantic tokens', none, async ({ textDocument: { uri } }) => {
          const builder = new SemanticTokensBuilder();
          keep(answered, uri, builder);
          await fill(builder, session, uri);
          return builder.build();
        }),
      ),
      connection.languages.semanticTokens.onDelta(
        handle<
          { readonly textDocument: { readonly uri: string }; readonly previousResultId: string },
          SemanticTokens | SemanticTokensDelta
        >('semantic tokens', none, async ({ textDocument: { uri }, previousResultId }) => {
          const builder = answered.get(uri) ?? new SemanticTokensBuilder();
          keep(answered, uri, builder);
          builder.previousResult(previousResultId);
          await fill(builder, session, uri);
          return builder.buildEdits();
        }),
      ),
      connection.languages.semanticTokens.onRange(
        handle('semantic tokens', none, async ({ textDocument: { uri }, range }) => {
          const builder = new SemanticTokensBuilder();
          await fill(builder, session, uri, range);
          return builder.build();
        }),
      ),
    ];
    return { dispose: () => registered.forEach((each) => each.dispose()) };
  },
};

/** As many documents as an editor shows at once; the others are answered in full. */
const MOST_KEPT = 16;

function keep<T>(kept: Map<string, T>, uri: string, value: T): void {
  kept.delete(uri);
  kept.set(uri, value);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}

async function fill(
  builder: SemanticTokensBuilder,
  session: Session,
  uri: string,
  range?: Range,
): Promise<void> {
  const document = await session.open(uri);
  if (document === undefined) return;
  const { analysed, lines } = document;
  const within =
    range === undefined
      ? undefined
      : { start: lines.offsetOf(range.start), end: lines.offsetOf(range.end) };
  for (const { span, type, modifiers } of semanticTokensOf(analysed, within)) {
    const { line, character } = lines.placeOf(span.start);
    const bits = modifiers.reduce((all, name) => all | (1 << tokenModifiers.indexOf(name)), 0);
    builder.push(line, character, span.end - span.start, tokenTypes.indexOf(type), bits);
  }
}
