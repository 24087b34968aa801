import * as vscode from 'vscode';
import type { MappingView } from '../../src/engine/surface/views/mappings.ts';
import { syncMappingsRequest, type SyncMappingsResult } from '../../src/service/protocol/sync.ts';
import { deletionCaption, directionCaption, timeCaption, updateCaption } from './captions.ts';
import { child, type SyncNode } from './nodes.ts';
import type { SyncService } from './service.ts';
import { syncTree, type SyncTree } from './tree.ts';

const { t } = vscode.l10n;

/** Integration Table Mappings: what is synchronized, how, how far it got, and its last jobs. */
export function mappingsView(context: vscode.ExtensionContext, service: SyncService): SyncTree {
  const tree = syncTree('dualWrite.sync.mappings', service, async (node) => {
    switch (node.kind) {
      case 'project': {
        const mappings = await service.ask<SyncMappingsResult>(syncMappingsRequest, {
          project: node.project,
        });
        return (mappings ?? []).map((item) =>
          child(node, node.project, item.name, { kind: 'mapping', item }),
        );
      }
      case 'mapping':
        return belowMapping(node, node.item);
      case 'fields':
        return node.item.fields.map((item, index) =>
          child(node, node.project, String(index), { kind: 'field', item }),
        );
      case 'jobs':
        return node.item.lastJobs.map((item) =>
          child(node, node.project, String(item.no), { kind: 'job', item }),
        );
      default:
        return [];
    }
  });
  context.subscriptions.push(tree.view);
  return tree;
}

function belowMapping(node: SyncNode, mapping: MappingView): readonly SyncNode[] {
  const facts: readonly (readonly [string, string])[] = [
    [t('Direction'), directionCaption(mapping.direction)],
    [t('Table Filter'), mapping.tableFilter],
    [t('Integration Table Filter'), mapping.integrationTableFilter],
    [t('Synch. Only Coupled Records'), mapping.synchOnlyCoupledRecords ? t('Yes') : t('No')],
    [t('Resolve Deletion Conflicts'), deletionCaption(mapping.deletionConflictResolution)],
    [t('Resolve Update Conflicts'), updateCaption(mapping.updateConflictResolution)],
    [t('Synchronized to Dataverse up to'), watermark(mapping.toWatermark)],
    [t('Synchronized from Dataverse up to'), watermark(mapping.fromWatermark)],
    [t('After'), mapping.dependencies.join(', ')],
  ];
  return [
    ...facts.flatMap(([label, value], index) =>
      value === ''
        ? []
        : [child(node, node.project, `fact-${index}`, { kind: 'fact', label, value })],
    ),
    ...(mapping.notYetCreated === 0
      ? []
      : [
          child(node, node.project, 'notYetCreated', {
            kind: 'notYetCreated',
            count: mapping.notYetCreated,
          }),
        ]),
    child(node, node.project, 'fields', { kind: 'fields', item: mapping }),
    ...(mapping.lastJobs.length === 0
      ? []
      : [child(node, node.project, 'jobs', { kind: 'jobs', item: mapping })]),
    ...mapping.queue.map((item) =>
      child(node, node.project, `queue-${item.id}`, { kind: 'queue', item }),
    ),
  ];
}

const watermark = (at: number | undefined): string => (at === undefined ? '' : timeCaption(at));
