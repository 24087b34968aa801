import { deepEqual, ok } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { explainField } from '../../../src/live/explainField.ts';
import { liveTexts } from '../../../src/live/texts.ts';
import { readMapDocument } from '../../../src/map/read.ts';
import { noMetadata } from '../../../src/metadata/metadataOf.ts';
import { legsIn } from '../../../src/service/rehearsal/rehearsal.ts';
import { pathInRepository } from '../../kit/repository.ts';

const SHIPPED = pathInRepository('../shared/data/gab-maps/customizations.xml');

describe("a change of each field of Microsoft's shipped maps", () => {
  it('has a result on each side and a sentence for everything that happens', function () {
    if (!existsSync(SHIPPED)) this.skip();
    const say = liveTexts('en');
    const { value } = readMapDocument(readFileSync(SHIPPED, 'utf8'));
    const unsaid = new Set<string>();
    let steps = 0;
    for (const named of legsIn(value, SHIPPED)) {
      for (const mapping of named.leg.fieldMappings) {
        const results = explainField(named, mapping, { metadata: noMetadata, entityNames: {} });
        for (const { happenings, outcomes } of results) {
          steps += 1;
          ok(outcomes.length > 0);
          for (const { kind, code, args } of happenings) {
            const sentence = say(`${kind}.${code}`, args);
            if (sentence.includes('{') || !sentence.includes(' ')) unsaid.add(`${kind}.${code}`);
          }
        }
      }
    }
    ok(steps > 500, `${steps} steps`);
    deepEqual([...unsaid], []);
  });
});
