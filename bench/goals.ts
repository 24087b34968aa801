import type { Figures } from './stats.ts';

/** A goal of `performance.md` 7. */
export interface Goal {
  readonly what: string;
  /** From the figures of a run; undefined where it did not measure them. */
  readonly value: (figures: Figures) => number | undefined;
  /** At most this, or at least it where `isLeast`. */
  readonly required: number;
  readonly isLeast?: true;
  /** What the facts call a stretch. */
  readonly stretch?: number;
}

const median = (name: string) => (figures: Figures) => figures[name]?.median;

/** How many times the figure of a peer is ours. */
const faster = (ours: string, peer: string) => (figures: Figures) => {
  const [a, b] = [figures[ours]?.median, figures[peer]?.median];
  return a === undefined || b === undefined ? undefined : b / a;
};

const parse = (language: string, peer: string) =>
  faster(`parse.${language}.ours.ratio`, `parse.${language}.${peer}.ratio`);

const edit = (peer: string) => faster('200.ours.edit.p50', `200.${peer}.edit.p50`);

const sync = (name: string) => `sync.100000.${name}`;

/** What nobody notices who opens a view, turns a page or types a filter. */
const viewGoals: readonly Goal[] = [
  ['Errors of 10,000 grouped by mapping', 'errors, groups'],
  ['Errors of 10,000 grouped by cause', 'errors, causes'],
  ['First page of 10,000 errors', 'errors, first page'],
  ['A page in the middle of 10,000 errors', 'errors, middle'],
  ['A page in the middle of the errors of one cause', 'errors, middle of a cause'],
  ['First page of 100,000 couplings', 'couplings, first page'],
  ['A page in the middle of 100,000 couplings', 'couplings, middle'],
  ['Couplings in one state, of 100,000', 'couplings, filtered'],
  ['Couplings with a text, of 100,000', 'couplings, searched'],
  ['A page in the middle of a log of 10,000 lines', 'job errors, middle'],
].map(([what, name]) => ({ what: `${what}, ms`, value: median(`views.${name}`), required: 100 }));

