import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGroup } from './processGroup.ts';
import type { ProcessGroup } from './processGroup.ts';
import type { Settings } from './settings.ts';
import type { Workbench } from './workbench.ts';

const HOST = '127.0.0.1';
const START_LIMIT_MS = 30_000;

export interface ServerOptions {
  /** Holds everything the server writes; the caller removes it. */
  readonly directory: string;
  /** Any free port when absent. */
  readonly port?: number;
  readonly settings: Settings;
  /** The extension host inherits these variables. */
  readonly env?: Record<string, string>;
  readonly flags?: readonly string[];
  readonly verbose: boolean;
}

export interface Server {
  /** `127.0.0.1:port`, which is also the authority of its `vscode-remote:` resources. */
  readonly authority: string;
  readonly address: string;
  /** Resolves when the server ends by itself. */
  readonly exited: Promise<number>;
  readonly stop: () => Promise<void>;
}

export const extensionsDirectory = (directory: string): string => join(directory, 'extensions');

/** Starts VS Code's own server (not the code-server wrapper around it) and waits until it answers. */
export async function startServer(workbench: Workbench, options: ServerOptions): Promise<Server> {
  const port = await claimPort(options.port ?? 0);
  const data = join(options.directory, 'server');
  const extensions = extensionsDirectory(options.directory);
  await mkdir(extensions, { recursive: true });
  await writeMachineSettings(data, options.settings);
  const group = startGroup(
    workbench.node,
    [
      workbench.serverMain,
      `--host=${HOST}`,
      `--port=${port}`,
      `--server-data-dir=${data}`,
      `--extensions-dir=${extensions}`,
      '--telemetry-level=off',
      '--without-connection-token',
      '--accept-server-license-terms',
      '--disable-workspace-trust',
      '--disable-getting-started-override',
      ...(options.flags ?? []),
    ],
    { env: options.env ?? {}, echo: options.verbose },
  );
  const authority = `${HOST}:${port}`;
  const address = `http://${authority}/`;
  await waitForAnswer(`${address}version`, group);
  return { authority, address, exited: group.exited, stop: group.stop };
}

/** The browser keeps user settings to itself, so the server's machine settings carry ours. */
async function writeMachineSettings(data: string, settings: Settings): Promise<void> {
  const directory = join(data, 'data', 'Machine');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'settings.json'), JSON.stringify(settings));
}

/** Checks that `port` is free (0 asks for any free one): another program there would answer in our place. */
async function claimPort(port: number): Promise<number> {
  const probe = createServer();
  return await new Promise<number>((resolve, reject) => {
    probe.once('error', () => reject(new Error(`Port ${port} cannot be used: it is taken.`)));
    probe.listen(port, HOST, () => {
      const address = probe.address();
      const claimed = typeof address === 'object' && address !== null ? address.port : port;
      probe.close(() => resolve(claimed));
    });
  });
}

async function waitForAnswer(address: string, group: ProcessGroup): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline && group.isRunning()) {
    const response = await fetch(address, { signal: AbortSignal.timeout(2000) }).catch(
      () => undefined,
    );
    if (response?.ok === true) {
      return;
    }
    await sleep(100);
  }
  const reason = group.isRunning()
    ? `did not answer within ${START_LIMIT_MS / 1000} seconds`
    : 'ended at once';
  await group.stop();
  throw new Error(`VS Code's server ${reason}.\n${group.lastOutput()}`);
}
