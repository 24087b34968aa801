import * as vscode from 'vscode';

/** The part of the API of VS Code's git extension that is used here (extensions/git/src/api/git.d.ts, version 1). */
interface GitExtension {
  readonly enabled: boolean;
  readonly getAPI: (version: 1) => {
    readonly getRepository: (uri: vscode.Uri) => Repository | null;
  };
}

interface Repository {
  readonly show: (ref: string, path: string) => Promise<string>;
}

/** A file as it was last committed; undefined where git, its repository or the file there is missing. */
export async function committedText(uri: vscode.Uri): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined || uri.scheme !== 'file') return undefined;
  try {
    const git = await extension.activate();
    if (!git.enabled) return undefined;
    return await git.getAPI(1).getRepository(uri)?.show('HEAD', uri.fsPath);
  } catch {
    // A new file has no earlier version.
    return undefined;
  }
}
