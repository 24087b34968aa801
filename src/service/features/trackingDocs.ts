import type { Translate } from '../../problem/message.ts';
import type { Doubt, Reason, Verdict } from '../../tracking/model.ts';
import { argsOf } from '../checks/tracking.ts';

/** A word or two on a verdict, for a list; empty where there is nothing to add to the sign beside it. */
export function shortVerdict(verdict: Verdict, translate: Translate): string {
  switch (verdict.kind) {
    case 'tracked':
      return verdict.by === 'dataSource' ? '' : translate(`tracking.short.tracked.${verdict.by}`);
    case 'untracked':
      return translate(`tracking.short.${verdict.reason.kind}`, namesIn(verdict.reason));
    case 'unknown':
      return verdict.reason.kind === 'nested'
        ? translate('tracking.short.nested', namesIn(verdict.reason))
        : translate('tracking.short.unknown');
  }
}

/** `**Not tracked**: because …` */
export const verdictDocs = (verdict: Verdict, translate: Translate): string =>
  `**${translate(`tracking.state.${verdict.kind}`)}**: ${longVerdict(verdict, translate)}`;

function longVerdict(verdict: Verdict, translate: Translate): string {
  switch (verdict.kind) {
    case 'tracked': {
      const { by, table, field } = verdict;
      const isWhole = by === 'dataSource' && field === '';
      return translate(`tracking.long.tracked.${isWhole ? 'source' : by}`, { table, field });
    }
    case 'untracked':
      return translate(`tracking.long.${verdict.reason.kind}`, namesIn(verdict.reason));
    case 'unknown':
      return translate(`tracking.long.unknown.${verdict.reason.kind}`, namesIn(verdict.reason));
  }
}

/** What the sentence of a reason names. */
function namesIn(reason: Reason | Doubt): Readonly<Record<string, string>> {
  switch (reason.kind) {
    case 'noEntity':
    case 'noField':
    case 'method':
      return {};
    case 'noDataSource':
      return { dataSource: reason.dataSource };
    case 'noTable':
      return { table: reason.table };
    case 'cycle':
      return { entity: reason.entity };
    default:
      return argsOf(reason);
  }
}
