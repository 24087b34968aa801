import type { Translate } from '../src/problem/message.ts';
import { analyse } from '../src/service/analysis.ts';
import { type Diagnostic, diagnosticsOf, fileDiagnostic } from '../src/service/diagnostics.ts';
import { type Document, emptyWorkspace, type Workspace } from '../src/service/workspace.ts';
import type { Files } from '../src/workspace/files.ts';
import type { CheckArguments } from './arguments.ts';
import { listPaths, readDocument } from './files.ts';
import type { Checked } from './report.ts';
import type { Surroundings } from './surroundings.ts';

export async function check(
  read: CheckArguments,
  around: Surroundings,
  translate: Translate,
): Promise<readonly Checked[]> {
  if (read.kind === 'paths') return checkPaths(read, around, translate);
  const { expression, side, severity } = read;
  const workspace = { ...emptyWorkspace, diagnostics: { severity, suppress: [] } };
  return [checkText({ uri: '', text: expression, side }, '-', workspace, translate)];
}

export const hasFindings = ({ diagnostics }: Checked): boolean =>
  diagnostics.some(({ severity }: Diagnostic) => severity === 'error' || severity === 'warning');

async function checkPaths(
  { paths, metadata: folders, severity }: Extract<CheckArguments, { kind: 'paths' }>,
  around: Surroundings,
  translate: Translate,
): Promise<readonly Checked[]> {
  const { listed, metadata } = await listPaths(paths, folders, around);
  const workspace: Workspace = {
    ...emptyWorkspace,
    metadata,
    diagnostics: { severity, suppress: [] },
  };
  const checked: Checked[] = [];
  for (const { path, isMissing, files } of listed) {
    if (isMissing) checked.push(unreadable(path, 'missing', translate));
    for (const { uri, name, below } of files) {
      const result = await checkFile(uri, name, around.files, workspace, translate);
      // In a folder, files that are no maps are none of our business; a file that was named is.
      if (below === '' || result.isMap) checked.push(result.checked);
    }
  }
  return checked;
}

async function checkFile(
  uri: string,
  name: string,
  files: Files,
  workspace: Workspace,
  translate: Translate,
): Promise<{ readonly checked: Checked; readonly isMap: boolean }> {
  const document = await readDocument(uri, files);
  if (typeof document === 'string') {
    return { checked: unreadable(name, document, translate), isMap: document === 'denied' };
  }
  const checked = checkText(document, name, workspace, translate);
  return { checked, isMap: checked.isMap };
}

function checkText(
  document: Document,
  name: string,
  workspace: Workspace,
  translate: Translate,
): Checked & { readonly isMap: boolean } {
  const analysed = analyse(document, workspace);
  const isMap = analysed.map.kind !== 'none';
  const diagnostics = isMap
    ? diagnosticsOf(analysed, translate)
    : [fileDiagnostic('no-map', undefined, translate)];
  return { name, uri: document.uri, text: document.text, diagnostics, isMap };
}

const unreadable = (name: string, variant: string, translate: Translate): Checked => ({
  name,
  uri: '',
  text: '',
  diagnostics: [fileDiagnostic('file-unreadable', variant, translate)],
});
