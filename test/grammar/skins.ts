import { decodeXML } from './xmlText.ts';

export type Side = 'fo' | 'dataverse';

/** A filter in a document: what the document looks like around it, and how the filter is escaped there. */
export interface Skin {
  readonly name: string;
  readonly scopeName: string;
  readonly document: (filter: string, side: Side) => string;
  readonly decode: (text: string) => string;
}

const KEYS = { fo: 'sourceFilter', dataverse: 'reversedSourceFilter' };

const mapOf = (filter: string, side: Side): object => ({
  name: '[A] - [b]',
  legs: [{ sourceSchema: 'A', [KEYS[side]]: filter, destinationSchema: 'b', fieldMappings: [] }],
});

const decodeJson = (text: string): string => String(JSON.parse(`"${text}"`));

/** As the encoders of .NET write it. */
const withCodes = (json: string): string =>
  json.replaceAll(/\\[^"]|\\"|[&<>'+]/gu, (found) =>
    /^\\[^"]/u.test(found)
      ? found
      : String.raw`\u` + found.slice(-1).charCodeAt(0).toString(16).padStart(4, '0'),
  );

const escapeXml = (text: string, quotes: boolean): string => {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return quotes ? escaped.replaceAll('"', '&quot;').replaceAll("'", '&apos;') : escaped;
};

const inXml = (mapping: string): string =>
  `<maps>\n  <msdyn_dualwriteentitymap id="1">\n    <msdyn_mapping>${mapping}</msdyn_mapping>\n    <msdyn_name a="b">x</msdyn_name>\n  </msdyn_dualwriteentitymap>\n</maps>`;

const record = (mapping: string): string =>
  JSON.stringify({ value: [{ msdyn_mapping: mapping, msdyn_version: '1.0.0.5' }] }, null, 2);

export const skins: readonly Skin[] = [
  {
    name: 'JSON',
    scopeName: 'source.json',
    document: (filter, side) => JSON.stringify(mapOf(filter, side), null, 2),
    decode: decodeJson,
  },
  {
    name: 'JSON in one line',
    scopeName: 'source.json',
    document: (filter, side) => JSON.stringify(mapOf(filter, side)),
    decode: decodeJson,
  },
  {
    name: 'JSON with CRLF',
    scopeName: 'source.json',
    document: (filter, side) =>
      JSON.stringify(mapOf(filter, side), null, '\t').replaceAll('\n', '\r\n'),
    decode: decodeJson,
  },
  {
    name: 'JSON with codes',
    scopeName: 'source.json',
    document: (filter, side) => withCodes(JSON.stringify(mapOf(filter, side), null, 2)),
    decode: decodeJson,
  },
  {
    name: 'JSON with comments',
    scopeName: 'source.json.comments',
    document: (filter, side) => `// a map\n${JSON.stringify(mapOf(filter, side), null, 2)} // end`,
    decode: decodeJson,
  },
  {
    name: 'record of the Web API',
    scopeName: 'source.json',
    document: (filter, side) => record(JSON.stringify(mapOf(filter, side), null, 1)),
    decode: (text) => decodeJson(decodeJson(text)),
  },
  {
    name: 'record, encoded twice',
    scopeName: 'source.json',
    document: (filter, side) => record(JSON.stringify(JSON.stringify(mapOf(filter, side)))),
    decode: (text) => decodeJson(decodeJson(decodeJson(text))),
  },
  {
    name: 'XML, quotes as they are',
    scopeName: 'text.xml',
    document: (filter, side) =>
      inXml(`\n${escapeXml(JSON.stringify(mapOf(filter, side), null, 2), false)}\n`),
    decode: (text) => decodeJson(decodeXML(text)),
  },
  {
    name: 'XML, quotes as entities',
    scopeName: 'text.xml',
    document: (filter, side) => inXml(escapeXml(JSON.stringify(mapOf(filter, side)), true)),
    decode: (text) => decodeJson(decodeXML(text)),
  },
  {
    name: 'XML, CDATA',
    scopeName: 'text.xml',
    document: (filter, side) =>
      inXml(`<![CDATA[${JSON.stringify(mapOf(filter, side), null, 2)}]]>`),
    decode: decodeJson,
  },
];
