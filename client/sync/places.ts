import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { CouplingName } from '../../src/engine/actions/coupledErrors.ts';
import {
  type SyncExplainParams,
  syncExplainRequest,
  type SyncExplainResult,
  syncMappingsRequest,
  type SyncMappingsResult,
} from '../../src/service/protocol/sync.ts';
import { recordUri } from './documents.ts';
import { couplingOf, mappingOf, recordOf, type SyncNode } from './nodes.ts';
import type { SyncService } from './service.ts';

const { t } = vscode.l10n;

/** Opens the definition of a mapping in the file of its project; the file itself where the mapping is a standard one. */
export async function openMapping(
  client: LanguageClient,
  node: SyncNode | undefined,
): Promise<void> {
  if (node === undefined) return;
  const { document, root } = await projectOf(client, node);
  const mappings = root && findNodeAtLocation(root, ['mappings']);
  const found = childNamed(mappings, mappingOf(node) ?? '');
  const name = found && findNodeAtLocation(found, ['name']);
  await show(document, name && rangeIn(document, name.offset, name.length));
}

type Side = 'businessCentral' | 'dataverse';

/**
 * Opens the row that a line is about: in its file of rows, or in the project where it stands there. A record that no
 * file holds, because a run made it, is shown as it stands in the store.
 */
export async function openRecord(
  client: LanguageClient,
  service: SyncService,
  node: SyncNode | undefined,
  side: Side,
): Promise<void> {
  if (node === undefined || recordOf(node) === undefined) {
    void vscode.window.showInformationMessage(t('Select a line about a record first.'));
    return;
  }
  const { project } = node;
  const named = await bothSidesOf(service, node);
  const id = named?.[side === 'businessCentral' ? 'integrationId' : 'crmId'] ?? '';
  if (named === undefined || id === '') {
    const app = side === 'businessCentral' ? 'Business Central' : 'Dataverse';
    void vscode.window.showInformationMessage(t('This line is about no record of {0}.', app));
    return;
  }
  const { mapping } = named;
  const mappings = await service.ask<SyncMappingsResult>(syncMappingsRequest, { project });
  const views = mappings?.find(({ name }) => name === mapping);
  const table = side === 'businessCentral' ? views?.table : views?.integrationTable;
  const { document, root } = await projectOf(client, node);
  const tables = root && findNodeAtLocation(root, [side, 'tables']);
  const rows = table === undefined ? undefined : rowsOf(childNamed(tables, table));
  const file = rows && findNodeAtLocation(rows, ['file']);
  const place =
    typeof file?.value === 'string'
      ? await inFile(vscode.Uri.joinPath(document.uri, '..', file.value), id)
      : rows && inDocument(document, id, rows.offset, rows.length);
  if (place !== undefined) {
    await show(place.document, place.range);
    return;
  }
  const title = `${table ?? mapping} ${id}`;
  await show(
    await vscode.workspace.openTextDocument(recordUri({ project, mapping, id, part: side }, title)),
  );
}

/** An error in the log names the records of a run from where to where; the engine knows which of them is whose. */
async function bothSidesOf(
  service: SyncService,
  node: SyncNode,
): Promise<CouplingName | undefined> {
  const coupling = couplingOf(node);
  if (coupling !== undefined) return coupling;
  const record = recordOf(node);
  if (record === undefined) return undefined;
  const { mapping, id } = record;
  const params: SyncExplainParams = { project: node.project, mapping, id };
  return (await service.ask<SyncExplainResult>(syncExplainRequest, params)) ?? undefined;
}

interface Place {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

/** Where the id of a row stands in a file of text; a workbook or a database has no such place. */
async function inFile(uri: vscode.Uri, id: string): Promise<Place | undefined> {
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    return inDocument(document, id, 0, document.getText().length);
  } catch {
    return undefined;
  }
}

function inDocument(
  document: vscode.TextDocument,
  id: string,
  offset: number,
  length: number,
): Place | undefined {
  const text = document.getText().slice(offset, offset + length);
  const found = id === '' ? -1 : text.toLowerCase().indexOf(id.toLowerCase());
  return found < 0 ? undefined : { document, range: rangeIn(document, offset + found, id.length) };
}

async function projectOf(
  client: LanguageClient,
  { project }: SyncNode,
): Promise<{ readonly document: vscode.TextDocument; readonly root: Node | undefined }> {
  const uri = client.protocol2CodeConverter.asUri(project);
  const document = await vscode.workspace.openTextDocument(uri);
  return { document, root: parseTree(document.getText()) };
}

const childNamed = (list: Node | undefined, name: string): Node | undefined =>
  list?.children?.find((each) => findNodeAtLocation(each, ['name'])?.value === name);

const rowsOf = (table: Node | undefined): Node | undefined =>
  table && findNodeAtLocation(table, ['rows']);

const rangeIn = (document: vscode.TextDocument, offset: number, length: number): vscode.Range =>
  new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));

const show = (
  document: vscode.TextDocument,
  selection?: vscode.Range,
): Thenable<vscode.TextEditor> =>
  vscode.window.showTextDocument(document, selection === undefined ? {} : { selection });
