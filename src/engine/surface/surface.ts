import type { CouplingName } from '../actions/coupledErrors.ts';
import { synchQuestions } from '../actions/synchronize.ts';
import type { Engine } from '../engine.ts';
import { explainRecord } from '../explain/explainRecord.ts';
import { type EngineMessage } from '../model/message.ts';
import type { RunProgress } from '../run/progress.ts';
import { availableActions } from './available.ts';
import { candidatesPage } from './candidates.ts';
import { couplingDialogView, matchDialogView } from './couplingDialogs.ts';
import { couplingsPage } from './couplings.ts';
import { errorsPage } from './errors.ts';
import { type FilterRows, filterRows } from './filterRows.ts';
import { jobErrorsPage, jobViews } from './jobs.ts';
import { mappingViews, projectView } from './mappings.ts';
import { reviewView } from './review.ts';
import { runAction } from './runAction.ts';
import { sayIn } from './say.ts';
import type { ExplainedRecord } from './views/explained.ts';
import type { ReviewView } from './views/review.ts';
import type {
  CandidatesPage,
  CandidatesRequest,
  CouplingDialogView,
  MatchDialogView,
} from './views/couplingDialogs.ts';
import type {
  ActionRequest,
  ActionResult,
  ActionTarget,
  ActionView,
  SynchQuestionView,
} from './views/actions.ts';
import type { CouplingsPage, CouplingsRequest } from './views/couplings.ts';
import type { ErrorsPage, ErrorsRequest } from './views/errors.ts';
import type { JobErrorsPage, JobErrorsRequest, JobsRequest, JobView } from './views/jobs.ts';
import type { MappingView, ProjectView } from './views/mappings.ts';
import type { Sentence } from './views/names.ts';

/** The one door of the command line and the server: what the pages show, and what their buttons do. */
export interface Surface {
  readonly project: () => ProjectView;
  readonly mappings: () => readonly MappingView[];
  readonly errors: (request?: ErrorsRequest) => ErrorsPage;
  readonly couplings: (request?: CouplingsRequest) => CouplingsPage;
  readonly jobs: (request?: JobsRequest) => readonly JobView[];
  /** Integration Synchronization Errors, newest first; of one job if its number is given. */
  readonly jobErrors: (request?: JobErrorsRequest) => JobErrorsPage;
  /** Every action for a selection, with why it is off. */
  readonly actions: (target: ActionTarget) => readonly ActionView[];
  /** What Synchronize asks before it begins. */
  readonly questions: (rows: readonly CouplingName[]) => readonly SynchQuestionView[];
  /** What Set Up Coupling asks for a record; undefined where there is no such record. */
  readonly couplingDialog: (row: CouplingName) => CouplingDialogView | undefined;
  /** The records that Set Up Coupling offers. */
  readonly candidates: (request: CandidatesRequest) => CandidatesPage;
  /** Select Coupling Criteria; undefined where there is no such mapping. */
  readonly matchDialog: (mapping: string) => MatchDialogView | undefined;
  /** Progress between batches; who drives it may stop there. Never throws on what the engine refuses. */
  readonly run: (request: ActionRequest) => Generator<RunProgress, ActionResult>;
  /** By id or key of either side; undefined where no mapping knows such a row. */
  readonly explain: (mapping: string | undefined, id: string) => ExplainedRecord | undefined;
  /** The filters of the mappings over the records of their sides. */
  readonly filters: FilterRows;
  /** Dataverse Full Synch. Review. */
  readonly review: () => ReviewView;
  /** A message of the engine as a sentence. */
  readonly say: (message: EngineMessage) => Sentence;
}

/** @param locale the language of its sentences, a BCP 47 tag. */
export function surfaceOf(engine: Engine, locale: string): Surface {
  const say = sayIn(locale);
  return {
    project: () => projectView(engine),
    mappings: () => mappingViews(engine, say),
    errors: (request) => errorsPage(engine, say, request),
    couplings: (request) => couplingsPage(engine, say, request),
    jobs: (request) => jobViews(engine, say, request),
    jobErrors: (request) => jobErrorsPage(engine, say, request),
    actions: (target) => availableActions(engine, say, target),
    questions: (rows) =>
      synchQuestions(engine, rows).map(({ mapping, choices, warning }) => ({
        mapping,
        choices,
        warning: warning === undefined ? undefined : say(warning),
      })),
    couplingDialog: (row) => couplingDialogView(engine, row),
    candidates: (request) => candidatesPage(engine, say, request),
    matchDialog: (mapping) => matchDialogView(engine, mapping),
    run: (request) => runAction(engine, say, request),
    explain: (mapping, id) => explainRecord(engine, say, mapping, id),
    filters: filterRows(engine),
    review: () => reviewView(engine),
    say,
  };
}
