import * as vscode from 'vscode';
import type {
  JobErrorsPage,
  JobErrorsRequest,
  JobsRequest,
} from '../../src/engine/surface/views/jobs.ts';
import {
  type SyncJobErrorsParams,
  syncJobErrorsRequest,
  type SyncJobErrorsResult,
  type SyncJobsParams,
  syncJobsRequest,
  type SyncJobsResult,
} from '../../src/service/protocol/sync.ts';
import { child, pagesOf, PAGE, type SyncNode } from './nodes.ts';
import type { SyncService } from './service.ts';
import { syncTree, type SyncTree } from './tree.ts';

/** Of the log the latest jobs; the retention of 7 days keeps it from growing for ever. */
const MOST_JOBS = 1000;

export interface JobsView extends SyncTree {
  /** Shows the Synchronization Log of a record or of a mapping alone; without one, all jobs. */
  readonly filter: (wanted?: JobsFilter) => Promise<void>;
}

interface JobsFilter {
  readonly request: Pick<JobsRequest, 'mapping' | 'record' | 'type'>;
  /** What the view says it shows. */
  readonly title: string;
  readonly project: string;
}

/** Integration Synchronization Jobs, newest first, and Integration Synchronization Errors. */
export function jobsView(context: vscode.ExtensionContext, service: SyncService): JobsView {
  let filter: JobsFilter | undefined;

  const ask = async (project: string, request: JobErrorsRequest): Promise<JobErrorsPage> => {
    const params: SyncJobErrorsParams = { project, request };
    const page = await service.ask<SyncJobErrorsResult>(syncJobErrorsRequest, params);
    return page ?? { total: 0, rows: [] };
  };
  /** The lines below a node: those of the page that begins there, or the pages where there are more. */
  const lines = async (
    node: SyncNode,
    request: JobErrorsRequest,
    start?: number,
  ): Promise<readonly SyncNode[]> => {
    const page = await ask(node.project, { ...request, offset: start ?? 0, limit: PAGE });
    const pages = start === undefined ? pagesOf(node, page.total) : [];
    return pages.length > 0
      ? pages
      : page.rows.map((item) =>
          child(node, node.project, `error-${item.no}`, { kind: 'jobError', item }),
        );
  };

  const tree = syncTree('dualWrite.sync.jobs', service, async (node) => {
    switch (node.kind) {
      case 'project': {
        if (filter !== undefined && filter.project !== node.project) return [];
        const params: SyncJobsParams = {
          project: node.project,
          request: { ...filter?.request, limit: MOST_JOBS },
        };
        const jobs = (await service.ask<SyncJobsResult>(syncJobsRequest, params)) ?? [];
        const count = filter === undefined ? (await ask(node.project, { limit: 0 })).total : 0;
        return [
          ...(count === 0
            ? []
            : [child(node, node.project, 'errors', { kind: 'jobErrors', count })]),
          ...jobs.map((item) => child(node, node.project, `job-${item.no}`, { kind: 'job', item })),
        ];
      }
      case 'jobErrors':
        return lines(node, {});
      case 'job':
        return lines(node, { job: node.item.no });
      case 'page':
        return lines(
          node,
          node.parent?.kind === 'job' ? { job: node.parent.item.no } : {},
          node.start,
        );
      case 'jobError': {
        const { cause } = node.item;
        return cause === undefined
          ? []
          : [child(node, node.project, 'cause', { kind: 'note', text: cause.text })];
      }
      default:
        return [];
    }
  });
  context.subscriptions.push(tree.view);

  return {
    ...tree,
    async filter(wanted) {
      filter = wanted;
      tree.view.message = wanted === undefined ? '' : vscode.l10n.t('Only {0}', wanted.title);
      await vscode.commands.executeCommand(
        'setContext',
        'dualWrite.sync.isJobsFiltered',
        wanted !== undefined,
      );
      tree.refresh();
      if (wanted !== undefined) await vscode.commands.executeCommand('dualWrite.sync.jobs.focus');
    },
  };
}
