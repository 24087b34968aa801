import { deepEqual } from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import { inParallel } from '../../../src/workspace/inParallel.ts';
import { nodeFiles } from '../../../src/workspace/nodeFiles.ts';

describe('folders with links', () => {
  let root = '';
  const uriOf = (path: string): string => URI.file(join(root, 'w', path)).toString();

  before(async function before() {
    root = await mkdtemp(join(tmpdir(), 'dual-write-'));
    for (const path of ['w/a', 'w/locked', 'other']) {
      await mkdir(join(root, path), { recursive: true });
    }
    for (const path of ['w/a/m.json', 'w/locked/l.json', 'other/o.json', 'single.json']) {
      await writeFile(join(root, path), '{}');
    }
    try {
      await symlink(join(root, 'w'), join(root, 'w/a/loop'), 'dir');
      await symlink(root, join(root, 'w/above'), 'dir');
      await symlink(join(root, 'w/a'), join(root, 'w/again'), 'dir');
      await symlink(join(root, 'other'), join(root, 'w/linked'), 'dir');
      await symlink(join(root, 'other'), join(root, 'w/linked-too'), 'dir');
      await symlink(join(root, 'nowhere'), join(root, 'w/dangling'), 'dir');
      await symlink(join(root, 'single.json'), join(root, 'w/single.json'));
      await symlink(join(root, 'w/a/m.json'), join(root, 'w/m-again.json'));
    } catch {
      // Windows lets only some people make links.
      this.skip();
    }
  });
  after(async () => {
    await chmod(join(root, 'w/locked'), 0o700);
    await rm(root, { recursive: true, force: true });
  });

  it('are listed once each, and in their own place first', async () => {
    deepEqual(
      await nodeFiles.list(uriOf('')),
      ['a/m.json', 'locked/l.json', 'linked/o.json', 'single.json'].map(uriOf),
    );
  });
  it('hide what nobody may read, and nothing else', async function hide() {
    await chmod(join(root, 'w/locked'), 0);
    // The superuser may read everything, and Windows knows no such mode.
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    deepEqual(
      await nodeFiles.list(uriOf('')),
      ['a/m.json', 'linked/o.json', 'single.json'].map(uriOf),
    );
  });
});

describe('slow work in parallel', () => {
  it('keeps the order of the items and runs a few at a time', async () => {
    let [running, most] = [0, 0];
    const items = Array.from({ length: 40 }, (_, index) => index);
    const results = await inParallel(items, async (item) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < 20 - (item % 5); turn += 1) await Promise.resolve();
      running -= 1;
      return item;
    });
    deepEqual(results, items);
    deepEqual(most, 8);
  });
});
