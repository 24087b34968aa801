/** The two apps whose rows are kept equal. */
export type SideName = 'BusinessCentral' | 'Dataverse';

/** The direction of one job: to the integration table (Business Central to Dataverse) or from it. */
export type JobDirection = 'ToIntegrationTable' | 'FromIntegrationTable';

/** The direction of a mapping or a field mapping (`bc-sync.md` 1.2). */
export type MappingDirection = JobDirection | 'Bidirectional';

export const sourceOf = (direction: JobDirection): SideName =>
  direction === 'ToIntegrationTable' ? 'BusinessCentral' : 'Dataverse';

export const otherSide = (side: SideName): SideName =>
  side === 'BusinessCentral' ? 'Dataverse' : 'BusinessCentral';

export const otherDirection = (direction: JobDirection): JobDirection =>
  direction === 'ToIntegrationTable' ? 'FromIntegrationTable' : 'ToIntegrationTable';

/** Whether a mapping or field mapping with this direction takes part in a job of that one. */
export const runsIn = (mapping: MappingDirection, job: JobDirection): boolean =>
  mapping === 'Bidirectional' || mapping === job;
