import * as vscode from 'vscode';
import type { ExplainedRecord } from '../../src/engine/surface/views/explained.ts';
import {
  type SyncExplainParams,
  syncExplainRequest,
  type SyncExplainResult,
} from '../../src/service/protocol/sync.ts';
import { explainedMarkdown } from './explainedMarkdown.ts';
import { recordText } from './recordText.ts';
import type { SyncService } from './service.ts';

/** Read-only documents about one record of a project; they follow it while they are open. */
const syncScheme = 'dualwrite-sync';

export type RecordPart = 'explained' | 'businessCentral' | 'base' | 'dataverse';

export interface RecordPlace extends SyncExplainParams {
  readonly part: RecordPart;
}

/** Of the documents that somebody has looked at, the last ones follow their record. */
const MOST_FOLLOWED = 20;

const NAMES: Readonly<Record<RecordPart, string>> = {
  explained: 'md',
  businessCentral: 'Business Central.txt',
  base: 'base.txt',
  dataverse: 'Dataverse.txt',
};

/** The path is what a tab shows. */
export const recordUri = (place: RecordPlace, title: string): vscode.Uri =>
  vscode.Uri.from({
    scheme: syncScheme,
    path: `/${title.replaceAll(/[\\/?#]/gu, '-')}.${NAMES[place.part]}`,
    query: JSON.stringify(place),
  });

export interface RecordDocuments extends vscode.Disposable {
  /** The record whose explanation somebody looks at. */
  readonly shown: () => SyncExplainParams | undefined;
}

/** Whether the explanation that is looked at names a filter that leaves its record out. */
const EXCLUDED = 'dualWrite.sync.explainsExclusion';

export function recordDocuments(service: SyncService): RecordDocuments {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const open = new Map<string, vscode.Uri>();
  /** Explanations by the name of their file, all that the tab of a preview tells. */
  const explained = new Map<
    string,
    { readonly place: RecordPlace; readonly isExcluded: boolean }
  >();

  const lookedAt = () => {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    if (!(tab?.input instanceof vscode.TabInputWebview)) return undefined;
    if (!tab.input.viewType.endsWith('markdown.preview')) return undefined;
    // The name of one record may end as that of another does.
    const [found] = [...explained.keys()]
      .filter((name) => tab.label.endsWith(name))
      .toSorted((left, right) => right.length - left.length);
    return found === undefined ? undefined : explained.get(found);
  };
  const showContext = (): void =>
    void vscode.commands.executeCommand('setContext', EXCLUDED, lookedAt()?.isExcluded === true);

  const contentOf = async (uri: vscode.Uri): Promise<string> => {
    const place = placeIn(uri);
    if (place === undefined) return '';
    open.set(uri.toString(), uri);
    for (const oldest of open.keys()) {
      if (open.size <= MOST_FOLLOWED) break;
      open.delete(oldest);
    }
    const { part, ...params } = place;
    const record = await service.ask<SyncExplainResult>(syncExplainRequest, params);
    if (part === 'explained') {
      const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
      explained.delete(name);
      explained.set(name, { place, isExcluded: record?.excludedBy !== undefined });
      const [oldest] = explained.keys();
      if (explained.size > MOST_FOLLOWED && oldest !== undefined) explained.delete(oldest);
      showContext();
    }
    if (record === null) return vscode.l10n.t('This record is gone.');
    return textFor(part, record);
  };

  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.window.tabGroups.onDidChangeTabs(showContext),
    vscode.window.tabGroups.onDidChangeTabGroups(showContext),
    vscode.workspace.registerTextDocumentContentProvider(syncScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: contentOf,
    }),
    service.onDidChange((project) => {
      for (const uri of open.values()) {
        if (project === undefined || placeIn(uri)?.project === project) changed.fire(uri);
      }
      // A preview of Markdown closes its document as soon as it has read it.
      if (open.size > 0) void vscode.commands.executeCommand('markdown.preview.refresh');
    }),
  );
  return {
    shown: () => lookedAt()?.place,
    dispose: () => subscriptions.dispose(),
  };
}

function placeIn(uri: vscode.Uri): RecordPlace | undefined {
  try {
    const place: Partial<RecordPlace> = JSON.parse(uri.query);
    const { project, id, part } = place;
    return typeof project === 'string' && typeof id === 'string' && part !== undefined
      ? { ...place, project, id, part }
      : undefined;
  } catch {
    // Somebody else's address under our scheme.
    return undefined;
  }
}

const textFor = (part: RecordPart, record: ExplainedRecord): string =>
  part === 'explained' ? explainedMarkdown(record) : recordText(part, record);
