import * as vscode from 'vscode';
import {
  previewSyncFilterCommand,
  type SyncExplainParams,
  syncExplainRequest,
  type SyncExplainResult,
  type SyncFilterParams,
  syncFilterRequest,
  type SyncFilterResult,
  syncMappingsRequest,
  type SyncMappingsResult,
} from '../../src/service/protocol/sync.ts';
import type { PreviewPanel } from '../panel/panel.ts';
import type { RecordDocuments } from './documents.ts';
import { isSyncNode, type SyncNode } from './nodes.ts';
import { tellMissing } from './reveal.ts';
import type { SyncService } from './service.ts';

const { t } = vscode.l10n;

/** A filter of a mapping over the records of its side, with the record that it was asked for. */
export function filterPreview(
  service: SyncService,
  panel: Pick<PreviewPanel, 'show'>,
  records: Pick<RecordDocuments, 'shown'>,
  selected: () => readonly SyncNode[],
): vscode.Disposable {
  const show = async (sought: SyncFilterParams): Promise<void> => {
    const place = await service.ask<SyncFilterResult>(syncFilterRequest, sought);
    if (place === null) {
      await tellMissing(service, sought);
      return;
    }
    await panel.show({ uri: sought.project, index: place.index }, place.number);
  };

  const ofMapping = async (
    project: string,
    mapping: string,
    ids: { readonly BusinessCentral?: string; readonly Dataverse?: string } = {},
  ): Promise<SyncFilterParams | undefined> => {
    const mappings = await service.ask<SyncMappingsResult>(syncMappingsRequest, { project });
    const view = mappings?.find(({ name }) => name === mapping);
    const filters = [
      { label: t('Table Filter'), side: 'BusinessCentral', filter: view?.tableFilter ?? '' },
      {
        label: t('Integration Table Filter'),
        side: 'Dataverse',
        filter: view?.integrationTableFilter ?? '',
      },
    ] as const;
    const [first, ...others] = filters.filter(({ filter }) => filter !== '');
    if (first === undefined) {
      void vscode.window.showInformationMessage(
        t('{0} has no filter: every record passes.', mapping),
      );
      return undefined;
    }
    const chosen =
      others.length === 0
        ? first
        : await vscode.window.showQuickPick(
            filters.map((each) => ({ ...each, description: each.filter })),
            { placeHolder: t('Which filter of {0}?', mapping) },
          );
    if (chosen === undefined) return undefined;
    return withId({ project, mapping, side: chosen.side }, ids[chosen.side]);
  };

  /** The filter that leaves a record out; one of its mapping where none does. */
  const ofRecord = async (
    project: string,
    mapping: string | undefined,
    id: string,
  ): Promise<SyncFilterParams | undefined> => {
    const params: SyncExplainParams = {
      project,
      id,
      ...(mapping === undefined ? {} : { mapping }),
    };
    const record = await service.ask<SyncExplainResult>(syncExplainRequest, params);
    if (record === null) {
      void vscode.window.showInformationMessage(t('This record is gone.'));
      return undefined;
    }
    const ids = { BusinessCentral: record.integrationId, Dataverse: record.crmId };
    const side = record.excludedBy?.side;
    return side === undefined
      ? ofMapping(project, record.mapping, ids)
      : withId({ project, mapping: record.mapping, side }, ids[side]);
  };

  const meant = async (given: unknown): Promise<SyncFilterParams | undefined> => {
    if (isSought(given)) return given;
    const shown = isSyncNode(given) ? undefined : records.shown();
    if (shown !== undefined) return ofRecord(shown.project, shown.mapping, shown.id);
    const node = isSyncNode(given) ? given : selected()[0];
    switch (node?.kind) {
      case 'mapping':
        return ofMapping(node.project, node.item.name);
      case 'error':
      case 'coupling': {
        const { mapping, integrationId, crmId } = node.item;
        return ofRecord(node.project, mapping, integrationId === '' ? crmId : integrationId);
      }
      default:
        void vscode.window.showInformationMessage(
          t('Select a mapping or a record in the synchronization views first.'),
        );
        return undefined;
    }
  };

  return vscode.commands.registerCommand(previewSyncFilterCommand, async (given: unknown) => {
    const sought = await meant(given);
    if (sought !== undefined) await show(sought);
  });
}

const withId = (sought: SyncFilterParams, id: string | undefined): SyncFilterParams =>
  id === undefined || id === '' ? sought : { ...sought, id };

const isSought = (value: unknown): value is SyncFilterParams =>
  typeof value === 'object' &&
  value !== null &&
  'side' in value &&
  'mapping' in value &&
  typeof value.mapping === 'string' &&
  'project' in value &&
  typeof value.project === 'string';
