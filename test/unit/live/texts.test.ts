import { deepEqual, ok } from 'node:assert/strict';
import cs from '../../../l10n/live.cs.json' with { type: 'json' };
import en from '../../../l10n/live.en.json' with { type: 'json' };
import fr from '../../../l10n/live.fr.json' with { type: 'json' };
import { ACTIONS, MAP_STATES, OUTCOMES, WRITINGS } from '../../../src/live/model.ts';
import { readInRepository } from '../../kit/repository.ts';
import { sourcesIn } from '../../kit/sources.ts';

const placeholders = (text: string): string =>
  [...text.matchAll(/\{(\w+)\}|`[^`]*`/gu)]
    .map(([found]) => found)
    .toSorted()
    .join(' ');

describe('the sentences of rehearsals', () => {
  const english: Readonly<Record<string, string>> = en;
  for (const [language, texts] of Object.entries({ cs, fr })) {
    const messages: Readonly<Record<string, string>> = texts;
    it(`are those of English, with the same values and code: ${language}`, () => {
      deepEqual(Object.keys(messages).toSorted(), Object.keys(english).toSorted());
      for (const [key, text] of Object.entries(english)) {
        deepEqual(placeholders(messages[key] ?? ''), placeholders(text), key);
      }
    });

    it(`are translated: ${language}`, () => {
      const same = Object.entries(english).filter(
        ([key, text]) => messages[key] === text && /\p{L}/u.test(text.replaceAll(/\{\w+\}/gu, '')),
      );
      deepEqual(
        same.map(([key]) => key),
        [],
      );
    });
  }

  it('of French have narrow no-break spaces and typographic apostrophes', () => {
    const wrong = Object.entries(fr).filter(([, text]) =>
      /(?<!\u202F)[;!»]|(?<!\u202F)[:?](?=\s|$)|«(?!\u202F)|\u00A0|\p{L}'\p{L}/u.test(
        text.replaceAll(/`[^`]*`/gu, ''),
      ),
    );
    deepEqual(wrong, []);
  });

  it('are there for every code that is written whole', () => {
    const code = ['src', 'server', 'cli']
      .flatMap(sourcesIn)
      .filter((file) => /\/live\/|\/rehears/u.test(file))
      .map(readInRepository)
      .join('\n');
    const told = [...code.matchAll(/\btell\(\s*'(\w+)',\s*'([\w.]+)'/gu)].map(
      ([, kind = '', name = '']) => `${kind}.${name}`,
    );
    const said = [...code.matchAll(/\bsay\(\s*'([\w.]+)'/gu)].map(([, key = '']) => key);
    ok(told.length > 15 && said.length > 5, `${told.length} and ${said.length}`);
    deepEqual(
      [...told, ...said].filter((key) => english[key] === undefined),
      [],
    );
  });

  it('are there for every state, outcome and way of writing', () => {
    const keys = [
      ...MAP_STATES.flatMap((state) => [`state.${state}`, `action.refused.${state}`]),
      ...[...OUTCOMES, 'done', 'refused', 'lost'].map((outcome) => `outcome.${outcome}`),
      ...WRITINGS.filter((each) => each !== 'plain').map((each) => `trigger.beyond.${each}`),
      ...['old', 'new'].flatMap((which) =>
        ['true', 'false', 'null', 'lost', 'open', 'unreadable'].map(
          (answer) => `filter.${which}.${answer}`,
        ),
      ),
    ];
    ok(ACTIONS.length > 3);
    deepEqual(
      keys.filter((key) => english[key] === undefined),
      [],
    );
  });
});
