import { isAbsolute, join } from 'node:path';
import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import {
  type DiagnosticOptions,
  everything,
  readDiagnosticOptions,
} from '../src/service/diagnosticOptions.ts';

/** The settings that the server reads; their names and defaults stand in package.json. */
export interface Settings {
  /** URIs of folders with metadata outside the workspace. */
  readonly metadataFolders: readonly string[];
  /** AOT names of entities by their label. */
  readonly entityNames: Readonly<Record<string, string>>;
  readonly company: string;
  readonly partition: string;
  readonly diagnostics: DiagnosticOptions;
  /** URI of the model's folder that generated metadata go to; empty for the model of the entity. */
  readonly model: string;
  /** Whether maps that are not open have diagnostics. */
  readonly reportsClosedFiles: boolean;
}

const none: Settings = {
  metadataFolders: [],
  entityNames: {},
  company: '',
  partition: '',
  diagnostics: everything,
  model: '',
  reportsClosedFiles: true,
};

/** Asks the editor for `dualWrite.*`. What has another type than declared counts as not set. */
export async function readSettings(
  connection: Connection,
  folder: string | undefined,
  isSupported: boolean,
): Promise<Settings> {
  if (!isSupported) return none;
  const answer: unknown = await connection.workspace.getConfiguration('dualWrite');
  if (!isRecord(answer)) return none;
  const metadata = isRecord(answer['metadata']) ? answer['metadata'] : {};
  const preview = isRecord(answer['preview']) ? answer['preview'] : {};
  const diagnostics = isRecord(answer['diagnostics']) ? answer['diagnostics'] : {};
  const generate = isRecord(answer['generate']) ? answer['generate'] : {};
  const model = isText(generate['model']) ? generate['model'].trim() : '';
  const folders = Array.isArray(metadata['folders']) ? metadata['folders'] : [];
  return {
    metadataFolders: folders.filter(isText).map((path) => uriOf(path, folder)),
    entityNames: isRecord(metadata['entities'])
      ? Object.fromEntries(
          Object.entries(metadata['entities']).flatMap(([label, name]) =>
            isText(name) ? [[label, name]] : [],
          ),
        )
      : {},
    company: isText(preview['company']) ? preview['company'] : '',
    partition: isText(preview['partition']) ? preview['partition'] : '',
    diagnostics: readDiagnosticOptions(diagnostics['severity'], diagnostics['suppress']),
    model: model === '' ? '' : uriOf(model, folder),
    reportsClosedFiles: diagnostics['closedFiles'] !== false,
  };
}

/** Whether values are explained in the text of a document. */
export const areInlayHintsEnabled = (
  connection: Connection,
  uri: string,
  isSupported: boolean,
): Promise<boolean> => isEnabled('dualWrite.inlayHints', connection, uri, isSupported);

/** Whether the preview is offered above the filters of a document. */
export const areCodeLensesEnabled = (
  connection: Connection,
  uri: string,
  isSupported: boolean,
): Promise<boolean> => isEnabled('dualWrite.codeLens', connection, uri, isSupported);

/** What a sync project does while its window is open without being asked; nothing unless a setting says so. */
export async function readSyncSchedule(
  connection: Connection,
  uri: string,
  isSupported: boolean,
): Promise<{ readonly jobQueue: boolean; readonly retention: boolean }> {
  if (!isSupported) return { jobQueue: false, retention: false };
  const answer: unknown = await connection.workspace.getConfiguration({
    scopeUri: uri,
    section: 'dualWrite.sync',
  });
  const isOn = (name: string): boolean => {
    const part = isRecord(answer) ? answer[name] : undefined;
    return isRecord(part) && part['enabled'] === true;
  };
  return { jobQueue: isOn('jobQueue'), retention: isOn('logRetention') };
}

/** What is shown in a document is on unless its folder says otherwise. */
async function isEnabled(
  section: string,
  connection: Connection,
  uri: string,
  isSupported: boolean,
): Promise<boolean> {
  if (!isSupported) return true;
  const answer: unknown = await connection.workspace.getConfiguration({ scopeUri: uri, section });
  return !isRecord(answer) || answer['enabled'] !== false;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string';

const uriOf = (path: string, folder: string | undefined): string =>
  URI.file(
    isAbsolute(path) || folder === undefined ? path : join(URI.parse(folder).fsPath, path),
  ).toString();
