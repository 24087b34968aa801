import cs from '../../l10n/engine.cs.json' with { type: 'json' };
import en from '../../l10n/engine.en.json' with { type: 'json' };
import fr from '../../l10n/engine.fr.json' with { type: 'json' };
import { translatorFrom } from '../problem/message.ts';
import type { EngineMessage } from './model/message.ts';

/** Turns what the engine says into a sentence of one language; `locale` is a BCP 47 tag. */
export function engineTexts(locale: string): (text: EngineMessage) => string {
  const translate = translatorFrom({ en, cs, fr }, locale);
  const sentence = ({ code, args = {} }: EngineMessage): string =>
    translate(
      `message.${code}`,
      Object.fromEntries(
        Object.entries(args).map(([name, value]) => [
          name,
          typeof value === 'object' ? sentence(value) : value,
        ]),
      ),
    );
  return sentence;
}
