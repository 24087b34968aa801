import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import {
  type ExplainChangeParams,
  explainChangeRequest,
  type ExplainChangeResult,
  type RehearsalFile,
  type RehearsalsParams,
  rehearsalsRequest,
  type RehearsalsResult,
  type RehearseParams,
  rehearseRequest,
  type RehearseResult,
} from '../src/service/protocol/rehearsals.ts';
import { isNode } from './chooseMap.ts';
import { type MapNode, uriOf } from './mapNodes.ts';
import type { Reports } from './reports.ts';

type PlacedNode = Extract<MapNode, { kind: 'field' | 'map' }>;

const PATTERN = '**/*.rehearsal.{json,jsonc}';

/** The rehearsals of the workspace in the Test Explorer. */
export interface RehearsalTests {
  /** What the Test Explorer lists: files, and below them their steps. */
  readonly items: () => readonly vscode.TestItem[];
  readonly refresh: () => Promise<void>;
  readonly onDidFinish: vscode.Event<Finished>;
}

/** How many steps of a run came to what. */
export interface Finished {
  readonly passed: number;
  readonly failed: number;
  readonly shown: number;
  readonly broken: number;
}

export function rehearsalTests(
  context: vscode.ExtensionContext,
  client: LanguageClient,
  reports: Pick<Reports, 'show'>,
): RehearsalTests {
  const controller = vscode.tests.createTestController(
    'dualWrite.rehearsals',
    vscode.l10n.t('Dual-write rehearsals'),
  );
  const finished = new vscode.EventEmitter<Finished>();

  const ask = async (uris?: readonly string[]): Promise<readonly RehearsalFile[]> => {
    const params: RehearsalsParams = uris === undefined ? {} : { uris };
    return (await client.sendRequest<RehearsalsResult>(rehearsalsRequest, params)).files;
  };

  const show = (file: RehearsalFile): void => {
    const uri = client.protocol2CodeConverter.asUri(file.uri);
    if (file.steps.length === 0) {
      controller.items.delete(file.uri);
      return;
    }
    const name = vscode.workspace.asRelativePath(uri).replace(/\.rehearsal\.jsonc?$/iu, '');
    const item = controller.items.get(file.uri) ?? controller.createTestItem(file.uri, name, uri);
    item.description = file.title;
    item.children.replace(
      file.steps.map(({ title, range }, index) => {
        const step = controller.createTestItem(`${file.uri}#${index}`, title, uri);
        step.range = client.protocol2CodeConverter.asRange(range);
        step.sortText = String(index).padStart(6, '0');
        return step;
      }),
    );
    controller.items.add(item);
  };

  const refresh = async (): Promise<void> => {
    if (!client.isRunning()) return;
    const files = await ask();
    const known = new Set(files.map(({ uri }) => uri));
    for (const [id] of controller.items) if (!known.has(id)) controller.items.delete(id);
    for (const file of files) show(file);
  };

  const changed = async (uri: vscode.Uri): Promise<void> => {
    if (!client.isRunning()) return;
    for (const file of await ask([client.code2ProtocolConverter.asUri(uri)])) show(file);
  };
  // Once the server runs again, everything is asked for anew.
  const quietly = (work: Promise<void>): void => void work.catch(() => undefined);

  const run = async (
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
  ): Promise<void> => {
    const testRun = controller.createTestRun(request);
    const counts = { passed: 0, failed: 0, shown: 0, broken: 0 };
    const wanted = request.include ?? [...controller.items].map(([, item]) => item);
    const left = new Set(request.exclude);
    const files = new Map<string, Set<vscode.TestItem>>();
    for (const item of wanted) {
      const file = item.parent ?? item;
      const steps = files.get(file.id) ?? new Set();
      files.set(file.id, steps);
      const own = item.parent === undefined ? [...item.children].map(([, step]) => step) : [item];
      for (const step of own) if (!left.has(step) && !left.has(file)) steps.add(step);
    }
    for (const [id, steps] of files) {
      if (token.isCancellationRequested) break;
      const file = controller.items.get(id);
      if (file === undefined) continue;
      for (const step of steps) testRun.started(step);
      try {
        const params: RehearseParams = { uri: id };
        const result = await client.sendRequest<RehearseResult | null>(
          rehearseRequest,
          params,
          token,
        );
        tell(testRun, file, steps, result, counts);
      } catch (error) {
        const reason = new vscode.TestMessage(
          error instanceof Error ? error.message : String(error),
        );
        for (const step of steps) testRun.errored(step, reason);
      }
    }
    testRun.end();
    finished.fire(counts);
  };

  const tell = (
    testRun: vscode.TestRun,
    file: vscode.TestItem,
    steps: ReadonlySet<vscode.TestItem>,
    result: RehearseResult | null,
    counts: { -readonly [name in keyof Finished]: number },
  ): void => {
    const { uri } = file;
    const at = (range: RehearseResult['errors'][number]['range']): vscode.Location | undefined =>
      uri === undefined
        ? undefined
        : new vscode.Location(uri, client.protocol2CodeConverter.asRange(range));
    const errors = result?.errors ?? [];
    if (errors.length > 0) {
      counts.broken += 1;
      const messages = errors.map(({ message, range }) => placed(message, at(range)));
      testRun.errored(file, messages);
    }
    for (const [index, [, item]] of [...file.children].entries()) {
      if (!steps.has(item)) continue;
      const step = result?.steps[index];
      if (step === undefined) {
        testRun.skipped(item);
        continue;
      }
      counts[step.state] += 1;
      const output = `${item.label}: ${step.outcome}\n${step.output}\n`;
      // The terminal of the test output wants both signs.
      testRun.appendOutput(output.replaceAll('\n', '\r\n'), undefined, item);
      if (step.state === 'failed') {
        const messages = step.failures.map(({ message, range }) =>
          placed(`${message}\n\n${step.output}`, at(range)),
        );
        testRun.failed(item, messages);
      } else if (step.state === 'passed') testRun.passed(item);
      else testRun.skipped(item);
    }
  };

  controller.refreshHandler = refresh;
  controller.createRunProfile(
    vscode.l10n.t('Rehearse'),
    vscode.TestRunProfileKind.Run,
    (request, token) => run(request, token),
    true,
  );
  const watcher = vscode.workspace.createFileSystemWatcher(PATTERN);
  context.subscriptions.push(
    controller,
    finished,
    watcher,
    watcher.onDidCreate((uri) => quietly(changed(uri))),
    watcher.onDidChange((uri) => quietly(changed(uri))),
    watcher.onDidDelete((uri) => controller.items.delete(client.code2ProtocolConverter.asUri(uri))),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && /\.rehearsal\.jsonc?$/iu.test(document.uri.path)) {
        quietly(changed(document.uri));
      }
    }),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) quietly(refresh());
    }),
    vscode.commands.registerCommand('dualWrite.explainChange', (node: unknown) =>
      explainChange(client, reports, node),
    ),
  );
  return {
    items: () => [...controller.items].map(([, item]) => item),
    refresh,
    onDidFinish: finished.event,
  };
}

