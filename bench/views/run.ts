import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  syncCouplingsRequest,
  syncErrorsRequest,
  type SyncErrorsResult,
  syncJobErrorsRequest,
  syncJobsRequest,
  syncMappingsRequest,
  syncOpenRequest,
  syncRunRequest,
  type SyncRunResult,
} from '../../src/service/protocol/sync.ts';
import { OUT } from '../bundle.ts';
import type { Measured } from '../parse/run.ts';
import { progress } from '../run.ts';
import { type Client, startClient } from '../server/client.ts';
import { type Figure, figure, shown } from '../stats.ts';
import { table } from '../table.ts';
import { COUPLINGS, ERRORS, writeProject } from './project.ts';

/** Lines below one node of a view. */
const PAGE = 200;

const mapping = 'CUSTOMER';
const page = (offset: number) => ({ mapping, offset, limit: PAGE });
const group = (by: string, key: string, offset: number) => ({
  groupBy: by,
  group: key,
  offset,
  limit: PAGE,
});

/** What a view asks for when somebody opens it, turns a page, filters, searches. */
const asked: readonly (readonly [name: string, request: string, params: object])[] = [
  ['errors, groups', syncErrorsRequest, { groupBy: 'mapping', limit: 0 }],
  ['errors, causes', syncErrorsRequest, { groupBy: 'cause', limit: 0 }],
  ['errors, first page', syncErrorsRequest, group('mapping', mapping, 0)],
  ['errors, middle', syncErrorsRequest, group('mapping', mapping, ERRORS / 2)],
  ['errors, middle of a cause', syncErrorsRequest, group('cause', 'conflict', ERRORS / 4)],
  ['couplings, first page', syncCouplingsRequest, page(0)],
  ['couplings, middle', syncCouplingsRequest, page(COUPLINGS / 2)],
  ['couplings, filtered', syncCouplingsRequest, { ...page(ERRORS / 2), state: 'failed' }],
  ['couplings, searched', syncCouplingsRequest, { ...page(0), search: 'mer 777' }],
  ['mappings', syncMappingsRequest, {}],
  ['jobs', syncJobsRequest, { limit: 1000 }],
  ['job errors, middle', syncJobErrorsRequest, { offset: ERRORS / 2, limit: PAGE }],
];

/** The views of a project with very many couplings and errors, from the question of the editor to the answer. */
export async function measureViews(quick: boolean, server: string): Promise<Measured> {
  progress(`views: writing ${COUPLINGS} couplings`);
  const file = await writeProject(join(OUT, 'views'));
  const project = pathToFileURL(file).href;
  const figures: Record<string, Figure> = {};
  await withErrors(server, project);

  const opens: number[] = [];
  const times = new Map<string, number[]>();
  for (let repeat = 0; repeat < (quick ? 2 : 5); repeat += 1) {
    progress(`views: start ${repeat + 1}`);
    const client = await started(server, project);
    opens.push(await timed(() => client.request(syncOpenRequest, { project })));
    for (let round = 0; round < 5; round += 1) {
      for (const [name, request, given] of asked) {
        const time = await timed(() => client.request(request, { project, request: given }));
        times.set(name, [...(times.get(name) ?? []), time]);
      }
    }
    await client.stop();
  }
  const rows = [...new Map([['open', opens], ...times])].map(([name, values]) => {
    const found = figure(values);
    figures[`views.${name}`] = found;
    return [name, shown(found)];
  });
  const title = `### Views: ${COUPLINGS.toLocaleString('en')} couplings, ${ERRORS.toLocaleString('en')} errors`;
  return { figures, report: `${title}\n\n${table(['', 'ms'], rows)}` };
}

/** The run that fails for every tenth record. */
async function withErrors(server: string, project: string): Promise<void> {
  const client = await started(server, project);
  const request = { action: 'Synchronize Modified Records', mapping };
  const result = await client.request<SyncRunResult>(syncRunRequest, { project, request });
  const errors = await client.request<SyncErrorsResult>(syncErrorsRequest, { project });
  await client.stop();
  if (result.kind !== 'done' || errors?.total !== ERRORS) {
    throw new Error(`${result.kind}, ${errors?.total ?? 0} errors, not ${ERRORS}`);
  }
}

async function started(server: string, project: string): Promise<Client> {
  const client = startClient([server, '--stdio'], {});
  const folder = dirname(project);
  await client.request('initialize', {
    processId: process.pid,
    rootUri: folder,
    workspaceFolders: [{ uri: folder, name: 'views' }],
    capabilities: { workspace: { workspaceFolders: true } },
  });
  client.notify('initialized', {});
  return client;
}

async function timed(what: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await what();
  return performance.now() - begin;
}
