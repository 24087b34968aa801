import type { EngineProblem } from '../preview/engines/externalRows.ts';
import type { Translate } from '../problem/message.ts';
import { sayRowProblem } from './rowProblems.ts';

/** Why an engine outside tells nothing, as a sentence. */
export function sayEngineProblem(
  problem: EngineProblem,
  engine: string,
  translate: Translate,
): string {
  switch (problem.kind) {
    case 'unknownElement':
      return translate('rows.engine.unknownElement', { element: problem.element });
    case 'missingView':
      return translate('rows.engine.missingView', { view: problem.view });
    case 'missingColumn':
      return translate('rows.missingColumns', { columns: problem.column });
    case 'file':
      return sayRowProblem(problem.problem, translate);
    case 'refused':
      return translate('rows.engine.refused', { engine, reason: problem.reason });
    default:
      return translate(`rows.engine.${problem.kind}`, { engine });
  }
}
