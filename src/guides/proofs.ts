import type { Health } from '../health/check.ts';
import type { Rule } from '../health/finding.ts';
import type { MessageArguments } from '../problem/problem.ts';
import type { AnalysedDocument } from '../service/analysis.ts';
import type { Workspace } from '../service/workspace.ts';
import { entitiesOf } from '../service/trackedDataSources.ts';
import { isOutward, trackerOf } from '../tracking/tracker.ts';

/** What steps of guides are held against. */
export interface Evidence {
  readonly health: Health;
  readonly documents: readonly AnalysedDocument[];
  readonly workspace: Workspace;
  /** Places in X++ that live synchronization does not see, by file; undefined where nobody looked for them. */
  readonly unseenWrites: readonly { readonly file: string; readonly count: number }[] | undefined;
  /** A URI as a person names it. */
  readonly nameOf: (uri: string) => string;
}

/** `undefined` is no answer: the workspace can't tell. The sentence is `proof.NAME.done` or `proof.NAME.open`. */
export type Proof = { readonly isDone: boolean; readonly args: MessageArguments } | undefined;

const done: Proof = { isDone: true, args: {} };
const open = (args: MessageArguments): Proof => ({ isDone: false, args });

const MOST_NAMES = 5;
const listed = (names: readonly string[]): string =>
  [...names.slice(0, MOST_NAMES), ...(names.length > MOST_NAMES ? ['…'] : [])].join(', ');

const ORGANIZATION: ReadonlySet<Rule> = new Set<Rule>([
  'record-count',
  'organization',
  'no-address',
]);

const proofs = {
  'no-records': ({ health: { configuration } }: Evidence): Proof => {
    if (!configuration.files.some(({ kind }) => kind === 'projects')) return undefined;
    const count = configuration.projects.length;
    return count === 0 ? done : open({ count });
  },
  'no-runtime': ({ health: { configuration } }: Evidence): Proof => {
    if (!configuration.files.some(({ kind }) => kind === 'runtime')) return undefined;
    const count = configuration.runtime.length;
    return count === 0 ? done : open({ count });
  },
  'two-records': ({ health: { configuration, findings } }: Evidence): Proof => {
    if (configuration.projects.length === 0) return undefined;
    const count = findings.filter(({ rule }) => ORGANIZATION.has(rule)).length;
    return count === 0 ? done : open({ count });
  },
  filters: ({ documents, workspace, nameOf }: Evidence): Proof => {
    // Without metadata nobody knows which fields can be NULL.
    if (!workspace.metadata.hasEntities || documents.length === 0) return undefined;
    const lossy = documents.flatMap(({ document: { uri }, filtersWithProblems }) =>
      filtersWithProblems
        .filter(({ problems }) => problems.some(({ code }) => code === 'null-lost'))
        .map(() => uri),
    );
    const [first] = lossy;
    return first === undefined ? done : open({ count: lossy.length, file: nameOf(first) });
  },
  writes: ({ unseenWrites }: Evidence): Proof => {
    if (unseenWrites === undefined) return undefined;
    const count = unseenWrites.reduce((sum, each) => sum + each.count, 0);
    return count === 0 ? done : open({ count, file: unseenWrites[0]?.file ?? '' });
  },
  mapped: ({ documents }: Evidence): Proof => {
    const legs = legsIn(documents);
    if (legs.length === 0) return undefined;
    const inward = legs.flatMap(({ leg }) =>
      leg.fieldMappings
        .filter((mapping) => !isOutward(mapping) && mapping.sourceField !== '')
        .filter(
          ({ sourceField }) =>
            !leg.fieldMappings.some(
              (other) => isOutward(other) && key(other.sourceField) === key(sourceField),
            ),
        )
        .map(({ sourceField }) => sourceField),
    );
    return inward.length === 0 ? done : open({ count: inward.length, fields: listed(inward) });
  },
  tracked: ({ documents, workspace: { metadata, entityNames } }: Evidence): Proof => {
    const entities = entitiesOf(legsIn(documents), metadata, entityNames);
    const known = entities.filter(({ entity }) => entity !== undefined);
    if (known.length === 0) return undefined;
    const untracked = known.flatMap(({ entity, legs }) => {
      const tracker = trackerOf(entity, legs, metadata);
      return tracker.mapped
        .map(tracker.field)
        .filter(
          ({ verdict, mappings }) =>
            verdict.kind === 'untracked' && mappings.some(({ mapping }) => isOutward(mapping)),
        )
        .map(({ name }) => `${entity?.name ?? ''}.${name}`);
    });
    return untracked.length === 0
      ? done
      : open({ count: untracked.length, fields: listed(untracked) });
  },
  events: ({ health: { configuration, findings }, workspace: { metadata } }: Evidence): Proof => {
    if (configuration.events.length === 0 || !metadata.hasEntities) return undefined;
    const missing = findings
      .filter(({ rule }) => rule === 'untracked-table')
      .map(({ args }) => `${String(args['table'])} (${String(args['entity'])})`);
    return missing.length === 0 ? done : open({ count: missing.length, tables: listed(missing) });
  },
  debug: ({ health: { configuration } }: Evidence): Proof => {
    if (configuration.projects.length === 0) return undefined;
    return configuration.projects.some(({ isDebug }) => isDebug) ? done : open({});
  },
  'location-key': ({ workspace: { metadata } }: Evidence): Proof => {
    // A solution knows the table by its name, the project of the gateway by its set.
    const table = ['customeraddress', 'customeraddresses']
      .map(metadata.dataverse.tableNamed)
      .find((found) => found !== undefined);
    const keys = table?.keys?.filter((columns) =>
      columns.some((column) => key(column) === 'msdyn_locationid'),
    );
    const [first] = keys ?? [];
    if (keys === undefined || first === undefined) return undefined;
    const right = keys.find(
      (columns) => columns.map(key).toSorted().join() === 'msdyn_locationid,parentid',
    );
    return right === undefined
      ? open({ key: first.join(', ') })
      : { isDone: true, args: { key: right.join(', ') } };
  },
} as const;

export type ProofName = keyof typeof proofs;

export const prove = (name: ProofName, evidence: Evidence): Proof => proofs[name](evidence);

const key = (name: string): string => name.trim().toLowerCase();

const legsIn = (documents: readonly AnalysedDocument[]) =>
  documents.flatMap(({ document: { uri }, map: { maps } }) =>
    maps.flatMap((map) => map.legs.map((leg) => ({ map: map.name || uri, leg, uri }))),
  );
