/** The last result of one direction; undefined is the product's blank. */
export type SynchResult = 'Success' | 'Failure' | undefined;

/** A row of CRM Integration Record (table 5331, `bc-sync.md` 1.4). */
export interface Coupling {
  /** The Business Central table. */
  readonly table: string;
  readonly integrationTable: string;
  /** Integration ID: the SystemId of the Business Central record. */
  readonly integrationId: string;
  /** CRM ID: the id of the Dataverse row. */
  readonly crmId: string;
  readonly lastSynchModifiedOn: number | undefined;
  readonly lastSynchCrmModifiedOn: number | undefined;
  /** Of the direction from Dataverse. */
  readonly lastSynchResult: SynchResult;
  readonly lastSynchJob: number | undefined;
  /** Of the direction to Dataverse. */
  readonly lastSynchCrmResult: SynchResult;
  readonly lastSynchCrmJob: number | undefined;
  /** Both directions leave the pair alone until somebody retries. */
  readonly skipped: boolean;
  readonly recordExists: boolean;
  readonly coupledRecordExists: boolean;
}
