/** Timestamps of one side closer than this are equal (`bc-sync.md` 2.4). */
export const TOLERANCE_MS = 10;
/** A run from Dataverse reads the last second before its watermark again (`bc-sync.md` 1.2). */
export const DATAVERSE_OVERLAP_MS = 999;
/** How far line 12 dates a stored timestamp back, so that the other direction still runs. */
export const BACKDATE_MS = { BusinessCentral: 10, Dataverse: 999 } as const;
/** Rows the error page loads at once (`bc-sync.md` 3.1). */
export const ERROR_PAGE_ROWS = 100;
/** A full synchronisation that began longer ago holds nobody up (`bc-sync.md` 1.2). */
export const FULL_SYNCH_LOCK_MS = 24 * 3600 * 1000;
/** "Delete Entries Older Than 7 Days". */
export const LOG_RETENTION_MS = 7 * 24 * 3600 * 1000;
