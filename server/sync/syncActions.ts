import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver';
import { diagnosticsOf } from '../../src/service/diagnostics.ts';
import {
  showSyncErrorsCommand,
  showSyncMappingCommand,
  type SyncMappingReference,
} from '../../src/service/protocol/sync.ts';
import { meet } from '../../src/text/lines.ts';
import { lspDiagnostic } from '../convert.ts';
import type { OpenDocument, Session } from '../session.ts';
import type { SyncErrors } from './syncErrors.ts';

/** At the synchronization errors of a mapping: to the errors, and to the mapping as it runs. */
export function syncErrorActions(
  session: Session,
  errors: Pick<SyncErrors, 'problemsFor'>,
  { analysed, lines }: OpenDocument,
  range: Range,
): readonly CodeAction[] {
  const translate = session.translate();
  return diagnosticsOf(analysed, translate, errors.problemsFor(analysed))
    .filter(({ code, span }) => code === 'sync-errors' && meet(lines.rangeOf(span), range))
    .flatMap((diagnostic) => {
      const mapping = diagnostic.problem.args?.['mapping'];
      if (typeof mapping !== 'string') return [];
      const reference: SyncMappingReference = { project: analysed.document.uri, mapping };
      const diagnostics = [lspDiagnostic(diagnostic, lines, session.textOf)];
      return [
        { title: translate('fix.sync-errors.errors'), command: showSyncErrorsCommand },
        { title: translate('fix.sync-errors.mapping'), command: showSyncMappingCommand },
      ].map(({ title, command }): CodeAction => ({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics,
        command: { title, command, arguments: [reference] },
      }));
    });
}
