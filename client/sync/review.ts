import * as vscode from 'vscode';
import type { ReviewLineView, ReviewView } from '../../src/engine/surface/types.ts';
import { syncReviewRequest, type SyncReviewResult } from '../../src/service/protocol/sync.ts';
import { queueCaption } from './captions.ts';
import type { SyncService } from './service.ts';

const { t } = vscode.l10n;

const SYNC_ALL = 'dualWrite.sync.syncAll';

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
    { enableCommandUris: [SYNC_ALL], localResourceRoots: [root] },
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

function reviewHtml({ lines, cycle }: ReviewView, project: string): string {
  if (lines.length === 0) return `<p>${html(t('This project has no table mapping.'))}</p>`;
  const last = Math.max(0, ...lines.map(({ wave = 0 }) => wave));
  const waves = Array.from({ length: last }, (_, index) => index + 1);
  const link = `command:${SYNC_ALL}?${encodeURIComponent(JSON.stringify([project]))}`;
  return [
    cycle === undefined
      ? `<p><a class="button" role="button" href="${link}">${html(t('Sync All'))}</a></p>`
      : `<p class="problem" role="alert">${html(t('These mappings wait for each other: {0}', cycle.join(' → ')))}</p>`,
    '<div class="waves">',
    ...waves.map((wave) =>
      column(
        t('Wave {0}', wave),
        lines.filter((line) => line.wave === wave),
      ),
    ),
    ...(lines.some(({ wave }) => wave === undefined)
      ? [
          column(
            t('Never'),
            lines.filter(({ wave }) => wave === undefined),
          ),
        ]
      : []),
    '</div>',
  ].join('\n');
}

const column = (title: string, lines: readonly ReviewLineView[]): string =>
  `<section><h2>${html(title)}</h2><ul>${lines.map(lineHtml).join('')}</ul></section>`;

function lineHtml({ name, dependencies, missing, status, recommendation }: ReviewLineView): string {
  const facts = [
    status === '' ? recommendationCaption(recommendation) : queueCaption(status),
    ...(dependencies.length === 0 ? [] : [t('after {0}', dependencies.join(', '))]),
    ...(missing.length === 0 ? [] : [t('not found: {0}', missing.join(', '))]),
  ];
  return `<li><strong>${html(name)}</strong>${facts.map((fact) => `<span>${html(fact)}</span>`).join('')}</li>`;
}

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
