import { deepEqual } from 'node:assert/strict';
import { importsOf, sourcesIn } from '../../kit/sources.ts';
import manifest from '../../../package.json' with { type: 'json' };

describe('what the manifest says of workspaces', () => {
  it('trusts none: nothing in one is run', () => {
    deepEqual(manifest.capabilities.untrustedWorkspaces, { supported: true });
    // Neither client nor server starts a program that a workspace could name.
    const starters = ['client', 'server', 'src']
      .flatMap(sourcesIn)
      .filter((file) => importsOf(file).some(({ target }) => target === 'node:child_process'));
    deepEqual(starters, []);
  });

  it('needs a disk, and says why', () => {
    deepEqual(manifest.capabilities.virtualWorkspaces, {
      supported: false,
      description: '%capabilities.virtualWorkspaces%',
    });
  });
});
