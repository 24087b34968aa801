import { type CancellationToken, Disposable } from 'vscode-languageserver';
import {
  syncActionsRequest,
  syncCandidatesRequest,
  syncCloseRequest,
  syncCouplingDialogRequest,
  syncCouplingsRequest,
  syncErrorsRequest,
  syncExplainRequest,
  syncFilterRequest,
  syncJobErrorsRequest,
  syncJobsRequest,
  syncMappingsRequest,
  syncMatchDialogRequest,
  syncOpenRequest,
  type SyncParams,
  type SyncProject,
  syncProjectsRequest,
  type SyncProjectsResult,
  syncQuestionsRequest,
  type SyncRunParams,
  syncReviewRequest,
  syncRunRequest,
  type SyncRunResult,
  syncUndoableRequest,
  type SyncUndoParams,
  syncUndoRequest,
} from '../../src/service/protocol/sync.ts';
import type { Feature, FeatureHost } from '../feature.ts';
import type { FilterReference } from '../../src/service/protocol/maps.ts';
import { type ProjectFilter, projectFilter } from './filterRows.ts';
import { type Projects, projectsOf } from './projects.ts';
import type { SyncQuestion } from './syncQuestions.ts';

/** Requests that are answered from a project as it stands; what they ask for goes to it as it comes. */
const pages = {
  [syncMappingsRequest]: 'mappings',
  [syncReviewRequest]: 'review',
  [syncErrorsRequest]: 'errors',
  [syncCouplingsRequest]: 'couplings',
  [syncJobsRequest]: 'jobs',
  [syncJobErrorsRequest]: 'jobErrors',
  [syncActionsRequest]: 'actions',
  [syncQuestionsRequest]: 'questions',
  [syncCouplingDialogRequest]: 'couplingDialog',
  [syncCandidatesRequest]: 'candidates',
  [syncMatchDialogRequest]: 'matchDialog',
  [syncExplainRequest]: 'explain',
  [syncFilterRequest]: 'filter',
  [syncUndoableRequest]: 'undoable',
} as const;

/** What is asked of sync projects: their pages, their actions, their progress. */
export const sync: Feature = {
  capabilities: {},
  register(host) {
    const projects = projectsOf(host);
    known.set(host, projects);
    const { connection, handle } = host;
    const requests = [
      connection.onRequest<SyncProjectsResult, never>(
        syncProjectsRequest,
        handle<unknown, SyncProjectsResult>(syncProjectsRequest, [], () => projects.list()),
      ),
      connection.onRequest<SyncProject | null, never>(
        syncOpenRequest,
        handle<SyncParams, SyncProject | null>(syncOpenRequest, null, ({ project }) =>
          projects.status(project, true),
        ),
      ),
      connection.onRequest<null, never>(
        syncCloseRequest,
        handle<SyncParams, null>(syncCloseRequest, null, ({ project }) => projects.close(project)),
      ),
      ...Object.entries(pages).map(([request, method]) =>
        connection.onRequest<unknown, never>(
          request,
          handle<SyncParams, unknown>(request, null, (params) =>
            projects.ask(params.project, { method, params } as SyncQuestion),
          ),
        ),
      ),
      // Not by `handle`: who cancels a run still wants to know what became of it.
      connection.onRequest<SyncRunResult, never>(
        syncRunRequest,
        (params: SyncRunParams, token: CancellationToken) =>
          projects.run(params.project, { method: 'run', params }, token),
      ),
      connection.onRequest<SyncRunResult, never>(
        syncUndoRequest,
        (params: SyncUndoParams, token: CancellationToken) =>
          projects.run(params.project, { method: 'undo', params }, token),
      ),
    ];
    connection.onShutdown(() => projects.closeAll());
    return Disposable.create(() => {
      for (const each of requests) each.dispose();
    });
  },
  surroundingsChanged: (host) => known.get(host)?.settingsChanged(),
  filesChanged: (host, uris) => known.get(host)?.filesChanged(uris),
};

const known = new WeakMap<FeatureHost, Projects>();

/** A filter of a project over its records; undefined where there is none, or the project is closed and not to be opened. */
export async function filterOfProject(
  host: FeatureHost,
  { uri, index }: FilterReference,
  opens: boolean,
): Promise<ProjectFilter | undefined> {
  const projects = known.get(host);
  if (projects === undefined || (!opens && !projects.isOpen(uri))) return undefined;
  const found = await projectFilter(index, (question) => projects.ask(uri, question));
  if (opens) projects.previewed(uri);
  return found;
}
