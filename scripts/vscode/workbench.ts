import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { findOnPath, runNpm } from './npm.ts';

/**
 * A complete VS Code that a browser shows: its server and workbench come with the code-server package,
 * the server's Node (binary and headers) and a headless Chromium come from npm as well.
 * It is installed on demand and not listed in package.json: code-server refuses any Node but 24
 * in its install script, and nobody who only builds or unit-tests the extension needs these 800 MB.
 */
const PACKAGES = {
  'code-server': '4.139.1',
  'playwright-core': '1.65.1',
  '@sparticuz/chromium': '153.0.0',
  [`node-linux-${process.arch}`]: '24.21.0',
};
/** Without these two the extension host does not start; the other native modules may stay unbuilt. */
const NATIVE_MODULES = ['@vscode/spdlog', '@vscode/native-watchdog'];
/** Used where the system has no fonts; the one in the package names folders outside this cache. */
const FONT_CONFIGURATION =
  '<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>';
const MANIFEST = JSON.stringify({ private: true, dependencies: PACKAGES });

export interface Workbench {
  readonly node: string;
  readonly serverMain: string;
  readonly playwright: string;
  readonly chromium: string;
  readonly chromiumLibraries: string;
  readonly chromiumFonts: string;
}

/** Installs the workbench below `cache` unless it is there already. */
export async function ensureWorkbench(
  cache: string,
  report: (line: string) => void,
): Promise<Workbench> {
  const complete = join(cache, 'workbench');
  if (!(await isInstalled(complete))) {
    assertPrerequisites();
    // Installed in a folder beside and renamed at the end, so an interrupted installation never counts.
    const partial = join(cache, 'workbench.partial');
    await rm(partial, { recursive: true, force: true });
    await install(partial, report);
    await rm(complete, { recursive: true, force: true });
    await rename(partial, complete);
    report('The browser-served VS Code is ready.');
  }
  return locate(complete);
}

async function isInstalled(directory: string): Promise<boolean> {
  const manifest = await readFile(join(directory, 'package.json'), 'utf8').catch(() => undefined);
  return manifest === MANIFEST;
}

function locate(directory: string): Workbench {
  const modules = join(directory, 'node_modules');
  return {
    node: join(nodeDirectory(modules), 'bin', 'node'),
    serverMain: join(vscodeDirectory(modules), 'out', 'server-main.js'),
    playwright: join(modules, 'playwright-core', 'index.mjs'),
    chromium: join(directory, 'chromium', 'chromium'),
    chromiumLibraries: join(directory, 'chromium', 'lib'),
    chromiumFonts: join(directory, 'chromium'),
  };
}

const nodeDirectory = (modules: string): string => join(modules, `node-linux-${process.arch}`);
const vscodeDirectory = (modules: string): string => join(modules, 'code-server', 'lib', 'vscode');

function assertPrerequisites(): void {
  if (process.platform !== 'linux') {
    throw new Error(
      'The browser-served VS Code runs on Linux only. Install VS Code, or name it in VSCODE_EXECUTABLE.',
    );
  }
  const missing = ['g++', 'make', 'python3'].filter((program) => findOnPath(program) === undefined);
  if (missing.length > 0) {
    throw new Error(
      `The browser-served VS Code has two native modules to build; missing: ${missing.join(', ')}. ` +
        'Install what is missing, or name a VS Code in VSCODE_EXECUTABLE.',
    );
  }
}

async function install(directory: string, report: (line: string) => void): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'package.json'), MANIFEST);
  const modules = join(directory, 'node_modules');

  report('Installing a browser-served VS Code into .vscode-test/ (once, about a minute) ...');
  await runNpm(directory, ['install', '--ignore-scripts', '--no-package-lock']);

  report("Installing the parts of VS Code's server ...");
  const vscode = vscodeDirectory(modules);
  await runNpm(vscode, ['install', '--ignore-scripts', '--omit=dev']);

  report('Building two native modules ...');
  const node = nodeDirectory(modules);
  await runNpm(vscode, ['rebuild', ...NATIVE_MODULES], {
    // The modules must fit the Node that runs the server, whichever Node runs npm.
    npm_config_nodedir: node,
    PATH: `${join(node, 'bin')}:${process.env['PATH'] ?? ''}`,
  });

  report('Unpacking Chromium ...');
  await unpackChromium(join(modules, '@sparticuz', 'chromium', 'bin'), join(directory, 'chromium'));
}

/** The package unpacks itself into the system's temporary folder, where an interrupted run would stay broken. */
async function unpackChromium(archives: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const executable = join(target, 'chromium');
  await decompress(join(archives, 'chromium.br'), executable);
  await chmod(executable, 0o755);
  await unpackTar(join(archives, 'swiftshader.tar.br'), target);
  await unpackTar(join(archives, 'al2023.tar.br'), target);
  await unpackTar(join(archives, 'fonts.tar.br'), target);
  await writeFile(join(target, 'fonts.conf'), FONT_CONFIGURATION);
}

async function unpackTar(archive: string, target: string): Promise<void> {
  const tar = join(target, 'archive.tar');
  await decompress(archive, tar);
  await promisify(execFile)('tar', ['-x', '-f', tar, '-C', target]);
  await rm(tar);
}

async function decompress(archive: string, target: string): Promise<void> {
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(target));
}
