import type { ProblemCode } from '../problem/catalogue.ts';
import type { GuideName, ProductMessage, Role } from './model.ts';

/** What a code of a check of Microsoft's means; several codes may mean one thing. */
interface Coded {
  readonly codes: readonly number[];
  readonly texts?: readonly string[];
  readonly role: Role;
  readonly guide?: GuideName;
  readonly ours?: readonly ProblemCode[];
}

/** The table map health check (`dualwrite.md` 2.6, section 6 and 7.2). */
const healthCheck: Readonly<Record<string, Coded>> = {
  'check-not-running': { codes: [400, 500], role: 'mapOwner', ours: ['untracked-mapping'] },
  'check-filter': {
    codes: [900],
    texts: ['Invalid source filter {filter} format for entity {entity}'],
    role: 'mapOwner',
    guide: 'query-filter',
  },
  'check-filter-query': {
    codes: [1000],
    role: 'mapOwner',
    guide: 'query-filter',
    ours: ['null-lost'],
  },
  'check-virtual': {
    codes: [1300],
    role: 'developer',
    ours: ['virtual-field', 'untracked-mapping'],
  },
  'check-lookups-only': { codes: [1500], role: 'mapOwner', ours: ['untracked-mapping'] },
  'check-ranges': { codes: [1600, 1800], role: 'developer', ours: ['hidden-range'] },
  'check-performance': { codes: [1700], role: 'developer', guide: 'performance' },
  'check-untracked': {
    codes: [1900],
    role: 'developer',
    guide: 'data-not-synced',
    ours: ['untracked-mapping', 'untracked-field'],
  },
  'check-keys': {
    codes: [2000, 5100, 5200],
    role: 'systemAdmin',
    ours: ['one-way-key', 'key-in-filter', 'lookup-key'],
  },
  'check-plugins': { codes: [5000], role: 'developer' },
  'check-other': { codes: [100], role: 'mapOwner' },
};

/** Errors of validation when a map is started: DIPV1000 to DIPV1031. */
const validation: Readonly<Record<string, Coded>> = {
  'start-company': { codes: [1002], role: 'mapOwner', ours: ['company-filter'] },
  'start-key': { codes: [1003, 1014, 1015], role: 'systemAdmin', ours: ['lookup-key'] },
  'start-key-direction': { codes: [1004], role: 'mapOwner', ours: ['one-way-key'] },
  'start-partition': { codes: [1008], role: 'systemAdmin' },
  'start-mandatory': { codes: [1010, 1031], role: 'mapOwner' },
  'start-read-only': { codes: [1011], role: 'mapOwner' },
  'start-filter': {
    codes: [1012],
    texts: ['Error occurred while parsing Dataverse entity source filter'],
    role: 'mapOwner',
    ours: ['unknown-column', 'navigation', 'foreign-operator'],
  },
  'start-refresh': { codes: [1018, 1020, 1022, 1025], role: 'mapOwner' },
  'start-version-number': { codes: [1019], role: 'systemAdmin' },
  'start-field': {
    codes: [1021, 1024],
    role: 'mapOwner',
    ours: ['unknown-field', 'unknown-column'],
  },
  'start-duplicate': { codes: [1023, 1026], role: 'mapOwner', ours: ['duplicate-mapping'] },
  'start-lookup-key': {
    codes: [1027, 1028],
    role: 'mapOwner',
    ours: ['lookup-key', 'lookup-without-column'],
  },
  'start-value-map': { codes: [1029], role: 'mapOwner', ours: ['duplicate-value'] },
  'start-type': { codes: [1030], role: 'mapOwner', ours: ['type-mismatch'] },
  'start-other': {
    codes: [1000, 1001, 1005, 1006, 1007, 1009, 1013, 1016, 1017],
    role: 'mapOwner',
  },
};

const coded = (
  table: Readonly<Record<string, Coded>>,
  patternOf: (code: number) => readonly string[],
): readonly ProductMessage[] =>
  Object.entries(table).map(([id, { codes, texts = [], role, guide, ours }]) => ({
    id,
    product: 'dualWrite',
    patterns: [...texts, ...codes.flatMap(patternOf)],
    role,
    ...(guide === undefined ? {} : { guide }),
    ...(ours === undefined ? {} : { codes: ours }),
  }));

export const checkMessages: readonly ProductMessage[] = [
  // A bare number is anything: the words around it say that it is a code of the health check.
  ...coded(healthCheck, (code) => [`health check error ${code}`, `health check {} ${code}`]),
  ...coded(validation, (code) => [`DIPV${code}`]),
  {
    id: 'environment-check',
    product: 'dualWrite',
    patterns: [1001, 1002, 1003, 1004, 1005, 1006, 1007].flatMap((code) => [
      `DWFOEV${code}`,
      `DWDVEV${code}`,
    ]),
    role: 'systemAdmin',
    guide: 'changed-environment',
  },
];