export const goals: readonly Goal[] = [
  {
    what: 'OData parsing, times the hand-written limit',
    value: median('parse.odata.ours.ratio'),
    required: 3.7,
    stretch: 1.2,
  },
  {
    what: 'OData parsing by the grammar alone, times the hand-written limit',
    value: median('parse.odata.grammar alone.ratio'),
    required: 3.7,
  },
  {
    what: 'OData parsing, times as fast as @sap/cds',
    value: parse('odata', '@sap/cds'),
    required: 4.5,
    isLeast: true,
    stretch: 14,
  },
  {
    what: 'OData parsing, times as fast as @odata/parser',
    value: parse('odata', '@odata/parser'),
    required: 15,
    isLeast: true,
  },
  {
    what: 'X++ parsing, times the hand-written limit',
    value: median('parse.xpp.ours.ratio'),
    required: 4.8,
  },
  {
    what: 'X++ parsing, times as fast as jsep',
    value: parse('xpp', 'jsep'),
    required: 1.15,
    isLeast: true,
  },
  {
    what: 'X++ parsing, times as fast as @actions/expressions',
    value: parse('xpp', '@actions/expressions'),
    required: 1.4,
    isLeast: true,
  },
  { what: 'Edit among 200 filters, p50 ms', value: median('200.ours.edit.p50'), required: 2.5 },
  { what: 'Edit among 200 filters, p95 ms', value: median('200.ours.edit.p95'), required: 6 },
  {
    what: 'Edit among 200 filters, times the echo',
    value: median('200.ours.edit.x-echo'),
    required: 2.5,
  },
  {
    what: 'Edit after a pause of 30 ms, p50 ms',
    value: median('200.ours.typed.p50'),
    required: 2.5,
  },
  { what: 'Edit after a pause of 30 ms, p95 ms', value: median('200.ours.typed.p95'), required: 6 },
  {
    what: 'Edit after a pause of 30 ms, times the echo',
    value: median('200.ours.typed.x-echo'),
    required: 2.5,
  },
  {
    what: 'Edit among 200 filters, times as fast as vscode-json (pull)',
    value: edit('vscode-json pull'),
    required: 1,
    isLeast: true,
    stretch: 1.5,
  },
  {
    what: 'Edit among 200 filters, times as fast as yaml',
    value: edit('yaml'),
    required: 80,
    isLeast: true,
  },
  {
    what: 'Edit among 200 filters, times as fast as @actions',
    value: edit('@actions'),
    required: 50,
    isLeast: true,
  },
  { what: 'Edit among 20,000 filters, p50 ms', value: median('20000.ours.edit.p50'), required: 12 },
  { what: 'Edit among 20,000 filters, p95 ms', value: median('20000.ours.edit.p95'), required: 20 },
  {
    what: 'Burst of 25 keys, last key to final diagnostics, ms',
    value: median('200.ours.burst'),
    required: 15,
  },
  { what: 'Completion p95, ms', value: median('200.ours.completion.p95'), required: 5 },
  { what: 'Hover p95, ms', value: median('200.ours.hover.p95'), required: 3 },
  {
    what: 'Cold start to initialize, times node -e 0, Node 20',
    value: median('start20.ours.initialize.ratio'),
    required: 1.55,
    stretch: 1.3,
  },
  {
    what: 'The same with Node 24, in which node -e 0 takes half the time',
    value: median('start.ours.initialize.ratio'),
    required: 1.55,
  },
  { what: 'Cold start to initialize, ms', value: median('start.ours.initialize.ms'), required: 95 },
  {
    what: 'Cold start to initialize, times as fast as vscode-json',
    value: faster('start.ours.initialize.ms', 'start.vscode-json pull.initialize.ms'),
    required: 1.67,
    isLeast: true,
  },
  {
    what: 'Cold start to the diagnostics of 200 filters, times node -e 0, Node 20',
    value: median('start20.ours.diagnostics.ratio'),
    required: 2.4,
    stretch: 1.6,
  },
  {
    what: 'The same with Node 24',
    value: median('start.ours.diagnostics.ratio'),
    required: 2.4,
  },
  {
    what: 'Cold start to the diagnostics of 200 filters, ms',
    value: median('start.ours.diagnostics.ms'),
    required: 145,
  },
  {
    what: 'Memory after open and 60 edits, 200 filters, MB',
    value: median('200.ours.memory'),
    required: 70,
  },
  {
    what: 'Memory with 20,000 filters (8 MB), MB',
    value: median('20000.ours.memory'),
    required: 200,
  },
  {
    what: 'First diagnostics beside 5,000 files of metadata, times those beside none',
    value: faster('metadata.0.first', 'metadata.5000.first'),
    required: 1.3,
  },
  {
    what: 'All of 5,000 files of metadata read and told, ms',
    value: median('metadata.5000.whole'),
    required: 5_000,
  },
  {
    what: 'Longest answer while 5,000 files are read, ms',
    value: median('metadata.5000.busiest'),
    required: 200,
  },
  {
    what: 'Memory with 5,000 files of metadata, MB',
    value: median('metadata.5000.memory'),
    required: 300,
  },
  {
    what: 'Count and first 100 of 100,000 rows in memory, ms',
    value: median('preview.ours.query'),
    required: 5,
  },
  {
    what: 'The same, times a query of sql.js',
    value: median('preview.ours.query.ratio'),
    required: 0.4,
  },
  {
    what: 'The same in SQLite with the behaviour of SQL Server, ms',
    value: median('preview.ours in SQLite.query'),
    required: 15,
  },
  {
    what: 'The same in SQLite, times better-sqlite3 with its own comparisons',
    value: faster('preview.better-sqlite3.query', 'preview.ours in SQLite.query'),
    required: 1.35,
  },
  {
    what: 'The same in SQLite, times node-sqlite3-wasm with its own comparisons',
    value: faster('preview.node-sqlite3-wasm.query', 'preview.ours in SQLite.query'),
    required: 1,
  },
  {
    what: '100,000 rows into memory, times a prepared insert of sql.js',
    value: median('preview.ours.load.ratio'),
    required: 0.4,
  },
  {
    what: 'JavaScript loaded up to the diagnostics of 200 filters, KB',
    value: median('bundle.loaded.kb'),
    required: 310,
  },
  {
    what: 'JavaScript loaded up to the diagnostics of 200 filters, gzip KB',
    value: median('bundle.loaded.gzip-kb'),
    required: 78,
  },
  { what: 'All JavaScript of the server, KB', value: median('bundle.all.kb'), required: 310 },
  {
    what: 'All JavaScript of the server, gzip KB',
    value: median('bundle.all.gzip-kb'),
    required: 78,
  },
  {
    what: 'First synchronisation of 100,000 records, ms',
    value: median(sync('ours.initial')),
    required: 900,
  },
  {
    what: 'First synchronisation of 100,000 records, times set-based SQL alone',
    value: median(sync('ours.initial.x-limit')),
    required: 1.8,
    stretch: 1.1,
  },
  {
    what: 'The same with 0.1 % of the records refused, each alone, times without',
    value: median(sync('ours, 0.1 % refused.initial.x-ours')),
    required: 1.45,
  },
  {
    what: 'First synchronisation, times as fast as RxDB',
    value: median(sync('RxDB.initial.x-ours')),
    required: 10,
    isLeast: true,
  },
  {
    what: 'First synchronisation, times as fast as PouchDB',
    value: median(sync('PouchDB.initial.x-ours')),
    required: 15,
    isLeast: true,
  },
  {
    what: 'First synchronisation, times as fast as Yjs',
    value: median(sync('Yjs.initial.x-ours')),
    required: 1,
    isLeast: true,
  },
  {
    what: '1 % changed on each side, with the writes, times set-based SQL alone',
    value: median(sync('ours.incremental.x-limit')),
    required: 1.4,
  },
  { what: 'Nothing changed, ms', value: median(sync('ours.nothing')), required: 1 },
  {
    what: 'Nothing changed among a million records, ms',
    value: median('sync.1000000.ours.nothing'),
    required: 1,
  },
  {
    what: '1 % changed on both sides, with the writes, ms',
    value: median(sync('ours.conflict')),
    required: 60,
  },
  {
    what: 'Conflicts that are told, share',
    value: median(sync('ours.told')),
    required: 1,
    isLeast: true,
  },
  {
    what: 'First synchronisation brought on disk, ms',
    value: median(sync('ours on disk.persist')),
    required: 120,
  },
  {
    what: 'Memory beside the records, 100,000, MB',
    value: median(sync('ours.memory')),
    required: 75,
  },
  {
    what: 'First synchronisation of a million, per record, times of ten thousand',
    value: median('sync.ours.growth'),
    required: 1.5,
  },
  ...viewGoals,
];

export type Verdict = 'stretch' | 'met' | 'missed' | 'not measured';

export function verdictOf({ value, required, stretch, isLeast }: Goal, figures: Figures): Verdict {
  const measured = value(figures);
  if (measured === undefined || Number.isNaN(measured)) return 'not measured';
  const reaches = (limit: number): boolean =>
    isLeast === true ? measured >= limit : measured <= limit;
  if (stretch !== undefined && reaches(stretch)) return 'stretch';
  return reaches(required) ? 'met' : 'missed';
}
