import * as vscode from 'vscode';
import type { FieldValue } from '../../src/engine/model/table.ts';
import type { ComparedField, ExplainedRecord } from '../../src/engine/surface/views/explained.ts';
import {
  type SyncExplainParams,
  syncExplainRequest,
  type SyncExplainResult,
  type SyncRunResult,
} from '../../src/service/protocol/sync.ts';
import { runAction } from './actions.ts';
import type { SyncNode } from './nodes.ts';
import { fieldName } from './recordText.ts';
import type { SyncService } from './service.ts';

const { t } = vscode.l10n;

type Winner = 'BusinessCentral' | 'Dataverse';
export type Winners = Readonly<Record<string, Winner>>;

/**
 * Resolves a conflict field by field: every field that differs takes the value of one app. Where a record was changed
 * since its values were shown, nothing is written, and the new values are offered.
 */
export async function resolveFields(
  service: SyncService,
  node: SyncNode | undefined,
  given?: Winners,
): Promise<SyncRunResult | undefined> {
  if (node?.kind !== 'error' && node?.kind !== 'coupling') {
    void vscode.window.showInformationMessage(
      t('Select a record under Coupled Data Synchronization Errors or Couplings first.'),
    );
    return undefined;
  }
  const { mapping, integrationId, crmId } = node.item;
  const { project } = node;
  const params: SyncExplainParams = { project, mapping, id: integrationId };
  for (;;) {
    const record = await service.ask<SyncExplainResult>(syncExplainRequest, params);
    if (record === null) return undefined;
    const fields = given ?? (await askForFields(record));
    if (fields === undefined) return undefined;
    const result = await runAction(
      service,
      'Synchronize',
      { project, rows: [{ mapping, integrationId, crmId }] },
      { fields, seen: record.versions },
    );
    if (result?.kind !== 'refused' || result.reason.code !== 'changedMeanwhile') return result;
    if (given !== undefined) return result;
  }
}

async function askForFields(record: ExplainedRecord): Promise<Winners | undefined> {
  const differing = record.fields.filter(({ differs }) => differs);
  if (differing.length === 0) {
    void vscode.window.showInformationMessage(t('Both records hold the same values.'));
    return undefined;
  }
  const items = differing.map((field) => ({
    label: fieldName(field),
    description: noteOf(field),
    detail: t(
      'Business Central: {0}   Dataverse: {1}   last agreed: {2}',
      said(field.value),
      said(field.integrationRead),
      said(field.base),
    ),
    picked: isOurs(field),
    field,
  }));
  const name = record.description === '' ? record.coupledTo : record.description;
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Resolve {0} ({1})', name, record.mapping),
    // A longer sentence would be cut, and a separator takes the room of the values.
    placeHolder: t('Checked: Business Central wins, else Dataverse'),
    canPickMany: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  const ours = new Set(picked.map(({ field }) => field));
  return Object.fromEntries(
    differing.map((field) => [fieldName(field), ours.has(field) ? 'BusinessCentral' : 'Dataverse']),
  );
}

/** Blanks are nothing to see in a list. */
const said = (value: FieldValue | undefined): string =>
  value === undefined || value === null || value === '' ? t('(empty)') : String(value);

/** A field that goes one way has one winner, whatever is checked. */
const noteOf = ({ conflicts, direction }: ComparedField): string =>
  direction === 'ToIntegrationTable'
    ? t('goes to Dataverse only: Business Central wins')
    : direction === 'FromIntegrationTable'
      ? t('goes to Business Central only: Dataverse wins')
      : conflicts
        ? t('both changed it')
        : '';

/** What a merge would take: the side that changed the field alone; of a conflict nobody knows. */
const isOurs = ({ changed, integrationChanged, direction }: ComparedField): boolean =>
  direction === 'ToIntegrationTable' ||
  (direction === 'Bidirectional' && (changed || !integrationChanged));
