import type { RunProgress } from '../../src/engine/run/progress.ts';
import type { Surface } from '../../src/engine/surface/surface.ts';
import type { ActionRequest, ActionResult } from '../../src/engine/surface/views/actions.ts';
import type { SyncProgress } from '../../src/service/protocol/sync.ts';

/** What a run that is left early answers to nobody. */
export const notDone: ActionResult = { kind: 'done', jobs: [], notifications: [] };

/** What people call an action. */
export const titleOf = (surface: Surface, { action, rows, mapping }: ActionRequest): string => {
  const target = {
    ...(rows === undefined ? {} : { rows }),
    ...(mapping === undefined ? {} : { mapping }),
  };
  return surface.actions(target).find(({ name }) => name === action)?.title ?? action;
};

export const startOf = (project: string, title: string): SyncProgress => ({
  project,
  title,
  mapping: '',
  direction: 'ToIntegrationTable',
  done: 0,
  total: 0,
});

export const progressOf = ({ mapping, direction, done, total }: RunProgress) => ({
  mapping,
  direction,
  done,
  total,
});

/** What an interrupted action had been asked for; to undo one is done at once or not at all. */
export function requestIn(text: string | undefined): ActionRequest | undefined {
  if (text === undefined) return undefined;
  const request: unknown = JSON.parse(text);
  return typeof request === 'object' && request !== null && 'action' in request
    ? (request as ActionRequest)
    : undefined;
}
