/** Documents that may hold a filter. Maps stay JSON: other extensions go on working on them. */
export const DOCUMENTS = [
  ...['file', 'untitled'].flatMap((scheme) =>
    ['json', 'jsonc', 'xml', 'dualwrite-xpp', 'dualwrite-odata'].map((language) => ({
      scheme,
      language,
    })),
  ),
  // X++ source code, whatever language another extension takes it for.
  { scheme: 'file', pattern: '**/*.xpp' },
];
