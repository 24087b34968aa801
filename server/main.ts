import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import manifest from '../package.json' with { type: 'json' };
import { nodeFiles } from '../src/workspace/nodeFiles.ts';
import { enginesIn } from './rows/engines.ts';
import { rowThreadEngine } from './rows/rowThreadEngine.ts';
import { startServer } from './server.ts';
import type { SyncThreadData } from './sync/syncThread.ts';
import { workerThreads } from './sync/syncThreads.ts';

/** Megabytes that rows may take; a thread that wants more is ended, and the editor goes on. */
const MOST_MEMORY = 4096;

/** Started at the first preview: most who edit a filter look at no rows. */
async function startRowThread() {
  const { Worker } = await import('node:worker_threads');
  return new Worker(join(__dirname, 'rowThread.cjs'), {
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
  });
}

/** Of this process: a thread that ended left its project to the next one. */
let ownerId: string | undefined;

/** Started by the first question about a project. */
async function startSyncThread(uri: string, locale: string) {
  const [{ Worker }, { hostname }, { randomUUID }] = await Promise.all([
    import('node:worker_threads'),
    import('node:os'),
    import('node:crypto'),
  ]);
  ownerId ??= randomUUID();
  const owner = { id: ownerId, pid: process.pid, host: hostname(), name: manifest.displayName };
  const workerData: SyncThreadData = { uri, locale, owner };
  return new Worker(join(__dirname, 'syncThread.cjs'), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
  });
}

// Speaks with the editor that started this process, over what its arguments say.
startServer(createConnection(ProposedFeatures.all), {
  files: nodeFiles,
  rowEngine: (ended) => rowThreadEngine(startRowThread, ended),
  syncThread: workerThreads(startSyncThread),
  engines: enginesIn(__dirname),
});
