import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { strToU8, zipSync } from 'fflate';
import type { MapNode } from '../../client/mapNodes.ts';
import type { CompareMapsResult } from '../../src/service/protocol/maps.ts';
import { appears, pageText, screenshot } from './driver.ts';
import { extensionApi, leave, next, openSample, sampleUri } from './kit.ts';

describe('the maps of the workspace', () => {
  const projects = 'maps/projects.json';
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dual-write-maps-'));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const labelOf = ({ label }: vscode.TreeItem): string =>
    typeof label === 'string' ? label : (label?.label ?? '');

  async function nodeWith(text: string, nodes: readonly MapNode[]): Promise<MapNode> {
    const { maps } = await extensionApi();
    for (const node of nodes) {
      if (labelOf(maps.item(node)).includes(text)) return node;
    }
    throw new Error(`no node ${text}`);
  }

  it('stand in a tree down to their field mappings', async () => {
    const { maps } = await extensionApi();
    await vscode.commands.executeCommand('dualWrite.maps.focus');
    const all = await maps.children();
    const map = await nodeWith('[Projects] - [msdyn_projects]', all);
    // Two files hold a map of this name.
    ok(String(maps.item(map).description).startsWith(projects));
    const [leg] = await maps.children(map);
    ok(leg);
    equal(labelOf(maps.item(leg)), 'Projects → msdyn_projects');
    const nodes = await maps.children(leg);
    const below = nodes.map((node) => maps.item(node));
    const filter = below.find(({ contextValue }) => contextValue === 'filter');
    ok(filter);
    equal(labelOf(filter), '(ParentProject == "")');
    const [filterNode] = nodes;
    ok(filterNode);
    const counts = '1 of 7 rows, 3 lost to NULL · Finance and Operations';
    // Rows are counted while the tree is shown.
    while (maps.item(filterNode).description !== counts) await next(maps.onDidChange);
    const field = below.find((item) => labelOf(item).startsWith('SCHEDULED'));
    equal(field && labelOf(field), 'SCHEDULED >> msdyn_scheduled');
    equal(field?.description, 'no: False, yes: True');
    equal(new Set(below.map(({ id }) => id)).size, below.length);
  });

  it('open at the place of a node, and are revealed from there', async () => {
    const { maps } = await extensionApi();
    const map = await nodeWith('[Projects]', await maps.children());
    const [leg] = await maps.children(map);
    const field = await nodeWith('SCHEDULED', await maps.children(leg));
    await vscode.commands.executeCommand('dualWrite.openInMaps', field);
    const editor = vscode.window.activeTextEditor;
    equal(editor?.document.uri.toString(), sampleUri(projects).toString());
    const line = editor.selection.active.line;
    ok(editor.document.getText(new vscode.Range(line, 0, line + 5, 0)).includes('SCHEDULED'));
    equal(await vscode.commands.executeCommand('dualWrite.revealInMaps'), true);
    await screenshot('maps');
    const shown = await pageText();
    if (shown !== false) ok(shown.includes('SCHEDULED >> msdyn_scheduled'), shown);
  });

  it('follow what is edited', async () => {
    const { maps } = await extensionApi();
    const { document } = await openSample(projects);
    const offset = document.getText().indexOf('SCHEDULED');
    const changed = next(maps.onDidChange);
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + 9));
    edit.replace(document.uri, range, 'PLANNED');
    await vscode.workspace.applyEdit(edit);
    await changed;
    const map = await nodeWith('[Projects]', await maps.children());
    const [leg] = await maps.children(map);
    ok(await nodeWith('PLANNED >> msdyn_scheduled', await maps.children(leg)));
    await vscode.commands.executeCommand('undo');
  });

  it('are many, and listed page by page', async () => {
    const { maps } = await extensionApi();
    const uri = sampleUri('maps/large.json');
    const count = 10_000;
    const fieldMappings = Array.from({ length: count }, (_, index) => ({
      syncDirection: 3,
      sourceField: `FIELD${index}`,
      destinationField: `new_field${index}`,
    }));
    const legs = [{ id: '001', sourceSchema: 'Large', destinationSchema: 'larges', fieldMappings }];
    const text = JSON.stringify({ name: 'A large map', legs }, undefined, 1);
    await vscode.workspace.fs.writeFile(uri, strToU8(text));
    try {
      await vscode.commands.executeCommand('dualWrite.refreshMaps');
      const map = await nodeWith('A large map', await maps.children());
      const [leg] = await maps.children(map);
      const pages = await maps.children(leg);
      equal(pages.length, 20);
      equal((await maps.children(pages[19])).length, 500);
      const line = text.slice(0, text.indexOf('FIELD9999')).split('\n').length - 1;
      await vscode.window.showTextDocument(uri, {
        selection: new vscode.Range(line, 0, line, 0),
      });
      equal(await vscode.commands.executeCommand('dualWrite.revealInMaps'), true);
      await screenshot('maps-large');
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await vscode.workspace.fs.delete(uri);
      await vscode.commands.executeCommand('dualWrite.refreshMaps');
    }
  });

  it('say so where there are none', async () => {
    const { maps } = await extensionApi();
    // No folder of this name is looked into.
    const aside = ['maps', 'solution'].map(
      (name) => [sampleUri(name), sampleUri(`out/${name}`)] as const,
    );
    for (const [from, to] of aside) await vscode.workspace.fs.rename(from, to);
    try {
      await vscode.commands.executeCommand('dualWrite.refreshMaps');
      deepEqual(await maps.children(), []);
      await vscode.commands.executeCommand('dualWrite.maps.focus');
      for (let text = await pageText(); text !== false && !text.includes('No dual-write map');) {
        text = await pageText();
      }
      await screenshot('maps-none');
    } finally {
      for (const [from, to] of aside) await vscode.workspace.fs.rename(to, from);
      await vscode.commands.executeCommand('dualWrite.refreshMaps');
    }
    equal((await maps.children()).length, 3);
  });

  it('are compared by meaning, side by side', async () => {
    await extensionApi();
    const other = join(folder, 'other.json');
    const text = await readFile(sampleUri(projects).fsPath, 'utf8');
    await writeFile(
      other,
      text
        .replace(String.raw`ParentProject == \"\"`, String.raw`ParentProject != \"\"`)
        .replace('"SCHEDULED"', '"PLANNED"'),
    );
    const result = await vscode.commands.executeCommand<CompareMapsResult>(
      'dualWrite.compareMaps',
      sampleUri(projects),
      vscode.Uri.file(other),
    );
    equal(result.isEqual, false);
    ok(result.markdown.includes('PLANNED'));
    const shown = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
    ok(shown.some((input) => input instanceof vscode.TabInputTextDiff));
    const [report] = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
      tabs.filter(({ label }) => label.includes('Comparison of Maps')),
    );
    ok(report, 'the report is open');
    // The preview draws itself when it likes; a desktop VS Code has nobody to look.
    for (let text = await pageText(); text !== false && !text.includes('They differ');) {
      text = await pageText();
    }
    await screenshot('compare-maps');
    const same = await vscode.commands.executeCommand<CompareMapsResult>(
      'dualWrite.compareMaps',
      sampleUri(projects),
      sampleUri(projects),
    );
    equal(same.isEqual, true);
    equal(same.normalForms[0], same.normalForms[1]);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('are offered to be compared with: copies first, a file last, a map never with itself', async function () {
    await extensionApi();
    const asked = vscode.commands.executeCommand('dualWrite.compareMaps', sampleUri(projects));
    const row = '.quick-input-widget .monaco-list-row';
    if (!(await appears(`${row}:has-text("customers-accounts.json"):visible`))) this.skip();
    await screenshot('compare-maps-pick');
    const rows = String(await pageText(row));
    ok(!rows.includes(projects), rows);
    const places = ['customizations.xml', 'customers-accounts.json', 'Choose a file'].map((text) =>
      rows.indexOf(text),
    );
    ok(!places.includes(-1), rows);
    deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    equal(await leave(asked), undefined);
  });

  it('are exported as Markdown', async () => {
    await extensionApi();
    const file = vscode.Uri.file(join(folder, 'projects.md'));
    await vscode.commands.executeCommand('dualWrite.exportMap', sampleUri(projects), file);
    const text = await readFile(file.fsPath, 'utf8');
    ok(text.includes('| `SCHEDULED` | `>>` | `msdyn_scheduled` |'), text);
    equal(vscode.window.activeTextEditor?.document.uri.toString(), file.toString());
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('are imported from a solution', async () => {
    await extensionApi();
    const zip = join(folder, 'solution.zip');
    const solution = await readFile(sampleUri('solution/customizations.xml').fsPath, 'utf8');
    await writeFile(zip, zipSync({ 'customizations.xml': strToU8(solution) }));
    const into = vscode.Uri.file(join(folder, 'imported'));
    const written = await vscode.commands.executeCommand<readonly vscode.Uri[]>(
      'dualWrite.importMaps',
      vscode.Uri.file(zip),
      into,
    );
    ok(written.length > 0);
    const [first] = written;
    ok(first && (await readFile(first.fsPath, 'utf8')).includes('"legs": ['));
    const again = await vscode.commands.executeCommand<readonly vscode.Uri[]>(
      'dualWrite.importMaps',
      vscode.Uri.file(zip),
      into,
    );
    deepEqual(again, []);
  });
});
