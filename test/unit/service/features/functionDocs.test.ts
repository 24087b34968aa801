import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  signatureOf as writtenSignature,
  odataFunctions,
} from '../../../../src/filter/odata/functions.ts';
import { documentedFunctions } from '../../../../src/filter/odata/dataverseFunctions.ts';
import { parseOData } from '../../../../src/filter/odata/parse.ts';
import { translator } from '../../../../src/problem/message.ts';
import {
  canonicalFunctions,
  meaningOf,
  signatureOf,
} from '../../../../src/service/features/calls.ts';
import { everywhere } from '../../../kit/feature.ts';
import { hoverAt } from '../../../../src/service/features/hover.ts';

const locales = ['en', 'cs', 'fr'] as const;

describe('Each canonical function of OData', () => {
  for (const known of canonicalFunctions) {
    const { name, example, meaning, isDocumented } = known;
    it(`is explained by a sentence, its signature and an example: ${name}`, () => {
      const written = odataFunctions.find((each) => each.name === name);
      ok(written);
      equal(signatureOf(known).label, writtenSignature(written));
      deepEqual(parseOData(example).problems, [], example);
      ok(example.includes(`${name}(`), example);
      equal(isDocumented, documentedFunctions.has(name));
      for (const locale of locales) {
        const translate = translator(locale);
        const sentence = translate(meaning);
        ok(!sentence.startsWith('function.') && sentence.endsWith('.'), `${locale}: ${sentence}`);
        const note = translate('function.undocumented');
        equal(meaningOf(known, translate).includes(note), !isDocumented, locale);
      }
      const texts = new Set(locales.map((locale) => translator(locale)(meaning)));
      equal(texts.size, locales.length, meaning);
    });

    it(`shows it on hover: ${name}`, () => {
      const at = example.indexOf(`${name}(`);
      const marked = `${example.slice(0, at + 1)}|${example.slice(at + 1)}`;
      for (const locale of locales) {
        const translate = translator(locale);
        const hover = everywhere(marked, { side: 'dataverse' }, ({ place, workspace }) =>
          hoverAt(place, workspace, translate),
        );
        ok(hover?.markdown.includes(signatureOf(known).label), hover?.markdown);
        ok(hover?.markdown.includes(translate(meaning)));
      }
    });
  }

  it('has a sentence of its own', () => {
    for (const locale of locales) {
      const translate = translator(locale);
      const sentences = canonicalFunctions.map(({ meaning }) => translate(meaning));
      equal(new Set(sentences).size, canonicalFunctions.length, locale);
    }
  });
});
