import * as vscode from 'vscode';
import type { SyncNode } from '../../client/sync/nodes.ts';
import type { SyncTree } from '../../client/sync/tree.ts';
import type { SyncViews } from '../../client/sync/views.ts';
import { extensionApi, sampleUri } from './kit.ts';

/** One table on each side, coupled by number; the rows stand in files, which a test edits as a person edits a record. */
export interface SyncSample {
  readonly views: SyncViews;
  readonly project: string;
  /** Changes the rows of a side, and waits until the project has read them. */
  readonly edit: (side: Side, rows: readonly Row[]) => Promise<void>;
  /** Writes what the app in Dataverse refuses; the project has read it once it has read a later `edit`. */
  readonly refuse: (rules: readonly object[]) => Thenable<void>;
  /** The lines of a view whose kind is the given one, however deep they stand. */
  readonly lines: <K extends SyncNode['kind']>(
    tree: SyncTree,
    kind: K,
  ) => Promise<readonly (SyncNode & { readonly kind: K })[]>;
  readonly remove: () => Promise<void>;
}

type Side = 'business-central' | 'dataverse';
export type Row = readonly [id: string, name: string, city: string];

const FIELDS = {
  'business-central': ['SystemId', 'Name', 'City'],
  dataverse: ['id', 'name', 'city'],
};
const IDS = { 'business-central': 'c0000000', dataverse: 'd0000000' };

const idOf = (side: Side, id: string): string => `${IDS[side]}-0000-0000-0000-00000000000${id}`;

const csvOf = (side: Side, rows: readonly Row[]): string =>
  [FIELDS[side], ...rows.map(([id, ...values]) => [idOf(side, id), ...values])]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');

const projectText = (direction: string, rules: readonly object[], settings: object): string =>
  JSON.stringify({
    businessCentral: {
      tables: [
        {
          name: 'Customer',
          number: 18,
          primaryKey: ['Name', 'City'],
          fields: [
            { name: 'Name', type: 'text' },
            { name: 'City', type: 'text' },
          ],
          rows: { file: 'business-central.csv' },
        },
      ],
    },
    dataverse: {
      tables: [
        {
          name: 'account',
          primaryKey: ['name', 'city'],
          fields: [
            { name: 'name', type: 'text' },
            { name: 'city', type: 'text' },
          ],
          rules,
          rows: { file: 'dataverse.csv' },
        },
      ],
    },
    mappings: [
      {
        name: 'CUSTOMER',
        table: 'Customer',
        integrationTable: 'account',
        direction,
        synchOnlyCoupledRecords: false,
        ...settings,
        fields: [
          { field: 'Name', integrationField: 'name', direction, useForMatchBasedCoupling: true },
          { field: 'City', integrationField: 'city', direction },
        ],
      },
    ],
    couplings: ['1', '2'].map((id) => ({
      mapping: 'CUSTOMER',
      record: idOf('business-central', id),
      integrationRecord: idOf('dataverse', id),
      synchronized: true,
    })),
  });

export const ROWS: readonly Row[] = [
  ['1', 'Adatum', 'Brno'],
  ['2', 'Contoso', 'Lyon'],
];

/** Writes the project into a folder of its own and waits until the views know it. */
export async function syncSample(
  name: string,
  direction = 'Bidirectional',
  rules: readonly object[] = [],
  settings: object = {},
): Promise<SyncSample> {
  const { sync: views } = await extensionApi();
  const at = (path: string): vscode.Uri => sampleUri(`${name}/${path}`);
  const write = (path: string, text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(at(path), new TextEncoder().encode(text));
  await write('business-central.csv', csvOf('business-central', ROWS));
  await write('dataverse.csv', csvOf('dataverse', ROWS));
  const refuse: SyncSample['refuse'] = (refused) =>
    write(`${name}.sync.json`, projectText(direction, refused, settings));
  await refuse(rules);

  const project = at(`${name}.sync.json`).toString();
  const nodesBelow = async (tree: SyncTree, node?: SyncNode): Promise<readonly SyncNode[]> => {
    const found = (await tree.children(node)).filter((each) => each.project === project);
    const below = await Promise.all(found.map((each) => nodesBelow(tree, each)));
    return [...found, ...below.flat()];
  };
  const linesOf: SyncSample['lines'] = async (tree, kind) =>
    (await nodesBelow(tree)).filter(
      (node): node is SyncNode & { readonly kind: typeof kind } =>
        node.kind === kind && node.project === project,
    );

  await until(views.mappings, async () => (await linesOf(views.mappings, 'mapping')).length > 0);
  return {
    views,
    project,
    refuse,
    lines: linesOf,
    async edit(side, rows) {
      await write(`${side}.csv`, csvOf(side, rows));
      const isOurs = side === 'business-central';
      await until(views.couplings, async () =>
        (await linesOf(views.couplings, 'coupling')).every(({ item }) => {
          const id = isOurs ? item.integrationId : item.crmId;
          const row = rows.find(([number]) => idOf(side, number) === id);
          const exists = isOurs ? item.recordExists : item.coupledRecordExists;
          const shown = isOurs ? item.description : item.coupledTo;
          return row === undefined ? !exists : shown === row.slice(1).join(',');
        }),
      );
    },
    remove: () => Promise.resolve(vscode.workspace.fs.delete(at(''), { recursive: true })),
  };
}

/** The next time that a view says it has changed. */
const changeOf = (tree: SyncTree): Promise<void> =>
  new Promise((resolve) => {
    const subscription = tree.onDidChange(() => {
      subscription.dispose();
      resolve();
    });
  });

/** Looks at once and after each change of a view, until what it sees is expected. */
export async function until(tree: SyncTree, expected: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const changed = changeOf(tree);
    if (await expected()) return;
    await changed;
  }
}
