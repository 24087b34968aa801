import { equal } from 'node:assert/strict';
import { liveTexts } from '../../../../src/live/texts.ts';
import { readMapDocument } from '../../../../src/map/read.ts';
import { changesOfMap } from '../../../../src/service/explain/explainChanges.ts';
import { legsIn } from '../../../../src/service/rehearsal/rehearsal.ts';
import { metadataIn } from '../../../kit/metadata.ts';
import { mapOf, type MapParts, metadata } from '../../live/items.ts';

/** The row of the field NAME, without its marks. */
function told(parts: MapParts, locale = 'en'): string | undefined {
  const legs = legsIn(readMapDocument(JSON.stringify(mapOf(parts))).value, 'map.json');
  const knowledge = { metadata: metadataIn(metadata), entityNames: {} };
  return changesOfMap(legs, knowledge, liveTexts(locale))
    .split('\n')
    .find((line) => line.includes('`NAME`'));
}

describe('which changes of a map arrive', () => {
  it('is said plainly where no filter is', () =>
    equal(told({}), '| `NAME` ↔ `ours_name` | synchronized | synchronized |'));

  const open = { filter: '(Name == "x")', back: "ours_name ne 'x'" };
  const decides = {
    en: 'synchronized or not triggered – the filter decides',
    cs: 'synchronizováno nebo nespuštěno – rozhodne filtr',
    fr: 'synchronisé ou non déclenché – le filtre décide',
  };
  for (const [locale, text] of Object.entries(decides)) {
    it(`names the filter where it decides: ${locale}`, () =>
      equal(told(open, locale), `| \`NAME\` ↔ \`ours_name\` | ${text} | ${text} |`));
  }
});
