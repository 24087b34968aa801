import type { LazyGroup } from './lazyModules.ts';

/** Of the three languages one is spoken; English is read where the other lacks a sentence. */
const languages: readonly LazyGroup[] = ['en', 'cs', 'fr'].map((language) => ({
  name: `language-${language}`,
  modules: [`src/problem/languages/${language}.ts`],
}));

/** What no correct filter needs: Chevrotain and the grammars, which tell what is wrong with one. */
const grammars: LazyGroup = {
  name: 'grammars',
  modules: ['src/filter/*/byGrammar.ts', 'src/filter/range/parse.ts'],
};

/** The reader of XML: most documents are JSON. */
const xml: LazyGroup = { name: 'xml', modules: ['src/text/xml.ts'] };

/** What correct JSON does not need: jsonc-parser, which reads the other, and lists comments. */
const json: LazyGroup = { name: 'json', modules: ['src/text/{brokenJson,comments}.ts'] };

/** Sync projects, which are checked like maps, with the filters of Business Central. */
const projects: LazyGroup = { name: 'projects', modules: ['src/engine/project/read.ts'] };

/** The readers of metadata: of delimited text and JSON with rows, XML and projects of the gateway. */
const metadataFiles: LazyGroup = {
  name: 'metadata-files',
  modules: [
    'src/metadata/{readFile,readTypes,entityView,csv,jsonRows,sampledColumns}.ts',
    'src/metadata/dataverse/{csdl,project,solution}.ts',
  ],
};

/** Readers of row files: workbooks, JSON, delimited text. */
const rowFiles: LazyGroup = { name: 'row-files', modules: ['src/preview/rowFiles/*.ts'] };

/** What an editor's first question needs, and nothing of what it may ask later. */
export const serverGroups: readonly LazyGroup[] = [
  ...languages,
  grammars,
  xml,
  json,
  projects,
  metadataFiles,
  { name: 'export', modules: ['server/rows/exportRows.ts'] },
  // What only metadata, X++ and open sync projects make known; a document without them is told first.
  {
    name: 'tracking',
    modules: ['src/tracking/**/*.ts', 'src/service/checks/{xppWrites,syncErrors}.ts'],
    from: ['server', 'src/service'],
  },
  {
    name: 'analysis',
    modules: ['src/service/{analysis,diagnostics,place}.ts', 'src/{map,service/checks}/*.ts'],
    from: ['server'],
    isFirst: true,
  },
  {
    name: 'metadata',
    modules: ['src/metadata/**/*.ts', 'src/workspace/*.ts'],
    from: ['server'],
    isFirst: true,
  },
  {
    name: 'rehearsals',
    modules: ['src/live/*.ts', 'src/service/{rehearsal,explain}/*.ts'],
    from: ['server'],
  },
  rowFiles,
  { name: 'preview', modules: ['src/preview/**/*.ts'], from: ['server'] },
  {
    name: 'features',
    modules: ['src/service/features/**/*.ts', 'src/service/fixes.ts'],
    from: ['server'],
    isFirst: true,
  },
  {
    name: 'tools',
    modules: ['src/service/**/*.ts', 'src/{generate,tracking,import,filter}/**/*.ts'],
    from: ['server'],
  },
  // The engine runs in a thread; the server itself speaks for it where there is none.
  { name: 'sync', modules: ['src/engine/**/*.ts'], from: ['server'] },
];

/** Explanations, reports and guides: their texts stand in three languages. */
const advice: LazyGroup = {
  name: 'advice',
  modules: ['src/{messages,errorLog,health,guides}/*.ts'],
};

/** A check of files loads its languages and grammars, `explain` the readers; everything else is needed anyway. */
export const commandLineGroups: readonly LazyGroup[] = [
  ...languages,
  grammars,
  xml,
  json,
  projects,
  metadataFiles,
  rowFiles,
  advice,
];
