import type { Problem } from '../../src/problem/problem.ts';
import type { AnalysedDocument } from '../../src/service/analysis.ts';
import { checkSyncErrors, type ErrorsOfMapping } from '../../src/service/checks/syncErrors.ts';

/** The synchronization errors of open sync projects, as problems of their files. */
export interface SyncErrors {
  readonly problemsFor: (document: AnalysedDocument) => readonly Problem[];
  /** Grows whenever a project has others. */
  readonly revision: (project: string) => number;
  /** What a project has now; nothing where it is closed. Answers whether that is other than before. */
  readonly told: (project: string, errors: readonly ErrorsOfMapping[]) => boolean;
}

export function syncErrors(): SyncErrors {
  const known = new Map<string, readonly ErrorsOfMapping[]>();
  const revisions = new Map<string, number>();
  return {
    problemsFor({ document }) {
      const errors = known.get(document.uri);
      return errors === undefined ? [] : checkSyncErrors(document.text, errors);
    },
    revision: (project) => revisions.get(project) ?? 0,
    told(project, errors) {
      if (signatureOf(errors) === signatureOf(known.get(project) ?? [])) return false;
      if (errors.length === 0) known.delete(project);
      else known.set(project, errors);
      revisions.set(project, (revisions.get(project) ?? 0) + 1);
      return true;
    },
  };
}

const signatureOf = (errors: readonly ErrorsOfMapping[]): string =>
  errors
    .map(({ mapping, count }) => JSON.stringify([mapping, count]))
    .toSorted((left, right) => (left < right ? -1 : 1))
    .join();
