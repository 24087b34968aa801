import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { mappingOf, type SyncNode } from './nodes.ts';

/** Opens the definition of a mapping in the file of its project; the file itself where the mapping is a standard one. */
export async function openPlace(client: LanguageClient, node: SyncNode | undefined): Promise<void> {
  if (node === undefined) return;
  const uri = client.protocol2CodeConverter.asUri(node.project);
  const document = await vscode.workspace.openTextDocument(uri);
  const range = rangeOf(document, mappingOf(node));
  await vscode.window.showTextDocument(document, range === undefined ? {} : { selection: range });
}

function rangeOf(
  document: vscode.TextDocument,
  mapping: string | undefined,
): vscode.Range | undefined {
  const root = parseTree(document.getText());
  const mappings = root && findNodeAtLocation(root, ['mappings']);
  const found = mappings?.children?.find((each) => {
    const name = findNodeAtLocation(each, ['name']);
    return name?.value === mapping;
  });
  const at = found && findNodeAtLocation(found, ['name']);
  return (
    at &&
    new vscode.Range(document.positionAt(at.offset), document.positionAt(at.offset + at.length))
  );
}
