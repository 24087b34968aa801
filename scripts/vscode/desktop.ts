import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findOnPath } from './npm.ts';

const DOWNLOAD_HOST = 'https://update.code.visualstudio.com';
const DOWNLOAD_PROBE_MS = 3000;
/** Where the program lies, seen from the folder of its `code` launcher: Linux, Windows, macOS. */
const PROGRAMS = ['../code', '../Code.exe', '../../../MacOS/Electron', '../../../MacOS/Code'];

/**
 * The executable of a desktop VS Code: the one named in VSCODE_EXECUTABLE, the one whose `code` is on PATH,
 * or a download; undefined when there is none, or no display to show it on.
 */
export async function findDesktop(
  cache: string,
  canShow: boolean,
  report: (line: string) => void,
): Promise<string | undefined> {
  const named = process.env['VSCODE_EXECUTABLE'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) {
      throw new Error(`VSCODE_EXECUTABLE names ${named}, which does not exist.`);
    }
    return named;
  }
  if (!canShow) {
    return undefined;
  }
  return installedProgram() ?? (await download(cache, report));
}

export function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== 'linux' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY);
}

function installedProgram(): string | undefined {
  const found = findOnPath(process.platform === 'win32' ? 'code.cmd' : 'code');
  if (found === undefined) {
    return undefined;
  }
  const launcher = realpathSync(found);
  // In a terminal of a remote VS Code `code` talks to the window at the other end and cannot start one.
  if (launcher.includes('remote-cli')) {
    return undefined;
  }
  return PROGRAMS.map((program) => join(dirname(launcher), program)).find((file) =>
    existsSync(file),
  );
}

async function download(
  cache: string,
  report: (line: string) => void,
): Promise<string | undefined> {
  if (!(await canDownload())) {
    return undefined;
  }
  report('Downloading VS Code into .vscode-test/ unless it is there ...');
  return await downloadAndUnzipVSCode({
    cachePath: cache,
    version: 'stable',
    reporter: new SilentReporter(),
  });
}

/** Finds out within seconds: the download itself would try for a long time before it gives up. */
async function canDownload(): Promise<boolean> {
  const signal = AbortSignal.timeout(DOWNLOAD_PROBE_MS);
  const response = await fetch(`${DOWNLOAD_HOST}/api/releases/stable`, {
    method: 'HEAD',
    signal,
  }).catch(() => undefined);
  return response?.ok === true;
}
