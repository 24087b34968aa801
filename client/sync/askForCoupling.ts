import * as vscode from 'vscode';
import type { CouplingName } from '../../src/engine/actions/coupledErrors.ts';
import type {
  CandidatesPage,
  CandidatesRequest,
  CandidateView,
  CouplingDialogView,
} from '../../src/engine/surface/views/couplingDialogs.ts';
import {
  type SyncCandidatesParams,
  syncCandidatesRequest,
  type SyncCandidatesResult,
  type SyncCouplingDialogParams,
  syncCouplingDialogRequest,
  type SyncCouplingDialogResult,
} from '../../src/service/protocol/sync.ts';
import type { SyncAnswers } from './actions.ts';
import { directionCaption } from './captions.ts';
import type { SyncService } from './service.ts';
import { askStep, type Step } from './steps.ts';
import { wayDetail } from './synchronize.ts';
import { type Answer, walk } from './walk.ts';

const { t } = vscode.l10n;

interface RecordItem extends vscode.QuickPickItem {
  /** What somebody chose; absent for Create New. */
  readonly candidate?: CandidateView;
  readonly row?: CouplingName;
}

/** What is known after each step. */
interface Wanted {
  readonly row?: CouplingName;
  readonly answers?: SyncAnswers;
  /** The name of the partner that was chosen. */
  readonly partner?: string;
}

/** Set Up Coupling of a record: its partner, or a new one, and who begins. */
export async function askForCoupling(
  service: SyncService,
  project: string,
  row: CouplingName,
): Promise<SyncAnswers | undefined> {
  const wanted = await walk<Wanted>({ row }, couplingSteps(service, project, 1));
  return wanted === 'back' ? undefined : wanted?.answers;
}

/** The same from the palette: which record of either side comes first. */
export async function askForRecordAndCoupling(
  service: SyncService,
  project: string,
  mapping: string,
): Promise<Required<Pick<Wanted, 'row' | 'answers'>> | undefined> {
  const steps = [
    (): Promise<Answer<Wanted>> => askForRecord(service, project, mapping),
    ...couplingSteps(service, project, 2),
  ];
  const wanted = await walk<Wanted>({}, steps);
  if (wanted === undefined || wanted === 'back') return undefined;
  const { row, answers } = wanted;
  return row === undefined || answers === undefined ? undefined : { row, answers };
}

function couplingSteps(
  service: SyncService,
  project: string,
  first: number,
): readonly ((state: Wanted) => Promise<Answer<Wanted>>)[] {
  const dialogOf = ({ row }: Wanted): Promise<SyncCouplingDialogResult> => {
    if (row === undefined) return Promise.resolve(null);
    const params: SyncCouplingDialogParams = { project, row };
    return service.ask(syncCouplingDialogRequest, params);
  };
  const totalSteps = first + 1;
  return [
    async (state) => {
      const dialog = await dialogOf(state);
      if (dialog === null) return undefined;
      const found = await askForPartner(service, project, dialog, { step: first, totalSteps });
      return found === 'back' || found === undefined ? found : { ...state, ...found };
    },
    async (state) => {
      const dialog = await dialogOf(state);
      if (dialog === null) return undefined;
      // Create New goes one way.
      if (state.answers?.createNew === true || dialog.actions.length < 2) return state;
      const place = { step: totalSteps, totalSteps };
      const choices = await askForDirection(dialog, state.partner ?? '', place);
      if (choices === 'back' || choices === undefined) return choices;
      return { ...state, answers: { ...state.answers, choices } };
    },
  ];
}

type Place = Pick<Step, 'step' | 'totalSteps'>;

async function askForPartner(
  service: SyncService,
  project: string,
  dialog: CouplingDialogView,
  place: Place,
): Promise<Answer<Wanted>> {
  const { mapping, name, side, id, canCreate, partnerTable, table } = dialog;
  const create: RecordItem = {
    label: `$(add) ${t('Create New')}`,
    detail: t('A new record of {0} with the values of {1}.', partnerTable, name),
    alwaysShow: true,
  };
  const find = async (search: string): Promise<readonly RecordItem[]> => {
    const other = side === 'BusinessCentral' ? 'Dataverse' : 'BusinessCentral';
    const page = await candidates(service, project, {
      mapping,
      side: other,
      partnerOf: id,
      search,
    });
    const alike = page.rows.filter(({ isAlike, coupledTo }) => isAlike && coupledTo === undefined);
    return [
      ...group(t('called alike'), alike.map(candidateItem)),
      ...(canCreate ? [create] : []),
      ...groups(page, alike),
    ];
  };
  const taken = await askStep<RecordItem>(
    {
      ...place,
      title: t('Set Up Coupling: {0} {1}', table, name),
      placeholder: t(
        'Couple with which record of {0}? Type a name, a number or an id.',
        partnerTable,
      ),
    },
    {
      find,
      isSearched: true,
      isFirst: ({ candidate }) => candidate !== undefined,
      refusalOf: ([item]) => item?.candidate?.refusal?.text,
    },
  );
  if (taken === 'back' || taken === undefined) return taken;
  const [item] = taken;
  if (item?.candidate === undefined) return { answers: { createNew: true } };
  const { id: partner } = item.candidate;
  return { answers: { partner }, partner: nameOf(item.candidate) };
}

