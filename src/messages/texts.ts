import cs from '../../l10n/explanations.cs.json' with { type: 'json' };
import en from '../../l10n/explanations.en.json' with { type: 'json' };
import fr from '../../l10n/explanations.fr.json' with { type: 'json' };
import { type Translate, translatorFrom } from '../problem/message.ts';

/** Explanations, guides and findings in one language; `locale` is a BCP 47 tag. */
export const explanationsIn = (locale: string): Translate => translatorFrom({ en, cs, fr }, locale);
