import type { Translate } from '../src/problem/message.ts';
import { analyse, type AnalysedDocument } from '../src/service/analysis.ts';
import { type LegFilter, legFilters } from '../src/service/checks/legFilters.ts';
import { checkSiblings } from '../src/service/checks/siblings.ts';
import type { DiagnosticOptions } from '../src/service/diagnosticOptions.ts';
import {
  type Diagnostic,
  diagnosticsOf,
  fileDiagnostics,
  metadataDiagnostics,
} from '../src/service/diagnostics.ts';
import { emptyWorkspace, type Workspace } from '../src/service/workspace.ts';
import type { Files } from '../src/workspace/files.ts';
import type { CheckArguments } from './arguments.ts';
import { type BrokenFile, type ListedFile, listPaths, readDocument } from './files.ts';
import type { Checked } from './report.ts';
import type { Surroundings } from './surroundings.ts';
import { checkXppFiles } from './xppWrites.ts';

export async function check(
  read: CheckArguments,
  around: Surroundings,
  translate: Translate,
): Promise<readonly Checked[]> {
  if (read.kind === 'paths') return checkPaths(read, around, translate);
  const { expression, side, severity } = read;
  const workspace = { ...emptyWorkspace, diagnostics: { severity, suppress: [] } };
  const analysed = analyse({ uri: '', text: expression, side }, workspace);
  return [checkedDocument(analysed, '-', workspace, translate)];
}

export const hasFindings = ({ diagnostics }: Checked): boolean =>
  diagnostics.some(({ severity }: Diagnostic) => severity === 'error' || severity === 'warning');

async function checkPaths(
  { paths, metadata: folders, severity }: Extract<CheckArguments, { kind: 'paths' }>,
  around: Surroundings,
  translate: Translate,
): Promise<readonly Checked[]> {
  const { listed, metadata, broken, sources } = await listPaths(paths, folders, around);
  const options: DiagnosticOptions = { severity, suppress: [] };
  const workspace: Workspace = { ...emptyWorkspace, metadata, diagnostics: options };
  const checked: Checked[] = [];
  const legs: LegFilter[] = [];
  const read = new Map<Checked, AnalysedDocument>();
  for (const { path, isMissing, isFolder, files } of listed) {
    if (isMissing) checked.push(unread(path, 'file-unreadable', 'missing', options, translate));
    const ofPath: Checked[] = [];
    for (const file of files) {
      const result = await checkFile(file, around.files, workspace, translate);
      if (result.analysed !== undefined) {
        for (const leg of legFilters(result.analysed, workspace)) legs.push(leg);
        read.set(result.checked, result.analysed);
      }
      // In a folder, files that are no maps are none of our business; a file that was named is.
      if (file.below === '' || result.isMap) ofPath.push(result.checked);
    }
    // A mistyped folder must not look like one whose maps are all right.
    if (isFolder && ofPath.length === 0) {
      ofPath.push({ ...unread(path, 'no-map', 'folder', options, translate), isFolder });
    }
    checked.push(...ofPath);
  }
  return [
    ...checked.map((each) => withSiblings(each, read.get(each), legs, translate)),
    ...broken.map((each) => checkedMetadata(each, options, translate)),
    ...(await checkXppFiles(sources, [...read.values()], around.files, workspace, translate)),
  ];
}

/** What the other maps have to say of one is known when all are read. */
function withSiblings(
  checked: Checked,
  analysed: AnalysedDocument | undefined,
  legs: readonly LegFilter[],
  translate: Translate,
): Checked {
  if (analysed === undefined) return checked;
  const own = legs.filter(({ uri }) => uri === checked.uri);
  const problems =
    own.length === 0
      ? []
      : checkSiblings(
          own,
          legs.filter(({ uri }) => uri !== checked.uri),
        );
  return problems.length === 0
    ? checked
    : { ...checked, diagnostics: diagnosticsOf(analysed, translate, problems) };
}

async function checkFile(
  { uri, name }: ListedFile,
  files: Files,
  workspace: Workspace,
  translate: Translate,
): Promise<CheckedFile> {
  const document = await readDocument(uri, files);
  if (typeof document === 'string') {
    const { diagnostics } = workspace;
    return {
      checked: unread(name, 'file-unreadable', document, diagnostics, translate),
      isMap: document === 'denied',
      analysed: undefined,
    };
  }
  const analysed = analyse(document, workspace);
  const checked = checkedDocument(analysed, name, workspace, translate);
  return { checked, isMap: checked.isMap, analysed: checked.isMap ? analysed : undefined };
}

interface CheckedFile {
  readonly checked: Checked;
  readonly isMap: boolean;
  /** Undefined for what is no map. */
  readonly analysed: AnalysedDocument | undefined;
}

function checkedDocument(
  analysed: AnalysedDocument,
  name: string,
  workspace: Workspace,
  translate: Translate,
): Checked & { readonly isMap: boolean } {
  const { document } = analysed;
  const isMap = analysed.map.kind !== 'none';
  const diagnostics = isMap
    ? diagnosticsOf(analysed, translate)
    : fileDiagnostics('no-map', undefined, workspace.diagnostics, translate);
  return { name, uri: document.uri, text: document.text, diagnostics, isMap };
}

const checkedMetadata = (
  { name, uri, text, problems }: BrokenFile,
  options: DiagnosticOptions,
  translate: Translate,
): Checked => ({
  name,
  uri,
  text,
  diagnostics: metadataDiagnostics(problems, options, translate),
});

const unread = (
  name: string,
  code: 'file-unreadable' | 'no-map',
  variant: string,
  options: DiagnosticOptions,
  translate: Translate,
): Checked => ({
  name,
  uri: '',
  text: '',
  diagnostics: fileDiagnostics(code, variant, options, translate),
});
