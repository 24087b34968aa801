import type { Surface } from '../../src/engine/surface/surface.ts';
import { answerFilterRows } from './filterRows.ts';
import type { PageQuestion } from './syncQuestions.ts';

/** What the pages of an open project show. */
export function answerFromPages(surface: Surface, question: PageQuestion): unknown {
  switch (question.method) {
    case 'mappings':
      return surface.mappings();
    case 'review':
      return surface.review();
    case 'errors':
      return surface.errors(question.params.request);
    case 'couplings':
      return surface.couplings(question.params.request);
    case 'jobs':
      return surface.jobs(question.params.request);
    case 'jobErrors':
      return surface.jobErrors(question.params.request);
    case 'questions':
      return surface.questions(question.params.rows);
    case 'couplingDialog':
      return surface.couplingDialog(question.params.row) ?? null;
    case 'candidates':
      return surface.candidates(question.params.request);
    case 'matchDialog':
      return surface.matchDialog(question.params.mapping) ?? null;
    case 'explain':
      return surface.explain(question.params.mapping, question.params.id) ?? null;
    case 'filter':
      return surface.filters.find(question.params) ?? null;
    case 'filterRows':
      return answerFilterRows(surface, question.params);
  }
}
