import type { Messages } from './messages.ts';
import { czech } from './languages/cs.ts';
import { english } from './languages/en.ts';
import { french } from './languages/fr.ts';
import type { MessageArguments, Problem } from './problem.ts';

/** Turns a key of l10n/messages.*.json and its arguments into a sentence of one language. */
export type Translate = (key: string, args?: MessageArguments) => string;

const languages = {
  get en() {
    return english();
  },
  get cs() {
    return czech();
  },
  get fr() {
    return french();
  },
};

/** @param locale a BCP 47 tag such as `cs` or `fr-CA`; what is not translated answers in English. */
export const translator = (locale: string): Translate => translatorFrom(languages, locale);

/** A translator over other sentences than those of l10n/messages.*.json, English among them. */
export function translatorFrom(
  languages: Readonly<Record<string, Messages>> & { readonly en: Messages },
  locale: string,
): Translate {
  const language = locale.toLowerCase().split(/[-_]/u)[0] ?? 'en';
  // Read at the first sentence: a program speaks long after it has started.
  let spoken:
    { readonly messages: Messages | undefined; readonly plural: Intl.PluralRules } | undefined;
  const speaking = (): NonNullable<typeof spoken> => {
    const messages = languages[language];
    const plural = new Intl.PluralRules(messages === undefined ? 'en' : language);
    return (spoken ??= { messages, plural });
  };
  return (key, args = {}) => {
    const { messages, plural } = spoken ?? speaking();
    const template = messages?.[key] ?? languages.en[key];
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
