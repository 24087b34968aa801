import { createRequire } from 'node:module';
import { join } from 'node:path';
import { XPP_FIELDS } from '../corpus/xpp.ts';
import {
  countActions,
  countCqn,
  countJavaScript,
  countOwn,
  countV4,
  type Shape,
  shapeOf,
} from './shape.ts';

export type Language = 'odata' | 'xpp';

/** A parser to be timed. What it throws at a filter means that it does not accept it. */
export interface Engine {
  /** The filter as this parser wants it; made before the clock starts. */
  readonly prepare?: (filter: string) => string;
  readonly parse: (text: string) => unknown;
  /** Undefined where its answer is no tree that could be compared. */
  readonly shape?: (answer: unknown) => Shape;
}

type Parse = (text: string, options?: unknown) => unknown;

/** Resolves to bench/node_modules, where the peers are. */
const requirePeer = createRequire(import.meta.url);

/** The bundle of measured.ts, made by run.ts. */
const measured = (): Record<
  | 'parseOData'
  | 'readODataByGrammar'
  | 'parseODataByHand'
  | 'parseXpp'
  | 'readXppByGrammar'
  | 'parseXppByHand',
  Parse
> => requirePeer(join(import.meta.dirname, '../../out/bench/measured.cjs'));

const own = (parse: Parse): Engine => ({
  parse,
  shape: (answer) => shapeOf(answer, countOwn),
});

const asODataUri = (filter: string): string => `Accounts?$filter=${filter}`;

/** Makes each engine on demand: a process measures one of them, and loads no other. */
export const engines: Readonly<Record<Language, Readonly<Record<string, () => Promise<Engine>>>>> =
  {
    odata: {
      hand: async () => own(measured().parseODataByHand),
      ours: async () => own(measured().parseOData),
      'grammar alone': async () => own(measured().readODataByGrammar),
      '@sap/cds': async () => {
        const { parse } = requirePeer('@sap/cds/libx/odata/parse/parser.js') as { parse: Parse };
        return { prepare: asODataUri, parse, shape: (answer) => shapeOf(answer, countCqn) };
      },
      '@odata/parser': async () => {
        const { defaultParser } = requirePeer('@odata/parser') as {
          defaultParser: { filter: Parse };
        };
        return {
          parse: (text) => defaultParser.filter(text),
          shape: (answer) => shapeOf(answer, countV4),
        };
      },
      'odata-v4-parser': async () => {
        const { filter } = requirePeer('odata-v4-parser') as { filter: Parse };
        return { parse: filter, shape: (answer) => shapeOf(answer, countV4) };
      },
      'odata-qs': async () => {
        const { parse } = requirePeer('odata-qs') as { parse: Parse };
        return { prepare: (filter) => `$filter=${filter}`, parse };
      },
    },
    xpp: {
      hand: async () => own(measured().parseXppByHand),
      ours: async () => own(measured().parseXpp),
      'grammar alone': async () => own(measured().readXppByGrammar),
      jsep: async () => {
        const parse = requirePeer('jsep') as Parse;
        return {
          parse: (text) => parse(text),
          shape: (answer) => shapeOf(answer, countJavaScript),
        };
      },
      acorn: async () => {
        const { parseExpressionAt } = requirePeer('acorn') as {
          parseExpressionAt: (text: string, offset: number, options: unknown) => unknown;
        };
        const options = { ecmaVersion: 2022 };
        return {
          parse: (text) => parseExpressionAt(text, 0, options),
          shape: (answer) => shapeOf(answer, countJavaScript),
        };
      },
      '@actions/expressions': actions,
    },
  };

interface ActionsModule {
  readonly Lexer: new (text: string) => { lex: () => { readonly tokens: readonly unknown[] } };
  readonly Parser: new (
    tokens: readonly unknown[],
    contexts: readonly string[],
    functions: readonly unknown[],
  ) => { parse: () => unknown };
}

/** An ES module alone, and its strings have single quotes. */
async function actions(): Promise<Engine> {
  const load = async (path: string): Promise<Partial<ActionsModule>> => {
    const loaded: unknown = await import(`@actions/expressions/${path}`);
    return loaded as Partial<ActionsModule>;
  };
  const { Lexer } = await load('lexer');
  const { Parser } = await load('parser');
  if (Lexer === undefined || Parser === undefined) throw new Error('@actions/expressions changed');
  return {
    prepare: (filter) => filter.replaceAll('"', "'"),
    parse: (text) => new Parser(new Lexer(text).lex().tokens, XPP_FIELDS, []).parse(),
    shape: (answer) => shapeOf(answer, countActions),
  };
}
