import { deepEqual, equal, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SyncRunResult } from '../../src/service/protocol/sync.ts';
import { appears, click, drawn, evaluate, press, screenshot, shows } from './driver.ts';
import { codeOf, diagnosticsWhen, extensionApi, next, said, sampleUri } from './kit.ts';
import { ROWS, type SyncSample, syncSample, until } from './syncKit.ts';

/** From the Problems panel and the editor to the views, and back. */
describe('links of a sync project', () => {
  let sample: SyncSample;

  const run = (command: string, ...args: readonly unknown[]): Thenable<unknown> =>
    vscode.commands.executeCommand(`dualWrite.sync.${command}`, ...args);
  const uri = (): vscode.Uri => vscode.Uri.parse(sample.project, true);

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await sample.remove();
    await until(
      sample.views.errors,
      async () => (await sample.lines(sample.views.errors, 'error')).length === 0,
    );
  });

  it('lead from the Problems panel to the errors and to the mapping, and go with the last error', async () => {
    sample = await syncSample('problems');
    const [mapping] = await sample.lines(sample.views.mappings, 'mapping');
    const isChanged = (id: string, city: string) =>
      ROWS.map((row) => (row[0] === id ? ([row[0], row[1], city] as const) : row));
    await sample.edit('business-central', isChanged('1', 'Praha'));
    await sample.edit('dataverse', isChanged('1', 'Paris'));
    const result = (await run('runModified', mapping)) as SyncRunResult;
    equal(result.kind, 'done');

    const editor = await vscode.window.showTextDocument(uri());
    const [problem] = await diagnosticsWhen(uri(), (found) => found.length > 0);
    ok(problem);
    equal(codeOf(problem), 'sync-errors');
    equal(editor.document.getText(problem.range), '"CUSTOMER"');
    editor.selection = new vscode.Selection(problem.range.start, problem.range.start);
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    await appears(`.markers-panel :text("${problem.message}")`);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    // The light bulb offers what the Problems panel offers.
    if (await press('Control+.')) {
      await appears('.action-widget');
      await drawn();
      await screenshot('sync-problem-actions');
      await press('Escape');
    }
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri(),
      problem.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const commands = actions.flatMap(({ command }) =>
      command?.command.startsWith('dualWrite.sync.') === true ? [command] : [],
    );
    deepEqual(
      commands.map(({ command }) => command),
      ['dualWrite.sync.showErrors', 'dualWrite.sync.showMapping'],
    );
    const [toErrors, toMapping] = commands;
    ok(toErrors !== undefined && toMapping !== undefined);
    await vscode.commands.executeCommand(toErrors.command, ...(toErrors.arguments ?? []));
    const [shown] = sample.views.errors.view.selection;
    ok(shown?.kind === 'errorGroup' && shown.project === sample.project);
    equal(shown.item.key, 'CUSTOMER');
    await vscode.commands.executeCommand(toMapping.command, ...(toMapping.arguments ?? []));
    const [selected] = sample.views.mappings.view.selection;
    ok(selected?.kind === 'mapping' && selected.project === sample.project);
    await drawn();
    await screenshot('sync-problem-revealed');

    const [error] = await sample.lines(sample.views.errors, 'error');
    await run('synchronize', error, [error], { choices: { CUSTOMER: 'ToIntegrationTable' } });
    deepEqual(await diagnosticsWhen(uri(), (found) => found.length === 0), []);
  });

  it('lead from the caret to the mapping', async () => {
    sample = await syncSample('caret');
    const editor = await vscode.window.showTextDocument(uri());
    const place = editor.document.positionAt(editor.document.getText().indexOf('synchOnly'));
    editor.selection = new vscode.Selection(place, place);
    await run('showMapping');
    const [selected] = sample.views.mappings.view.selection;
    ok(selected?.kind === 'mapping' && selected.project === sample.project);
    equal(selected.item.name, 'CUSTOMER');
    // Nothing is selected where there is nothing to show: a message says so.
    await run('showErrors', { project: sample.project, mapping: 'CUSTOMER' });
    await vscode.commands.executeCommand('notifications.showList');
    await shows(said('{0} has no synchronization errors.').replace('{0}', 'CUSTOMER'));
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('lead from an explanation to the filter that leaves its record out, over all records', async () => {
    sample = await syncSample('excluded', 'Bidirectional', [], {
      tableFilter: 'WHERE(City=FILTER(<>Lyon))',
    });
    const couplings = await sample.lines(sample.views.couplings, 'coupling');
    const record = couplings.find(({ item }) => item.description.startsWith('Contoso'));
    ok(record);
    await run('explain', record);
    await shows(said('The button in the title of this page shows it over all records.'));
    await drawn();
    await screenshot('sync-excluded');
    const { rows } = await extensionApi();
    const button = `.editor-actions .action-label[aria-label*="${said('command.sync.previewFilter')}"]`;
    const explained = next(rows.onDidExplain);
    if (!(await click(button))) await run('previewFilter', record);
    equal(await explained, 2);
    const preview = rows.preview();
    ok(preview?.result.kind === 'rows');
    equal(preview.result.filter, 'WHERE(City=FILTER(<>Lyon))');
    deepEqual(preview.result.counts.asWritten, { kept: 1, lostToNull: 0, dropped: 1 });
    await drawn();
    await screenshot('sync-filter-preview');

    // A record that passes is shown as such, and an empty filter says that there is nothing to see.
    const other = couplings.find(({ item }) => item.description.startsWith('Adatum'));
    const again = next(rows.onDidExplain);
    await run('previewFilter', other);
    equal(await again, 1);

    // What people do to the records shows at once.
    const changed = next(
      rows.onDidShow,
      (shown) => shown.kind === 'rows' && shown.counts.asWritten.kept === 2,
    );
    await sample.edit(
      'business-central',
      ROWS.map((row) => (row[0] === '2' ? ([row[0], row[1], 'Nice'] as const) : row)),
    );
    await changed;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('lead to a record wherever it stands among the others', async () => {
    sample = await syncSample('many', 'Bidirectional', [], {
      tableFilter: 'WHERE(City=FILTER(<>Lyon))',
    });
    const many = Array.from({ length: 500 }, (_, index) => {
      const row = [String(index + 3), `Customer ${index}`, 'Lyon'] as const;
      return row;
    });
    await sample.edit('business-central', [...ROWS, ...many]);
    const { rows } = await extensionApi();
    const filter = { project: sample.project, mapping: 'CUSTOMER', side: 'BusinessCentral' };
    const shown = next(
      rows.onDidShow,
      (result) => result.kind === 'rows' && result.rowCount === ROWS.length + many.length,
    );
    await run('previewFilter', filter);
    await shown;
    const explained = next(rows.onDidExplain);
    await run('previewFilter', {
      ...filter,
      id: 'c0000000-0000-0000-0000-00000000000502',
    });
    equal(await explained, 502);
    // The explanation takes room below the rows, and the record is still in view.
    const isSeen = `(() => {
      const grid = document.querySelector('[role="grid"]');
      const row = grid?.querySelector('[role="row"][aria-selected="true"]');
      return row !== null && row !== undefined &&
        row.getBoundingClientRect().bottom <= grid.getBoundingClientRect().bottom;
    })()`;
    while ((await evaluate('[role="grid"]', isSeen)) === 'false') {
      await drawn();
    }
    await drawn();
    await screenshot('sync-filter-record');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('lead from a filter in the project to its records', async () => {
    sample = await syncSample('lens', 'Bidirectional', [], {
      integrationTableFilter: 'WHERE(name=FILTER(A*))',
    });
    await vscode.window.showTextDocument(uri());
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri(),
      10,
    );
    const commands = lenses.flatMap(({ command }) => command ?? []);
    deepEqual(
      commands.map(({ command }) => command),
      ['dualWrite.sync.previewFilter'],
    );
    const [lens] = commands;
    const { rows } = await extensionApi();
    const shown = next(rows.onDidShow, (result) => result.title === 'CUSTOMER · account');
    await vscode.commands.executeCommand(lens?.command ?? '', ...(lens?.arguments ?? []));
    const result = await shown;
    ok(result.kind === 'rows');
    equal(result.counts.asWritten.dropped, 1);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('lead to the mapping of the only project, and say why there is none', async () => {
    sample = await syncSample('only');
    const other = sampleUri('sync/contoso.sync.json');
    const bytes = await vscode.workspace.fs.readFile(other);
    await vscode.workspace.fs.delete(other);
    const { mappings } = sample.views;
    await until(mappings, async () =>
      (await mappings.children()).every(({ project }) => project === sample.project),
    );
    const reference = { project: sample.project, mapping: 'CUSTOMER' };
    await run('showMapping', reference);
    const [selected] = mappings.view.selection;
    ok(selected?.kind === 'mapping' && selected.project === sample.project);
    await vscode.workspace.fs.writeFile(other, bytes);

    await vscode.workspace.fs.writeFile(uri(), new TextEncoder().encode('{ "mappings": 1 }'));
    await until(mappings, async () => (await sample.lines(mappings, 'mapping')).length === 0);
    await vscode.commands.executeCommand('notifications.clearAll');
    await run('previewFilter', { ...reference, side: 'BusinessCentral' });
    await vscode.commands.executeCommand('notifications.showList');
    await shows('Problems');
    await drawn();
    await screenshot('sync-no-mapping');
  });
});
