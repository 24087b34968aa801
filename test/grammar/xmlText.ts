const ENTITIES: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&apos;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
};

export const decodeXML = (text: string): string =>
  text.replaceAll(/&[a-z]+;/gu, (entity) => ENTITIES[entity] ?? entity);
