import type { RowFileProblem } from '../preview/rowFiles/rowFile.ts';
import type { Translate } from '../problem/message.ts';

/** Why a row file tells nothing, as a sentence. */
export function sayRowProblem(problem: RowFileProblem, translate: Translate): string {
  switch (problem.kind) {
    case 'broken': {
      const { line, reason } = problem;
      return line > 0
        ? translate('rows.broken', { line, reason })
        : translate('rows.failed', { reason });
    }
    case 'tooLarge':
      return translate('rows.tooLarge', { limit: Math.floor(problem.limit / (1024 * 1024)) });
    case 'tooManyColumns':
      return translate('rows.tooManyColumns', { count: problem.count, limit: problem.limit });
    case 'openQuote':
    case 'longRow':
      return translate(`rows.${problem.kind}`, { line: problem.line });
    case 'longLine':
      return translate('rows.longLine', {
        line: problem.line,
        limit: Math.floor(problem.limit / 1_000_000),
      });
    case 'noRecord':
      return translate('rows.noRecord', { number: problem.number });
    default:
      return translate(`rows.${problem.kind}`);
  }
}

/**
 * Why a file is no log of errors, as a sentence: what holds other things is no broken file of rows.
 *
 * @param say the sentences of l10n/explanations.*.json.
 */
export const sayNoLog = (problem: RowFileProblem, say: Translate, translate: Translate): string =>
  problem.kind === 'noTable' || problem.kind === 'noRecord'
    ? say('errors.noLog')
    : sayRowProblem(problem, translate);
