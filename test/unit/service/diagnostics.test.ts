import { deepEqual, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import { applied, check, checkPlaces, checkWhole, fixesFor, MAP_URI } from '../../kit/check.ts';
import { mapForms } from '../../kit/maps.ts';
import { type MetadataTexts, sampleTexts } from '../../kit/metadata.ts';
import { readInRepository } from '../../kit/repository.ts';
import { anySource } from '../../kit/xppSources.ts';

/** Filters near to right ones: what a person has on the screen between two keystrokes. */
const editedFilter = fc
  .tuple(
    fc.constantFrom(
      '(ParentProject == "")',
      '((ParentProject != "P-100") && (Scheduled == 1))',
      String.raw`(!(ProjectName like "*a*")) || (D <= 23\06\2021)`,
    ),
    fc.nat(),
    fc.nat({ max: 4 }),
    fc.constantFrom('', '"', "'", '(', ')', '&', '\\', '😀', ' and ', 'x', '\n', '“'),
  )
  .map(([filter, place, length, inserted]) => {
    const start = place % (filter.length + 1);
    return filter.slice(0, start) + inserted + filter.slice(start + length);
  });

describe('diagnostics and fixes of any filter', () => {
  let samples: MetadataTexts = {};
  before(async () => {
    samples = await sampleTexts();
  });

  for (const form of mapForms) {
    it(`stay inside the filter, and fixes leave a whole document: ${form.id}`, () => {
      const property = fc.property(fc.oneof(editedFilter, anySource), (filter) => {
        fc.pre(!filter.includes(']'));
        const document = { uri: MAP_URI, text: form.write({ sourceFilter: filter }) };
        const diagnostics = check(document, samples);
        checkPlaces(document, diagnostics);
        for (const diagnostic of diagnostics) {
          for (const fix of fixesFor(diagnostic, document, samples)) {
            const after = applied(fix, document, samples);
            checkWhole(after.document);
            checkPlaces(after.document, check(after.document, after.metadata));
          }
        }
      });
      fc.assert(property, { numRuns: 25 });
    });
  }

  it('are in the order of the text', () => {
    fc.assert(
      fc.property(anySource, (filter) => {
        const text = JSON.stringify({
          legs: [{ sourceFilter: filter, reversedSourceFilter: 'a eq' }],
        });
        const starts = check({ uri: MAP_URI, text }, {}).map(({ span }) => span.start);
        deepEqual(
          starts,
          starts.toSorted((a, b) => a - b),
        );
      }),
    );
  });

  const samplesOfMaps = [
    { file: 'samples/maps/projects.json', expected: ['null-lost'] },
    { file: 'samples/maps/customers-accounts.json', expected: [] },
    { file: 'samples/solution/customizations.xml', expected: ['null-lost'] },
  ];
  for (const { file, expected } of samplesOfMaps) {
    it(`of the samples are those of the walkthrough: ${file}`, () => {
      const document = { uri: MAP_URI, text: readInRepository(file) };
      const warnings = check(document, samples).filter(
        ({ severity }) => severity === 'error' || severity === 'warning',
      );
      deepEqual(
        warnings.map(({ code }) => code),
        expected,
      );
    });
  }

  it('of a broken escape are told once, with a fix that makes the map whole', () => {
    const text = String.raw`{"legs":[{"sourceSchema":"S","sourceFilter":"(D <= 23\06\2021)"}]}`;
    let document = { uri: MAP_URI, text };
    for (const count of [2, 1]) {
      const broken = check(document, {}).filter(({ code }) => code.startsWith('json'));
      deepEqual(
        broken.map(({ code }) => code),
        Array(count).fill('json-escape'),
      );
      const [first] = broken;
      ok(first);
      const [fix] = fixesFor(first, document, {});
      ok(fix);
      document = { ...document, text: applied(fix, document, {}).document.text };
    }
    checkWhole(document);
    deepEqual(
      check(document, {}).filter(({ code }) => code.startsWith('json')),
      [],
    );
  });
});
