import { spawn } from 'node:child_process';
import { filterDocument } from '../corpus/documents.ts';
import type { Server } from './servers.ts';
import { openSession } from './session.ts';

/** Milliseconds from the start of the process. */
export interface Startup {
  readonly initialized: number;
  /** To the diagnostics of a document of 200 filters. */
  readonly diagnosed: number;
}

export async function startupOf(server: Server, node?: string): Promise<Startup> {
  const { client, initialized, opened } = await openSession(
    server,
    filterDocument(server.form, 200),
    node,
  );
  await client.stop();
  return { initialized, diagnosed: initialized + opened };
}

/** `node -e 0`: below that no server of this kind can come. */
export function emptyProcess(node: string): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(node, ['-e', '0'], { stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', () => resolve(performance.now() - start));
  });
}
