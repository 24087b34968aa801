import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import manifest from '../../package.json' with { type: 'json' };

/** A piece of a line and the scopes that a theme sees for it, outermost first. */
export interface Token {
  readonly line: number;
  readonly start: number;
  readonly text: string;
  readonly scopes: readonly string[];
}

const ROOT = join(import.meta.dirname, '../..');

interface Contribution {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

const contributed: readonly Contribution[] = manifest.contributes.grammars;

/** The grammars that VS Code itself brings, as npm has them. */
const HOSTS: Readonly<Record<string, string>> = {
  'source.json': import.meta.resolve('tm-grammars/grammars/json.json'),
  'source.json.comments': import.meta.resolve('tm-grammars/grammars/jsonc.json'),
  'text.xml': import.meta.resolve('tm-grammars/grammars/xml.json'),
};

export const hostPaths: readonly string[] = Object.values(HOSTS).map((url) => fileURLToPath(url));

function pathOf(scopeName: string): string | undefined {
  const own = contributed.find((grammar) => grammar.scopeName === scopeName);
  if (own !== undefined) return join(ROOT, own.path);
  const host = HOSTS[scopeName];
  return host === undefined ? undefined : fileURLToPath(host);
}

let registry: Promise<textmate.Registry> | undefined;

async function startRegistry(): Promise<textmate.Registry> {
  await oniguruma.loadWASM(
    readFileSync(fileURLToPath(import.meta.resolve('vscode-oniguruma/release/onig.wasm'))),
  );
  return new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => oniguruma.createOnigScanner(patterns),
      createOnigString: (text) => oniguruma.createOnigString(text),
    }),
    loadGrammar: (scopeName) => {
      const path = pathOf(scopeName);
      const grammar =
        path === undefined ? null : textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
      return Promise.resolve(grammar);
    },
    // As VS Code does: what is injected into `source.json` goes into `source.json.comments`, too.
    getInjections: (scopeName) =>
      contributed
        .filter(({ injectTo }) =>
          injectTo?.some((scope) => scopeName === scope || scopeName.startsWith(`${scope}.`)),
        )
        .map((grammar) => grammar.scopeName),
  });
}

async function grammarOf(scopeName: string): Promise<textmate.IGrammar> {
  registry ??= startRegistry();
  const grammar = await (await registry).loadGrammar(scopeName);
  if (grammar === null) throw new Error(`No grammar for ${scopeName}`);
  return grammar;
}

/** Splits lines as VS Code does: a grammar never sees the line break. */
export async function tokenize(scopeName: string, text: string): Promise<readonly Token[]> {
  const grammar = await grammarOf(scopeName);
  let state = textmate.INITIAL;
  return text.split(/\r\n|\n/u).flatMap((line, number) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens
      .filter(({ startIndex }) => startIndex < line.length || line.length === 0)
      .map(({ startIndex, endIndex, scopes }) => ({
        line: number,
        start: startIndex,
        text: line.slice(startIndex, endIndex),
        scopes,
      }));
  });
}