async function askForDirection(
  { actions, name }: CouplingDialogView,
  partner: string,
  place: Place,
): Promise<Answer<NonNullable<SyncAnswers['choices']>>> {
  const items = actions.map((action, index) => ({
    label: action === 'DoNotSynchronize' ? t('Do Not Synchronize') : directionCaption(action),
    description: index === 0 ? t('recommended') : '',
    detail:
      action === 'DoNotSynchronize'
        ? t('The records are coupled, and both keep their values for now.')
        : wayDetail(action),
    action,
  }));
  const taken = await askStep(
    {
      ...place,
      title: t('Set Up Coupling: {0}', `${name} ↔ ${partner}`),
      placeholder: t('Synchronize after coupling?'),
    },
    { find: () => items },
  );
  if (taken === 'back' || taken === undefined) return taken;
  const [item] = taken;
  if (item === undefined) return undefined;
  return item.action === 'DoNotSynchronize' ? {} : { '*': item.action };
}

/** A record of either side; those without a partner first. */
async function askForRecord(
  service: SyncService,
  project: string,
  mapping: string,
): Promise<Answer<Wanted>> {
  const find = async (search: string): Promise<readonly RecordItem[]> => {
    const lists = await Promise.all(
      (['BusinessCentral', 'Dataverse'] as const).map(async (side) => {
        const page = await candidates(service, project, { mapping, side, search, limit: 25 });
        return groups(page, [], (candidate) => ({
          ...candidateItem(candidate),
          row:
            side === 'BusinessCentral'
              ? { mapping, integrationId: candidate.id, crmId: '' }
              : { mapping, integrationId: '', crmId: candidate.id },
        }));
      }),
    );
    return lists.flat();
  };
  const taken = await askStep<RecordItem>(
    {
      step: 1,
      totalSteps: 3,
      title: t('Set Up Coupling: {0}', mapping),
      placeholder: t('Which record is to be coupled? Type a name, a number or an id.'),
    },
    { find, isSearched: true },
  );
  if (taken === 'back' || taken === undefined) return taken;
  const [{ row } = { row: undefined }] = taken;
  return row === undefined ? undefined : { row };
}

const candidates = async (
  service: SyncService,
  project: string,
  request: CandidatesRequest,
): Promise<CandidatesPage> => {
  const params: SyncCandidatesParams = { project, request };
  const page = await service.ask<SyncCandidatesResult>(syncCandidatesRequest, params);
  return page ?? { table: '', rows: [], hasMore: false };
};

/** The records of a page that were not shown before, by whether they are coupled. */
function groups(
  { table, rows, hasMore }: CandidatesPage,
  shown: readonly CandidateView[],
  itemOf: (candidate: CandidateView) => RecordItem = candidateItem,
): readonly RecordItem[] {
  const others = rows.filter((row) => !shown.includes(row));
  const free = others.filter(({ coupledTo }) => coupledTo === undefined);
  const taken = others.filter(({ coupledTo }) => coupledTo !== undefined);
  const more = hasMore ? ` – ${t('type more to find others')}` : '';
  return [
    ...group(t('{0}: {1}', table, t('not coupled')) + more, free.map(itemOf)),
    ...group(t('{0}: {1}', table, t('coupled already')) + more, taken.map(itemOf)),
  ];
}

const group = (label: string, items: readonly RecordItem[]): readonly RecordItem[] =>
  items.length === 0
    ? []
    : [{ label, kind: vscode.QuickPickItemKind.Separator, alwaysShow: true }, ...items];

const nameOf = ({ id, name, key }: CandidateView): string => (name === '' ? key || id : name);

function candidateItem(candidate: CandidateView): RecordItem {
  const { id, key, facts, coupledTo, isPartner } = candidate;
  const label = nameOf(candidate);
  const status = isPartner
    ? t('coupled with it now')
    : coupledTo === undefined
      ? ''
      : t('coupled to {0}', coupledTo);
  return {
    label: coupledTo === undefined ? label : `$(link) ${label}`,
    description: [key === label ? '' : key, status].filter(Boolean).join(' · '),
    detail: [...facts.map(({ field, value }) => t('{0}: {1}', field, value)), id].join(' · '),
    // The engine has found it; VS Code is not to leave it out.
    alwaysShow: true,
    candidate,
  };
}
