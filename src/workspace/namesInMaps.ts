/** Deeper than a string in a string in a string nobody encodes a map. */
const NAME =
  /(?:sourceSchema|sourceSchemaDistinctName|sourceEntitySchema)\\{0,7}"\s*:\s*\\{0,7}"([^"\\]+)\\{0,7}"|(?:sourceSchema|sourceSchemaDistinctName|sourceEntitySchema)&quot;\s*:\s*&quot;([^&]+)&quot;/gu;

/**
 * What maps call the entities of Finance and Operations, without reading them: a label, sometimes the AOT name.
 * Right often enough to decide which files are read first, and for nothing else.
 */
export const namesInMaps = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(NAME)].map(([, json, xml]) => json ?? xml ?? '')),
];
