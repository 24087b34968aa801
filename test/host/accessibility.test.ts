import { deepEqual, ok } from 'node:assert/strict';
import type { MapNode } from '../../client/mapNodes.ts';
import { extensionApi } from './kit.ts';

/** Signs that a screen reader leaves out, or spells. */
const SIGNS = /[→←↔<>·$]/u;

describe('a screen reader', () => {
  it('is told in words what the nodes of the map tree show as signs', async () => {
    const { maps } = await extensionApi();
    const nodes: MapNode[] = [...(await maps.children())];
    // The list grows while it is gone through: each node is followed by those below it.
    for (const node of nodes) if (nodes.length < 200) nodes.push(...(await maps.children(node)));
    const kinds = new Set(nodes.map(({ kind }) => kind));
    ok(kinds.has('map') && kinds.has('leg') && kinds.has('filter') && kinds.has('field'));
    const silent = nodes
      // The text of a filter is read as it is.
      .filter(({ kind }) => kind !== 'filter')
      .map((node) => maps.item(node))
      .map(({ accessibilityInformation }) => accessibilityInformation?.label ?? '')
      .filter((read) => read === '' || SIGNS.test(read));
    deepEqual(silent, []);
  });
});
