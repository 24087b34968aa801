/** The folder beside a project that its store is kept in: `a.sync.json` has `a.sync.store`. */
export const storeFolderOf = (projectUri: string): string =>
  projectUri.replace(/\.jsonc?$/iu, '.store');
