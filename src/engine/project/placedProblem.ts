import type { Path } from '../admin/finding.ts';
import type { Problem } from '../../problem/problem.ts';

/** What is wrong at a place of the project; the reader turns places into spans of the text. */
export interface PlacedProblem extends Omit<Problem, 'span'> {
  readonly path: Path;
}
