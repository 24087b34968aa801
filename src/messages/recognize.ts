import cs from '../../l10n/engine.cs.json' with { type: 'json' };
import en from '../../l10n/engine.en.json' with { type: 'json' };
import fr from '../../l10n/engine.fr.json' with { type: 'json' };
import { productMessages } from './catalogue.ts';
import type { ProductMessage } from './model.ts';
import { type Words, wordsOf } from './words.ts';

/** A message that stands in a text. */
export interface Recognised {
  readonly message: ProductMessage;
  /** The text of the product that was found, with `{name}` for what differs. */
  readonly template: string;
  /** What it names, as it is written there: `{entity}` → `uoms`. */
  readonly args: Readonly<Record<string, string>>;
}

/** What a pasted text may have; what is behind is not looked at. */
export const LONGEST_TEXT = 200_000;

/** The values of a message are names and keys: so many words lie between two of its parts at most. */
const WORDS_BETWEEN = 40;
const VALUE = String.raw`((?:\S+ ){0,${WORDS_BETWEEN}}?)`;

interface Pattern {
  readonly template: string;
  readonly probe: RegExp;
  /** The same, which tells places. */
  readonly expression: RegExp;
  readonly names: readonly string[];
  /** Words that are its own: one with more says more. */
  readonly weight: number;
  /** Some word of it, to look for first. */
  readonly anchor: string;
}

/** Patterns by the word to look for first. */
type Compiled = ReadonlyMap<
  string,
  readonly { readonly message: ProductMessage; readonly pattern: Pattern }[]
>;

let compiled: Compiled | undefined;

function compileAll(): Compiled {
  const patterns = new Map<string, { message: ProductMessage; pattern: Pattern }[]>();
  for (const message of productMessages) {
    for (const pattern of templatesOf(message).map(compile)) {
      const own = patterns.get(pattern.anchor);
      if (own === undefined) patterns.set(pattern.anchor, [{ message, pattern }]);
      else own.push({ message, pattern });
    }
  }
  return patterns;
}

interface Found {
  readonly pattern: Pattern;
  readonly args: Readonly<Record<string, string>>;
}

/**
 * The messages of a pasted text, the most special first, each once. What only stands around a reason is left out where
 * the reason is there, too.
 */
export function recognise(pasted: string): readonly Recognised[] {
  compiled ??= compileAll();
  const words = wordsOf(pasted.slice(0, LONGEST_TEXT));
  const found = new Map<ProductMessage, Found>();
  for (const word of new Set(words.line.split(' '))) {
    for (const { message, pattern } of compiled.get(word) ?? []) {
      const args = argsIn(words, pattern);
      if (args === undefined) continue;
      const before = found.get(message);
      const isBetter = before === undefined || pattern.weight > before.pattern.weight;
      found.set(message, {
        pattern: isBetter ? pattern : before.pattern,
        args: isBetter ? { ...before?.args, ...args } : { ...args, ...before.args },
      });
    }
  }
  const all = [...found].map(([message, each]) => ({ message, ...each }));
  const special = all.filter(({ message }) => message.isGeneral !== true);
  return (special.length > 0 ? special : all)
    .toSorted((a, b) => b.pattern.weight - a.pattern.weight)
    .map(({ message, pattern, args }) => ({ message, template: pattern.template, args }));
}

/** All texts of a message, with `{name}` for what differs. */
export const templatesOf = ({ patterns, engine = [] }: ProductMessage): readonly string[] => [
  ...patterns,
  ...engineTextsOf(engine),
];

type EngineTexts = Readonly<Record<string, string | Readonly<Record<string, string>>>>;
const languages: readonly EngineTexts[] = [en, cs, fr];

/** English first, each plural form by itself. */
const engineTextsOf = (keys: readonly string[]): readonly string[] =>
  keys.flatMap((key) =>
    languages.flatMap((texts) => {
      const template = texts[`message.${key}`] ?? [];
      return typeof template === 'string' ? [template] : Object.values(template);
    }),
  );

function compile(template: string): Pattern {
  const names: string[] = [];
  let weight = 0;
  let anchor = '';
  const parts = template.split(/\{(\w*)\}/u).map((part, index) => {
    if (index % 2 === 1) {
      names.push(part);
      return undefined;
    }
    const line = wordsOf(part).line.trim();
    for (const word of line.split(' ')) {
      weight += word === '' ? 0 : 1;
      if (word.length > anchor.length) anchor = word;
    }
    return line;
  });
  // A value at either end ends nowhere: only those between words of the message are read.
  const isFirst = parts[0] === '';
  const isLast = parts.at(-1) === '';
  const inner = parts.slice(isFirst ? 2 : 0, isLast ? -2 : undefined);
  const trailing = isLast ? '((?:\\S+ )?)' : '';
  const leading = isFirst ? '((?:\\S+ )?)' : '';
  const body = inner
    .map((part) => (part === undefined ? VALUE : part === '' ? '' : `${part} `))
    .join('');
  const source = `(?<= )${leading}${body}${trailing}`;
  return {
    template,
    probe: new RegExp(source, 'u'),
    expression: new RegExp(source, 'du'),
    names,
    weight,
    anchor,
  };
}

function argsIn(
  { line, text, places }: Words,
  { probe, expression, names }: Pattern,
): Readonly<Record<string, string>> | undefined {
  // Places cost far more than the answer, which is no nearly always.
  if (!probe.test(line)) return undefined;
  const match = expression.exec(line);
  if (match === null) return undefined;
  const args: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const [from, to] = match.indices?.[index + 1] ?? [0, 0];
    const first = places.findIndex(({ at }) => at >= from);
    const last = places.findLastIndex(({ at }) => at < to);
    const [begin, end] = [places[first], places[last]];
    if (name === '' || to <= from || begin === undefined || end === undefined) continue;
    args[name] = text.slice(begin.start, end.end).replaceAll(/\s+/gu, ' ');
  }
  return args;
}
