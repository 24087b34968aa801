import cs from '../../l10n/live.cs.json' with { type: 'json' };
import en from '../../l10n/live.en.json' with { type: 'json' };
import fr from '../../l10n/live.fr.json' with { type: 'json' };
import { type Translate, translatorFrom } from '../problem/message.ts';

/** What rehearsals say, in one language; `locale` is a BCP 47 tag. */
export const liveTexts = (locale: string): Translate => translatorFrom({ en, cs, fr }, locale);

/** The codes of everything that can happen, as expectations name them. */
export const happeningCodes: readonly string[] = Object.keys(en).filter(
  (key) => !/^(?:outcome|report|explain)\./u.test(key),
);
