import { message } from '../model/message.ts';
import { sqlText } from '../store/sqlText.ts';

const isTo = 'ifnull(c.to_job, 0) >= ifnull(c.from_job, 0)';

/**
 * What the card of a record tells when it is opened, as a message in JSON: that it is Skipped, or why its last job
 * failed. The last job counts, whatever its direction (`bc-oracle.md` E22, E23). Of the coupling `c` of a record `b`.
 */
export const noticeSql = `CASE WHEN NOT b.alive THEN NULL
  WHEN c.skipped THEN ${sqlText(JSON.stringify(message('willBeSkipped')))}
  WHEN ${isTo} AND c.to_result IS 2 THEN ${lastTextSql('c.bc_rid', 'c.to_job')}
  WHEN NOT ${isTo} AND c.from_result IS 2 THEN ${lastTextSql('c.dv_rid', 'c.from_job')} END`;

function lastTextSql(source: string, job: string): string {
  return `(SELECT e.message FROM synch_error e WHERE e.source_rid = ${source} AND e.job = ${job} ORDER BY e.no DESC LIMIT 1)`;
}
