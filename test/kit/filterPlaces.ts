import { between, nestedSpelling, type Spelled, spelledJson, spelledXml } from './spelling.ts';
import type { Document } from '../../src/service/workspace.ts';

/** A filter somewhere in a document, and where each of its units stands there. */
export interface PlacedFilter {
  readonly id: string;
  readonly document: Document;
  readonly starts: readonly number[];
}

const JSON_BEFORE = '{"name": "😀 é", "legs": [{"sourceSchema": "S", "sourceFilter": "';
const JSON_AFTER = '", "destinationSchema": "d", "reversedSourceFilter": ""}]}';
const inMapping = (filter: Spelled): Spelled => between(JSON_BEFORE, filter, JSON_AFTER);

/** As JSON.stringify writes it: the spelling of every exporter. */
function plainJson(filter: string): Spelled {
  let text = '';
  const starts: number[] = [];
  for (const unit of filter.split('')) {
    starts.push(text.length);
    text += JSON.stringify(unit).slice(1, -1);
  }
  return { text, starts: [...starts, text.length] };
}

const asWritten = (text: string): Spelled => ({
  text,
  starts: Array.from({ length: text.length + 1 }, (_, index) => index),
});

function inSolution(mapping: Spelled): Spelled {
  const before =
    '<?xml version="1.0"?>\r\n<ImportExportXml><m id="1"><msdyn_displayname>d - S</msdyn_displayname><msdyn_mapping>';
  return between(before, mapping, '</msdyn_mapping></m></ImportExportXml>');
}

/** The same filter in a file of its own and behind every combination of layers that maps are known in. */
export function everyPlaceOf(filter: string): readonly PlacedFilter[] {
  const json = inMapping(plainJson(filter));
  const escaped = inMapping(spelledJson(filter, 7));
  const inRecord = (seed: number): Spelled => {
    const outer = spelledJson(json.text, seed);
    return between(
      '{"value":[{"msdyn_name": "n", "msdyn_mapping":"',
      nestedSpelling(json, outer),
      '"}]}',
    );
  };
  const texts: Readonly<Record<string, Spelled>> = {
    'JSON string': json,
    'JSON string with \\u escapes': escaped,
    'JSON with byte order mark and CRLF': between('\uFEFF\r\n', json, '\r\n'),
    'JSON in JSON': inRecord(3),
    'JSON in XML': inSolution(nestedSpelling(json, spelledXml(json.text, 5))),
    'escaped JSON in XML': inSolution(nestedSpelling(escaped, spelledXml(escaped.text, 11))),
    'JSON in CDATA': inSolution(between('<![CDATA[', json, ']]>')),
  };
  return [
    {
      id: 'alone',
      document: { uri: 'file:///w/f.xppfilter', text: filter, side: 'fo' },
      starts: asWritten(filter).starts,
    },
    ...Object.entries(texts).map(([id, { text, starts }]) => ({
      id,
      document: { uri: 'file:///w/m.json', text },
      starts,
    })),
  ];
}
