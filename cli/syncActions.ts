import type { CouplingName } from '../src/engine/actions/coupledErrors.ts';
import { finish } from '../src/engine/run/runMapping.ts';
import { runOrder } from '../src/engine/surface/order.ts';
import type { Surface } from '../src/engine/surface/surface.ts';
import {
  type ActionName,
  actionNames,
  type ActionRequest,
  type ActionResult,
} from '../src/engine/surface/views/actions.ts';
import type { Translate } from '../src/problem/message.ts';
import { type Command, EXIT, Refused } from './command.ts';
import { unknownRecord } from './syncPages.ts';
import { doubledText } from './syncReview.ts';
import { type SyncArguments, syncArguments } from './syncArguments.ts';
import { withProject } from './syncProject.ts';
import { hasFailed, jsonText, resultsText } from './syncText.ts';
import { notOneOf, oneOf, WrongUsage } from './words.ts';

/**
 * `dual-write sync run`: the mappings that are named, or all, each after those it depends on. Exit code 1 where a record
 * failed or a run was refused.
 */
export const run: Command = async (words, around, translate) => {
  const asked = syncArguments(
    'run',
    words,
    {
      full: { type: 'boolean', default: false },
      unconditional: { type: 'boolean', default: false },
      review: { type: 'boolean', default: false },
      queue: { type: 'boolean', default: false },
      confirmed: { type: 'boolean', default: false },
      reset: { type: 'boolean', default: false },
    },
    Infinity,
  );
  const ways = ['full', 'unconditional', 'review', 'queue'].filter(asked.flag);
  if (ways.length > 1) {
    throw new WrongUsage('exclude', { options: ways.map((way) => `--${way}`).join(', ') });
  }
  const [way = 'modified'] = ways;
  const confirmed = asked.flag('confirmed');
  return withProject(
    asked.project,
    around,
    translate,
    ({ surface, store }) => {
      if (way === 'review') around.error(doubledText(surface.review(), translate));
      const results: ActionResult[] = [];
      for (const request of requestsFor(surface, way, asked.rest, translate)) {
        results.push(finish(surface.run({ ...request, confirmed })));
        // What one mapping did stays, whatever becomes of the next.
        store.save();
      }
      around.out(asked.isJson ? jsonText(results) : resultsText(results, translate));
      return results.some(hasFailed) ? EXIT.findings : EXIT.clean;
    },
    { reset: asked.flag('reset') },
  );
};

const actionOf: Readonly<Record<string, ActionName>> = {
  modified: 'Synchronize Modified Records',
  full: 'Run Full Synchronization',
  unconditional: 'Run Unconditional Full Synchronization',
};

function requestsFor(
  surface: Surface,
  way: string,
  named: readonly string[],
  translate: Translate,
): readonly ActionRequest[] {
  if (way === 'review') return [{ action: 'Full Synch. Review' }];
  if (way === 'queue') return [{ action: 'Run Job Queue' }];
  const mappings = surface.mappings();
  for (const name of named) {
    if (!mappings.some((mapping) => mapping.name === name)) {
      const known = mappings.map((mapping) => mapping.name).join(', ');
      throw new Refused(translate('cli.sync.noMapping', { name, known }));
    }
  }
  const action = actionOf[way] ?? 'Synchronize Modified Records';
  return runOrder(mappings)
    .filter((name) => named.length === 0 || named.includes(name))
    .map((mapping) => ({ action, mapping }));
}

/** `retry-all` for "Retry All". */
const wordFor = (name: ActionName): string =>
  name.toLowerCase().replaceAll('.', '').replaceAll(/[ -]+/gu, '-');

/** What `run` does already. */
const RUNS: ReadonlySet<ActionName> = new Set<ActionName>([
  ...Object.values(actionOf),
  'Full Synch. Review',
  'Run Job Queue',
]);

const resolving = new Map(
  actionNames.filter((name) => !RUNS.has(name)).map((name) => [wordFor(name), name]),
);

const choices = {
  to: 'ToIntegrationTable',
  from: 'FromIntegrationTable',
  merge: 'Merge',
} as const;

/**
 * `dual-write sync resolve PROJECT ACTION [RECORD…]`: an action of the pages. What can't be taken back is done only with
 * `--yes`, and says what it would do without.
 */
export const resolve: Command = async (words, around, translate) => {
  const asked = syncArguments(
    'resolve',
    words,
    {
      mapping: { type: 'string' },
      take: { type: 'string' },
      partner: { type: 'string' },
      create: { type: 'boolean', default: false },
      by: { type: 'string', multiple: true },
      'in-order': { type: 'boolean', default: false },
      'case-sensitive': { type: 'boolean', default: false },
      synchronize: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
    Infinity,
  );
  const [word, ...records] = asked.rest;
  const action = resolving.get(word ?? '');
  if (action === undefined) throw notOneOf('sync resolve', word, [...resolving.keys()]);
  const take = oneOf('--take', asked.text('take'), ['to', 'from', 'merge']);
  const mapping = asked.text('mapping');
  return withProject(asked.project, around, translate, ({ surface }) => {
    const listed = asked.flag('all') ? surface.errors({ limit: Infinity }).rows : [];
    const rows: readonly CouplingName[] = [
      ...listed,
      ...records.map((named) => {
        const found = surface.explain(mapping, named);
        if (found === undefined) throw unknownRecord(named, translate);
        return found;
      }),
    ]
      .filter((row) => mapping === undefined || row.mapping === mapping)
      .map(({ mapping: of, integrationId, crmId }) => ({ mapping: of, integrationId, crmId }));
    // With --all an action takes the rows that it is offered for.
    const taken = asked.flag('all')
      ? rows.filter((row) => isEnabled(surface, action, { rows: [row] }))
      : rows;
    const partner = asked.text('partner');
    const match = matchOf(asked);
    const request: ActionRequest = {
      action,
      rows: taken,
      ...(mapping === undefined ? {} : { mapping }),
      ...(take === undefined ? {} : { choices: { '*': choices[take] } }),
      ...(partner === undefined ? {} : { partner }),
      ...(asked.flag('create') ? { createNew: true } : {}),
      ...(match === undefined ? {} : { match }),
    };
    const view = surface.actions(request).find(({ name }) => name === action);
    if (view?.enabled === true && view.confirm !== undefined && !asked.flag('yes')) {
      around.error(`${view.confirm.text} ${translate('cli.sync.yes')}\n`);
      return EXIT.findings;
    }
    const result = finish(surface.run(request));
    around.out(asked.isJson ? jsonText(result) : resultsText([result], translate));
    return hasFailed(result) ? EXIT.findings : EXIT.clean;
  });
};

/** Criteria of Match-Based Coupling; those of the mapping where none is named. */
function matchOf(asked: SyncArguments): ActionRequest['match'] {
  const fields = asked.texts('by');
  if (fields.length === 0) return undefined;
  return {
    criteria: fields.map((field, index) => ({
      field,
      caseSensitive: asked.flag('case-sensitive'),
      priority: asked.flag('in-order') ? index : 0,
    })),
    synchAfterCoupling: asked.flag('synchronize'),
    createNew: asked.flag('create'),
  };
}

const isEnabled = (
  surface: Surface,
  action: ActionName,
  target: { readonly rows: readonly CouplingName[] },
): boolean => surface.actions(target).find(({ name }) => name === action)?.enabled === true;
