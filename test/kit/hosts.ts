import type { Side } from '../../src/map/model.ts';
import type { Document } from '../../src/service/workspace.ts';
import { encodeJsonString } from '../../src/text/jsonString.ts';

/** A filter in one of the documents that filters live in. `offsetOf` maps an offset of the filter into it. */
export interface Hosted {
  readonly name: string;
  readonly document: Document;
  readonly offsetOf: (filterOffset: number) => number;
}

/**
 * The same filter in every skin: a file of its own, a JSON map (plain, CRLF with BOM, every character escaped),
 * a record with JSON in JSON, and a solution with JSON in XML. Whatever holds in one must hold in all.
 */
export function hostsOf(
  filter: string,
  side: Side = 'fo',
  sourceSchema = 'Projects',
  fieldMappings: readonly object[] = [],
): readonly Hosted[] {
  const extension = side === 'fo' ? 'xppfilter' : 'odatafilter';
  const map =
    (encode: (text: string) => string) =>
    (text: string): string =>
      mapText(encode(text), side, sourceSchema, fieldMappings);
  const json = map(encodeJsonString);
  const xml = (text: string): string => xmlEscaped(json(text));
  return [
    standalone(`filter.${extension}`, filter, side),
    hosted('map.json', filter, encodeJsonString, json),
    hosted(
      'crlf-bom.json',
      filter,
      encodeJsonString,
      (text) => `\uFEFF${json(text).replaceAll('\n', '\r\n')}`,
    ),
    hosted('unicode.json', filter, unicodeEscaped, map(unicodeEscaped)),
    hosted(
      'record.json',
      filter,
      (text) => encodeJsonString(encodeJsonString(text)),
      (text) => `{"msdyn_name":"😀","msdyn_mapping":${JSON.stringify(json(text))}}`,
    ),
    hosted(
      'customizations.xml',
      filter,
      (text) => xmlEscaped(encodeJsonString(text)),
      (text) => solutionText(xml(text)),
    ),
  ];
}

function standalone(name: string, filter: string, side: Side): Hosted {
  return {
    name,
    document: { uri: `file:///workspace/${name}`, text: filter, side },
    offsetOf: (offset) => offset,
  };
}

function hosted(
  name: string,
  filter: string,
  encode: (text: string) => string,
  wrap: (filter: string) => string,
): Hosted {
  const text = wrap(filter);
  const [before = ''] = wrap(MARK).split(encode(MARK));
  return {
    name,
    document: { uri: `file:///workspace/${name}`, text },
    // Every encoding here works character by character, so a prefix is as long encoded as it is inside.
    offsetOf: (offset) => before.length + encode(filter.slice(0, offset)).length,
  };
}

const MARK = 'FILTER STANDS HERE';

const unicodeEscaped = (text: string): string =>
  [...Array(text.length).keys()]
    .map((index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('');

const xmlEscaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

function mapText(
  filter: string,
  side: Side,
  sourceSchema: string,
  fieldMappings: readonly object[],
): string {
  const [fo, dataverse] = side === 'fo' ? [filter, ''] : ['', filter];
  return `{
  "name": "[${sourceSchema}] - [msdyn_projects]",
  "legs": [
    {
      "id": "001",
      "sourceSchema": "${sourceSchema}",
      "sourceFilter": "${fo}",
      "destinationSchema": "msdyn_projects",
      "reversedSourceFilter": "${dataverse}",
      "fieldMappings": ${JSON.stringify(fieldMappings)}
    }
  ]
}
`;
}

const solutionText = (mapping: string): string => `<?xml version="1.0" encoding="utf-8"?>
<ImportExportXml>
  <msdyn_dualwriteentitymaps>
    <msdyn_dualwriteentitymap>
      <msdyn_mapping>${mapping}</msdyn_mapping>
    </msdyn_dualwriteentitymap>
  </msdyn_dualwriteentitymaps>
</ImportExportXml>
`;
