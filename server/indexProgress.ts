import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { Translate } from '../src/problem/message.ts';
import type { IndexProgress } from './workspaceIndex.ts';

/** The progress of an index as an editor shows it, with a button to give it up. */
export function indexProgress(
  { window }: Connection,
  translate: Translate,
  files: number,
): IndexProgress {
  let token: CancellationToken | undefined;
  let shown = -1;
  const reporter = window.createWorkDoneProgress().then((created) => {
    token = created.token;
    created.begin(translate('index.title'), 0, undefined, true);
    return created;
  });
  // An editor that can't show it misses nothing else.
  reporter.catch(() => undefined);
  const tell = (use: (created: Awaited<typeof reporter>) => void): void => {
    reporter.then(use, () => undefined);
  };
  return {
    read(count) {
      const percentage = Math.floor((count * 100) / files);
      if (percentage === shown) return;
      shown = percentage;
      tell((created) =>
        created.report(percentage, translate('index.files', { done: count, files })),
      );
    },
    isCancelled: () => token?.isCancellationRequested === true,
    end: () => tell((created) => created.done()),
  };
}
