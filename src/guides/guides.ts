import type { GuideName, Role } from '../messages/model.ts';
import type { ProofName } from './proofs.ts';
import type { SnippetName } from './snippets.ts';

/** A step is the text `guide.NAME.NUMBER` of l10n/explanations.*.json. */
export interface Step {
  /** What the workspace can tell of it. */
  readonly proof?: ProofName;
  /** What is found speaks against the step, and nothing found does not prove it. */
  readonly isDoubt?: true;
  /** What is to be copied. */
  readonly snippet?: SnippetName;
}

export interface Guide {
  readonly name: GuideName;
  readonly role: Role;
  readonly steps: readonly Step[];
}

/** The procedures of Microsoft's page on live synchronization (SEED), one for each section. */
const guides: Readonly<Record<GuideName, Omit<Guide, 'name'>>> = {
  'create-row': { role: 'systemAdmin', steps: [{}, { snippet: 'application-users' }, {}] },
  'save-table-data': {
    role: 'systemAdmin',
    steps: [{}, { snippet: 'excel' }, {}, {}],
  },
  privileges: { role: 'systemAdmin', steps: [{}, { snippet: 'team-roles' }, {}, {}] },
  'changed-environment': {
    role: 'systemAdmin',
    steps: [
      {},
      { snippet: 'excel' },
      {},
      { proof: 'no-records' },
      { proof: 'no-runtime', snippet: 'runtime-configurations' },
      {},
    ],
  },
  'database-copy': {
    role: 'systemAdmin',
    steps: [
      { proof: 'no-runtime', snippet: 'runtime-configurations' },
      { proof: 'two-records' },
      {},
    ],
  },
  'query-filter': {
    role: 'developer',
    steps: [{ proof: 'filters' }, {}, {}, { snippet: 'filter-job' }],
  },
  'data-not-synced': {
    role: 'developer',
    steps: [
      {},
      { proof: 'writes' },
      { proof: 'mapped' },
      { proof: 'tracked' },
      { proof: 'filters', isDoubt: true },
      { proof: 'events', snippet: 'event-definitions' },
      {},
      { snippet: 'contact-address' },
      {},
      { proof: 'events' },
    ],
  },
  'entity-relations': { role: 'developer', steps: [{}, {}, {}] },
  'verbose-logging': {
    role: 'systemAdmin',
    steps: [{ snippet: 'excel' }, { proof: 'debug' }, {}, { snippet: 'error-log' }, {}],
  },
  'address-key': {
    role: 'systemAdmin',
    steps: [{}, { proof: 'location-key', snippet: 'location-key' }],
  },
  'party-lookup': { role: 'user', steps: [{ snippet: 'parties' }, {}, {}] },
  'party-type': { role: 'systemAdmin', steps: [{}, { snippet: 'party-numbers' }, {}] },
  performance: {
    role: 'developer',
    steps: [{ snippet: 'documented-entries' }, {}, {}, { snippet: 'event-definitions' }],
  },
};

export const guideNamed = (name: GuideName): Guide => ({ name, ...guides[name] });
