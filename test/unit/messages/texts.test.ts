import { deepEqual, match, ok } from 'node:assert/strict';
import { problemCodes } from '../../../src/problem/catalogue.ts';
import { productMessages } from '../../../src/messages/catalogue.ts';
import { explainText } from '../../../src/messages/explain.ts';
import { explanationsIn } from '../../../src/messages/texts.ts';
import { GUIDE_NAMES } from '../../../src/messages/model.ts';
import { readInRepository } from '../../kit/repository.ts';

type Texts = Readonly<Record<string, string | Readonly<Record<string, string>>>>;
const textsIn = (language: string): Texts =>
  JSON.parse(readInRepository(`l10n/explanations.${language}.json`));
const english = textsIn('en');
const sentences = (text: Texts[string] = ''): readonly string[] =>
  typeof text === 'string' ? [text] : Object.values(text);
const pieces = (text: Texts[string] | undefined, pattern: RegExp): readonly string[] =>
  [...new Set(sentences(text).flatMap((each) => each.match(pattern) ?? []))].toSorted();

const FORMS = {
  en: ['one', 'other'],
  cs: ['few', 'many', 'one', 'other'],
  fr: ['many', 'one', 'other'],
};

describe('explanations', () => {
  for (const { id, role } of productMessages) {
    it(`tell cause, role and steps: ${id}`, () => {
      for (const key of [`message.${id}.cause`, `message.${id}.1`, `role.${role}`]) {
        ok(english[key] !== undefined, key);
      }
    });
  }

  it('are of messages, guides and reports that exist', () => {
    const ids = new Set(productMessages.map(({ id }) => id));
    const guides = new Set<string>(GUIDE_NAMES);
    const unknown = Object.keys(english).filter((key) => {
      const [room, name = ''] = key.split('.');
      return (room === 'message' && !ids.has(name)) || (room === 'guide' && !guides.has(name));
    });
    deepEqual(unknown, []);
    deepEqual(ids.size, productMessages.length);
    const codes = new Set<string>(problemCodes);
    deepEqual(
      productMessages.flatMap((message) => message.codes ?? []).filter((code) => !codes.has(code)),
      [],
    );
  });

  for (const language of ['cs', 'fr'] as const) {
    describe(`in ${language}`, () => {
      const texts = textsIn(language);

      it('are those of English, with its values and code', () => {
        deepEqual(Object.keys(texts).toSorted(), Object.keys(english).toSorted());
        for (const [key, text] of Object.entries(english)) {
          deepEqual(pieces(texts[key], /\{\w+\}/gu), pieces(text, /\{\w+\}/gu), key);
          deepEqual(pieces(texts[key], /`[^`]+`/gu), pieces(text, /`[^`]+`/gu), key);
        }
      });

      it('are translated, in all plural forms', () => {
        for (const [key, text] of Object.entries(texts)) {
          for (const sentence of sentences(text)) {
            const hasWords = /\p{L}/u.test(sentence.replaceAll(/`[^`]*`|\{\w+\}/gu, ''));
            ok(!hasWords || !sentences(english[key]).includes(sentence), key);
          }
          if (typeof text !== 'string') {
            deepEqual(Object.keys(text).toSorted(), FORMS[language], key);
          }
        }
      });
    });
  }

  it('in French have narrow no-break spaces and typographic apostrophes', () => {
    for (const [key, text] of Object.entries(textsIn('fr'))) {
      for (const sentence of sentences(text)) {
        const prose = sentence.replaceAll(/`[^`]*`/gu, '`');
        ok(
          !/(?<!\u202F)[;!»?]|(?<!\u202F):(?=\s|$)|\p{L}'[\p{L}`*{]/u.test(prose),
          `${key}: ${prose}`,
        );
      }
    }
  });

  const told = [
    { locale: 'en', role: /\*\*Who can fix it:\*\* System administrator/u },
    { locale: 'cs-CZ', role: /\*\*Kdo to může napravit:\*\* Správce systému/u },
    { locale: 'fr', role: /\*\*Qui peut corriger\u202F:\*\* Administrateur système/u },
  ];
  for (const { locale, role } of told) {
    it(`are documents with heading, role, steps and the way to more in ${locale}`, () => {
      const { markdown } = explainText(
        'SecureConfig Organization (???) does not match actual CRM Organization (???).',
        explanationsIn(locale),
      );
      match(markdown, /^## SecureConfig Organization … does not match actual CRM Organization$/mu);
      match(markdown, role);
      match(markdown, /^1\. .*`msdyn_dualwriteruntimeconfig`/mu);
      match(markdown, /`dual-write guide database-copy`/u);
    });
  }

  it('begin the middle of a sentence with an ellipsis', () => {
    const { markdown } = explainText(
      'Writes to UnitOfMeasureEntity failed with error message Unable to sync with entity uoms.',
      explanationsIn('en'),
    );
    match(markdown, /^## … failed with error message Unable to sync with entity …$/mu);
  });

  it('say so where nothing is known, and that not all was read', () => {
    const say = explanationsIn('en');
    match(explainText('Hello', say).markdown, /no message that is known/u);
    match(explainText('x '.repeat(200_000), say).markdown, /first 200000 characters/u);
  });

  it('show nothing of a pasted text as markup', () => {
    const { markdown } = explainText(
      'Unable to write data to entity `a|b`<x>',
      explanationsIn('en'),
    );
    ok(!markdown.includes('<x>'));
  });
});
