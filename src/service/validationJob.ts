import { filterJobText, type FilterToRun } from '../generate/filterJob.ts';
import type { AnalysedFilter } from './analysed.ts';
import type { Workspace } from './workspace.ts';

/** What an X++ job needs to run a filter; undefined where it is none of X++, or nobody tells the entity. */
export function jobOf(
  { site, parsed, resolution }: Pick<AnalysedFilter, 'site' | 'parsed' | 'resolution'>,
  { statement }: Workspace,
): FilterToRun | undefined {
  if (parsed.language !== 'xpp' || parsed.expression === undefined) return undefined;
  const entityName =
    resolution.kind === 'found'
      ? resolution.entity.name
      : site.leg?.sourceEntityNames.find((name) => /^\w+$/u.test(name));
  return entityName === undefined
    ? undefined
    : { entityName, filter: site.text.value, company: statement.company };
}

/** The job that runs a filter where it will run, as a text to be pasted. */
export function validationJobOf(
  filter: Pick<AnalysedFilter, 'site' | 'parsed' | 'resolution'>,
  workspace: Workspace,
): string | undefined {
  const job = jobOf(filter, workspace);
  return job && filterJobText(job, '', () => false).change.files[0]?.text;
}