function placed(message: string, location: vscode.Location | undefined): vscode.TestMessage {
  const told = new vscode.TestMessage(message);
  if (location !== undefined) told.location = location;
  return told;
}

const cursorOf = (client: LanguageClient): ExplainChangeParams | undefined => {
  const editor = vscode.window.activeTextEditor;
  return (
    editor && {
      uri: client.code2ProtocolConverter.asUri(editor.document.uri),
      position: client.code2ProtocolConverter.asPosition(editor.selection.active),
    }
  );
};

const placeOf = (node: PlacedNode): ExplainChangeParams => ({
  uri: uriOf(node),
  position: node.item.range.start,
});

/** Why a change of the field, or of any field of the map, at the cursor or in the tree of maps does not arrive. */
async function explainChange(
  client: LanguageClient,
  reports: Pick<Reports, 'show'>,
  node: unknown,
): Promise<vscode.Uri | undefined> {
  const isPlaced = isNode(node) && (node.kind === 'field' || node.kind === 'map');
  const params = isPlaced ? placeOf(node) : cursorOf(client);
  const result =
    params && (await client.sendRequest<ExplainChangeResult | null>(explainChangeRequest, params));
  if (!result) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Put the cursor into a map first.'));
    return undefined;
  }
  return reports.show(result);
}
