/**
 * What the product says when something fails, as Microsoft documents it (SEED and `dualwrite.md` 7.2); names are those
 * of the rehearsal. The product says it in English, whatever language is spoken around it.
 */
export const productMessages = {
  notMember:
    '[{"error":{"code":"0x80072560","message":"The user is not a member of the organization."}}], The remote server returned an error: (403) Forbidden.',
  badRequest: 'The remote server returned an error: (400) Bad Request.',
  secureConfig: 'SecureConfig Organization (???) does not match actual CRM Organization (???).',
  emptyUri: (entity: string): string =>
    `{"entityName":"${entity}","executionStatus":2,"fieldResponses":[],"recordResponses":[{"errorMessage":"Unable to generate payload for entity ${entity}","verboseError":"Payload creation failed with error Invalid URI: The URI is empty."}],"isErrorCountUpdated":true}`,
  postCommit: (table: string): string =>
    `An unexpected error occurred from ISV code. (ErrorType = ClientError) Unexpected exception from plug-in (Execute): Microsoft.Dynamics.Integrator.DualWriteRuntime.Plugins.PostCommitPlugin: System.Exception: failed to process entity ${table}`,
  unableToSync: (table: string, entity: string): string =>
    `Cannot save the changes to the database. Unit of Work can not commit transaction. Unable to write data to entity ${table}. Writes to ${entity} failed with error message Unable to sync with entity ${table}.`,
  lookupsInBatch: (
    table: string,
    lookups: readonly { readonly table: string; readonly value: string }[],
  ): string =>
    `Unable to write data to entity ${table}. ${lookups
      .map((lookup) => `Unable to lookup ${lookup.table} with values {${lookup.value}}. `)
      .join(
        '',
      )}Writes to ${table} failed with error message Exception message: The remote server returned an error: (400) Bad Request.`,
  duplicateKey: (table: string, entity: string, attribute: string, keyName: string): string =>
    `Unable to write data to entity ${table}.Writes to ${entity} failed with error message Request failed with status code BadRequest and CDS error code : 0x80040265 response message: An error occurred in plugin. A record that has the attribute values ${attribute} already exists. The entity key ${keyName} requires that this set of attributes contains unique values. Select unique values and try again.`,
  partyNotFound: (entity: string, type: string): string =>
    `"RecordError0":"Write failed for entity ${entity} with unknown exception - Party record not found for party type '${capital(type)}'"}.`,
  partyType: (before: string, after: string): string =>
    `Cannot update a party's type from 'Dir${capital(before)}' to 'Dir${capital(after)}', a delete of the existing party followed by an insert with the new type should be performed instead.`,
  tooManyPartitions:
    'Dual-write failure - Plugin registration failed: Unable to get partition map for project DWM-…. Error Exceeds the maximum partitions allowed for mapping DWM-…',
  tooManyLookups: '5 Attempts to get data from https://… Failed',
} as const;

/** Value maps write elements with a small first letter (`dualwrite.md` 1.3). */
const capital = (element: string): string => element.slice(0, 1).toUpperCase() + element.slice(1);
