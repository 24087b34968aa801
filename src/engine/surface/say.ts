import type { EngineMessage } from '../model/message.ts';
import { engineTexts } from '../texts.ts';
import type { Sentence } from './views/names.ts';

/** What the engine says, with its sentence in one language. */
export type Say = (message: EngineMessage) => Sentence;

/** @param locale a BCP 47 tag; what is not translated is English. */
export function sayIn(locale: string): Say {
  const textOf = engineTexts(locale);
  return (message) => ({ ...message, text: textOf(message) });
}
