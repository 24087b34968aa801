import { equal, match, rejects } from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import { isFolder, writeFileAt } from '../../../cli/writeFile.ts';

describe('A file that the command line writes', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'write-'));
    writeFileSync(join(folder, 'file'), '');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const uriOf = (...path: readonly string[]): string => URI.file(join(folder, ...path)).toString();

  it('gets the folders above it', async () => {
    await writeFileAt(uriOf('a', 'b', 'c.txt'), 'one');
    await Promise.all([
      writeFileAt(uriOf('a', 'b', 'c.txt'), 'two'),
      ...['x', 'y', 'z'].map((name) => writeFileAt(uriOf('many', 'below', name), name)),
    ]);
    equal(readFileSync(join(folder, 'a', 'b', 'c.txt'), 'utf8'), 'two');
    equal(readFileSync(join(folder, 'many', 'below', 'z'), 'utf8'), 'z');
  });

  it('is refused below a file', async () => {
    await rejects(writeFileAt(uriOf('file', 'sub', 'x.txt'), ''), { code: /EEXIST|ENOTDIR/u });
    await rejects(writeFileAt(uriOf('file', 'x.txt'), ''), { code: /EEXIST|ENOTDIR/u });
  });

  it('is refused in place of a folder', async () => {
    equal(await isFolder(uriOf()), true);
    equal(await isFolder(uriOf('file')), false);
    equal(await isFolder(uriOf('nothing')), false);
    await rejects(writeFileAt(uriOf(), ''), { code: 'EISDIR' });
  });

  it('is refused below a link that leads nowhere', async function () {
    if (process.platform === 'win32') this.skip();
    symlinkSync(join(folder, 'no', 'where'), join(folder, 'link'));
    await rejects(writeFileAt(uriOf('link', 'sub', 'x.txt'), ''), { code: /EEXIST|ENOENT/u });
  });

  // Node's own recursive mkdir tries for ever there: the folder above is there, and that below it can't be made.
  it('is refused where there are folders in which nothing can be made', async function () {
    if (process.platform !== 'linux') this.skip();
    for (const path of ['/proc/x.txt', '/proc/a/x.txt', '/proc/a/b/c/x.txt']) {
      await rejects(writeFileAt(URI.file(path).toString(), ''), (error: Error) => {
        match(String(Reflect.get(error, 'code')), /ENOENT|EACCES|EPERM/u);
        return true;
      });
    }
  });
});
