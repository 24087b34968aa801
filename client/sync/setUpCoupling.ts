import type { SyncRunResult } from '../../src/service/protocol/sync.ts';
import { offered, runAction, type SyncAnswers } from './actions.ts';
import { askForCoupling, askForRecordAndCoupling } from './askForCoupling.ts';
import { couplingOf, mappingOf, type SyncNode } from './nodes.ts';
import type { SyncService } from './service.ts';
import { pickMapping, pickProject } from './targets.ts';

const ACTION = 'Set Up Coupling';

/** Set Up Coupling of a line; of a mapping, or from the palette, for a record that is asked for first. */
export async function setUpCoupling(
  service: SyncService,
  nodes: readonly SyncNode[],
  answers: SyncAnswers = {},
): Promise<SyncRunResult | undefined> {
  const [first] = nodes;
  const project = first?.project ?? (await pickProject(service));
  if (project === undefined) return undefined;
  const rows = nodes.flatMap((node) => couplingOf(node) ?? []);
  const [row] = rows;
  if (row === undefined) {
    const mapping =
      (first === undefined ? undefined : mappingOf(first)) ?? (await pickMapping(service, project));
    if (mapping === undefined) return undefined;
    const wanted = await askForRecordAndCoupling(service, project, mapping);
    return wanted && runAction(service, ACTION, { project, rows: [wanted.row] }, wanted.answers);
  }
  const target = { project, rows };
  if (answers.partner !== undefined || answers.createNew === true) {
    return runAction(service, ACTION, target, answers);
  }
  // Nobody is asked for what can't be done.
  if ((await offered(service, ACTION, target)) === undefined) return undefined;
  const wanted = await askForCoupling(service, project, row);
  return wanted && runAction(service, ACTION, target, { ...answers, ...wanted });
}
