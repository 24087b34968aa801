import * as vscode from 'vscode';
import type { JobStatus } from '../../src/engine/model/job.ts';
import type { QueueStatus } from '../../src/engine/model/queue.ts';
import type { ReviewLineView, ReviewView } from '../../src/engine/surface/views/review.ts';
import { syncReviewRequest, type SyncReviewResult } from '../../src/service/protocol/sync.ts';
import { directionCaption, queueCaption, statusCaption } from './captions.ts';
import type { SyncService } from './service.ts';

const { t } = vscode.l10n;

const SYNC_ALL = 'dualWrite.sync.syncAll';
const RESET = 'dualWrite.sync.resetReview';
const RECOMMEND = 'dualWrite.sync.recommendFullSynch';
const RESTART = 'dualWrite.sync.restartFullSynch';
const MATCH = 'dualWrite.sync.matchBasedCoupling';
const SHOW_LOG = 'dualWrite.sync.showLog';

/**
 * Dataverse Full Synch. Review as an editor: a column for each wave of mappings. The page has no script; its buttons
 * are links to commands, so that it works by keyboard as any document does.
 */
export async function openReview(
  context: vscode.ExtensionContext,
  service: SyncService,
  project: string,
): Promise<vscode.WebviewPanel> {
  const root = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const title = t('Dataverse Full Synch. Review');
  const panel = vscode.window.createWebviewPanel(
    'dualWrite.sync.review',
    title,
    vscode.ViewColumn.Active,
    {
      enableCommandUris: [SYNC_ALL, RESET, RECOMMEND, RESTART, MATCH, SHOW_LOG],
      localResourceRoots: [root],
    },
  );
  const style = panel.webview.asWebviewUri(vscode.Uri.joinPath(root, 'review.css'));
  const show = async (): Promise<void> => {
    const review = await service.ask<SyncReviewResult>(syncReviewRequest, { project });
    panel.webview.html = `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${panel.webview.cspSource};">
<title>${html(title)}</title>
<link rel="stylesheet" href="${style.toString()}">
</head>
<body><main><h1>${html(title)}</h1>${review === null ? `<p>${html(t('The sync project can’t be opened.'))}</p>` : reviewHtml(review, project)}</main></body>
</html>`;
  };
  const subscription = service.onDidChange((changed) => {
    // A server that starts anew is asked again once it runs.
    if (changed === undefined || changed === project) show().catch(() => undefined);
  });
  panel.onDidDispose(() => subscription.dispose());
  await show();
  return panel;
}

function reviewHtml(review: ReviewView, project: string): string {
  const { lines, cycle } = review;
  if (lines.length === 0) return `<p>${html(t('This project has no table mapping.'))}</p>`;
  const last = Math.max(0, ...lines.map(({ wave = 0 }) => wave));
  const waves = Array.from({ length: last }, (_, index) => index + 1);
  const section = (title: string, wave: number | undefined): string => {
    const inside = lines.filter((line) => line.wave === wave);
    return `<section><h2>${html(title)}</h2><ul>${inside.map((line) => lineHtml(line, project)).join('')}</ul></section>`;
  };
  return [
    buttonsHtml(review, project),
    cycle === undefined
      ? ''
      : `<p class="problem" role="alert">${html(t('These mappings wait for each other: {0}', cycle.join(' → ')))}</p>`,
    '<div class="waves">',
    ...waves.map((wave) => section(t('Wave {0}', wave), wave)),
    ...(lines.some(({ wave }) => wave === undefined) ? [section(t('Never'), undefined)] : []),
    '</div>',
  ].join('\n');
}

/** What has nothing to do is not offered, and why is said instead. */
function buttonsHtml({ canStart, canReset, cycle }: ReviewView, project: string): string {
  const start =
    cycle !== undefined
      ? ''
      : canStart
        ? link(t('Sync All'), SYNC_ALL, project, 'button')
        : `<span>${html(t('Every mapping was started.'))}</span>`;
  const reset = canReset ? link(t('Reset'), RESET, project, 'button secondary') : '';
  return start + reset === '' ? '' : `<p class="buttons">${start}${reset}</p>`;
}

function link(text: string, command: string, argument: unknown, look: string): string {
  const href = `command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`;
  return `<a class="${look}" role="button" href="${html(href)}">${html(text)}</a>`;
}

function lineHtml(line: ReviewLineView, project: string): string {
  const { name, dependencies, missing, status, recommendation, toStatus, fromStatus } = line;
  const facts = [
    ...(dependencies.length === 0 ? [] : [t('after {0}', dependencies.join(', '))]),
    ...(missing.length === 0 ? [] : [t('not found: {0}', missing.join(', '))]),
    ...(line.mayDouble ? [t('records without a partner on both sides')] : []),
  ];
  const jobs = [
    ...(toStatus === undefined
      ? []
      : [[directionCaption('ToIntegrationTable'), toStatus] as const]),
    ...(fromStatus === undefined
      ? []
      : [[directionCaption('FromIntegrationTable'), fromStatus] as const]),
  ];
  const target = { project, mapping: name };
  const links = [
    ...(line.canRecommend
      ? [
          link(t('Match-Based Coupling'), MATCH, target, 'link'),
          link(t('Recommend Full Synchronization'), RECOMMEND, target, 'link'),
        ]
      : []),
    ...(line.canRestart ? [link(t('Restart'), RESTART, target, 'link')] : []),
    ...(jobs.length > 0 ? [link(t('Synchronization Log'), SHOW_LOG, target, 'link')] : []),
  ];
  return [
    `<li><strong>${html(name)}</strong>`,
    status === ''
      ? `<span>${html(recommendationCaption(recommendation))}</span>`
      : `<span class="${lookOf(status)}">${html(queueCaption(status))}</span>`,
    ...facts.map((fact) => `<span>${html(fact)}</span>`),
    ...jobs.map(
      ([way, job]) =>
        `<span class="${lookOf(job)}">${html(t('{0}: {1}', way, statusCaption(job)))}</span>`,
    ),
    ...(links.length > 0 ? [`<span class="links">${links.join('')}</span>`] : []),
    '</li>',
  ].join('');
}

/** The styles of the product (`bc-sync.md` 1.6); the word stands there, too. */
const lookOf = (status: QueueStatus | JobStatus): string =>
  status === 'Error'
    ? 'unfavorable'
    : status === 'Finished' || status === 'Success'
      ? 'favorable'
      : status === 'In Process'
        ? 'ambiguous'
        : 'subordinate';

const recommendationCaption = (recommendation: ReviewLineView['recommendation']): string =>
  ({
    'Full Synchronization': t('Full Synchronization'),
    'Couple Records': t('Couple Records'),
    'No Records Found': t('No Records Found'),
  })[recommendation];

const html = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
