import cs from '../../l10n/messages.cs.json' with { type: 'json' };
import en from '../../l10n/messages.en.json' with { type: 'json' };
import fr from '../../l10n/messages.fr.json' with { type: 'json' };
import type { MessageArguments, Problem } from './problem.ts';

/** A sentence, or one per plural form of the argument `count` (CLDR names: one, few, many, other). */
type Template = string | Readonly<Record<string, string>>;
type Messages = Readonly<Record<string, Template>>;

/** Turns a key of l10n/messages.*.json and its arguments into a sentence of one language. */
export type Translate = (key: string, args?: MessageArguments) => string;

const languages: Readonly<Record<string, Messages>> = { en, cs, fr };

/** @param locale a BCP 47 tag such as `cs` or `fr-CA`; what is not translated answers in English. */
export function translator(locale: string): Translate {
  const language = locale.toLowerCase().split(/[-_]/u)[0] ?? 'en';
  const messages = languages[language];
  const plural = new Intl.PluralRules(messages === undefined ? 'en' : language);
  return (key, args = {}) => {
    const template = messages?.[key] ?? (en as Messages)[key];
    // A missing key shows itself: the gate test/unit/l10n.test.ts keeps it from users.
    if (template === undefined) return key;
    const sentence =
      typeof template === 'string'
        ? template
        : (template[plural.select(Number(args['count'] ?? 0))] ?? template['other'] ?? key);
    return sentence.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => String(args[name] ?? whole));
  };
}

export const problemKey = (problem: Problem): string =>
  problem.variant === undefined
    ? `problem.${problem.code}`
    : `problem.${problem.code}.${problem.variant}`;

export const messageOf = (problem: Problem, translate: Translate): string =>
  translate(problemKey(problem), problem.args);
