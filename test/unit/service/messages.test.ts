import { deepEqual } from 'node:assert/strict';
import * as fc from 'fast-check';
import { translator } from '../../../src/problem/message.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { diagnosticsOf } from '../../../src/service/diagnostics.ts';
import { fixesOf } from '../../../src/service/fixes.ts';
import { MAP_URI } from '../../kit/check.ts';
import { mapForms } from '../../kit/maps.ts';
import { sampleTexts, workspaceWith } from '../../kit/metadata.ts';
import { anySource } from '../../kit/xppSources.ts';

/** Sentences without a value they need, and keys nobody wrote a sentence for. */
const unfinished = (sentences: readonly string[]): readonly string[] =>
  sentences.filter((sentence) =>
    /\{\w+\}|^(?:problem|fix|related)\.|undefined|NaN/u.test(sentence),
  );

describe('what is said about a filter', () => {
  it('is a whole sentence, for problems, places and fixes', async () => {
    const workspace = workspaceWith(await sampleTexts());
    const translate = translator('en');
    const [form] = mapForms;
    const property = fc.property(anySource, (filter) => {
      // What the filter itself says may stand in a sentence.
      fc.pre(!/\{|undefined|NaN/u.test(filter));
      const text = form?.write({ sourceFilter: filter, reversedSourceFilter: filter }) ?? '';
      const document = { uri: MAP_URI, text };
      const sentences = diagnosticsOf(analyse(document, workspace), translate).flatMap(
        (diagnostic) => [
          diagnostic.message,
          ...diagnostic.related.map(({ message }) => message),
          ...fixesOf(diagnostic, document, workspace, translate).map(({ title }) => title),
        ],
      );
      deepEqual(unfinished(sentences), []);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
