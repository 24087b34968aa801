import { key } from '../metadata/merge.ts';
import { type LookedUp, partnerOf, rowsOnTarget, targetOf, type Write } from './batch.ts';
import type { Environment, Happening, Transaction } from './model.ts';
import { productMessages } from './productMessages.ts';
import { cellOf, type Rows, sameCell } from './rows.ts';

/** Why a write fails, with the message of the product where Microsoft documents one. */
export type Fault = Pick<Happening, 'code' | 'args' | 'message'>;

/** Faults of the environment: they meet whatever is written (SEED). */
export function environmentFault(
  write: Write,
  { configuration, isMember, missingPrivileges, disabledFields }: Environment,
): Fault | undefined {
  const { leg, side } = write;
  const table = leg.leg.destinationSchema;
  if (configuration === 'databaseCopied') {
    return { code: 'secureConfig', args: {}, message: productMessages.secureConfig };
  }
  if (configuration !== 'current') {
    const message =
      side === 'fo' ? productMessages.emptyUri(leg.entityName) : productMessages.postCommit(table);
    return { code: `stale.${configuration}`, args: { entity: leg.entityName }, message };
  }
  if (side === 'fo' && !isMember) {
    return { code: 'notMember', args: {}, message: productMessages.notMember };
  }
  const missing = missingPrivileges.find((each) => key(each.table.value) === key(table));
  if (side === 'fo' && missing !== undefined) {
    const args = { table, privilege: missing.privilege };
    return { code: `privilege.${missing.privilege}`, args, message: productMessages.badRequest };
  }
  const disabled = disabledFields.find(
    ({ entity, field }) =>
      [leg.entityName, leg.leg.sourceSchema].some((name) => key(name) === key(entity.value)) &&
      leg.leg.fieldMappings.some(({ sourceField }) => key(sourceField) === key(field.value)),
  );
  if (disabled === undefined) return undefined;
  const { field, configurationKey } = disabled;
  return {
    code: 'configurationKey',
    args: { entity: leg.entityName, field: field.value, configurationKey },
  };
}

/** Faults of what is written: lookups first, then keys, then what is special about parties. */
export function writeFault(
  write: Write,
  looked: LookedUp,
  rows: Rows,
  environment: Environment,
): Fault | undefined {
  const table = targetOf(write);
  const { entityName } = write.leg;
  const [missing] = looked.missing;
  if (looked.inBatch.length > 0) {
    return {
      code: 'lookupsInBatch',
      args: { tables: looked.inBatch.map((each) => each.table).join(', ') },
      message: productMessages.lookupsInBatch(table, looked.inBatch),
    };
  }
  if (missing !== undefined) {
    return {
      code: 'referenceMissing',
      args: { table: missing.table, value: missing.value },
      message: productMessages.unableToSync(table, entityName),
    };
  }
  return write.side === 'fo'
    ? keyFault(write, rows, environment)
    : (partyTypeFault(write, rows) ?? partyFault(write, rows));
}

/** A second key of the table that another row has the same values of: the Location ID key of SEED. */
function keyFault(write: Write, rows: Rows, { keys }: Environment): Fault | undefined {
  if (write.operation === 'delete') return undefined;
  const { destinationSchema } = write.leg.leg;
  const partner = partnerOf(write, rows);
  for (const { table, name, displayName, columns } of keys) {
    if (key(table.value) !== key(destinationSchema) || columns.length === 0) continue;
    const cells = columns.flatMap((column) => {
      const cell = payloadCell(write, column);
      return typeof cell === 'string' ? [[key(column), cell] as const] : [];
    });
    const isTaken =
      cells.length === columns.length &&
      rowsOnTarget(write, rows, new Map(cells)).some((row) => row !== partner);
    if (!isTaken) continue;
    return {
      code: 'duplicateKey',
      args: { key: name, columns: columns.join(', '), table: destinationSchema },
      message: productMessages.duplicateKey(
        destinationSchema,
        write.leg.entityName,
        displayName,
        name,
      ),
    };
  }
  return undefined;
}

const payloadCell = (write: Write, column: string): string | null | undefined =>
  write.payload.row.get(key(column)) ??
  [...write.payload.row].find(([name]) => name.startsWith(`${key(column)}.`))?.[1];

/** A party that comes with the number of one that is there, and with another type (SEED). */
function partyTypeFault(write: Write, rows: Rows): Fault | undefined {
  const [number, type] = [write.payload.row.get('partynumber'), write.payload.row.get('partytype')];
  if (typeof number !== 'string' || typeof type !== 'string') return undefined;
  const [before] = rowsOnTarget(write, rows, new Map([['partynumber', number]]));
  const known = before === undefined ? undefined : cellOf(before, 'partytype');
  if (typeof known !== 'string' || sameCell(known, type)) return undefined;
  return {
    code: 'partyType',
    args: { number, before: known, after: type },
    message: productMessages.partyType(known, type),
  };
}

/** A customer that comes with a new party, though it is there with another one (SEED). */
function partyFault(write: Write, rows: Rows): Fault | undefined {
  const number = write.payload.row.get('partynumber');
  const partner = partnerOf(write, rows);
  const known = partner === undefined ? undefined : cellOf(partner, 'partynumber');
  if (typeof number !== 'string' || typeof known !== 'string' || sameCell(number, known)) {
    return undefined;
  }
  const type = write.payload.row.get('partytype') ?? cellOf(partner ?? new Map(), 'partytype');
  return {
    code: 'partyNotFound',
    args: { number, before: known },
    message: productMessages.partyNotFound(write.leg.leg.sourceSchema, type ?? 'Organization'),
  };
}

/** Limits of one transaction (`dualwrite.md` 7.1): what they say is not published word for word. */
export function limitFault(
  { side, megabytes, seconds }: Pick<Transaction, 'side' | 'megabytes' | 'seconds'>,
  records: number,
  { fiveMinuteMode }: Environment,
): Fault | undefined {
  if (side === 'fo' && records > MOST_RECORDS) {
    return { code: 'tooManyRecords', args: { count: records, most: MOST_RECORDS } };
  }
  if (side === 'dataverse' && megabytes !== undefined && megabytes > MOST_MEGABYTES) {
    const args = { megabytes, most: MOST_MEGABYTES };
    return { code: 'tooLarge', args, message: '-2147220970' };
  }
  const most = side === 'dataverse' && fiveMinuteMode ? 300 : 120;
  return seconds !== undefined && seconds > most
    ? { code: 'tooSlow', args: { seconds, most } }
    : undefined;
}

const MOST_RECORDS = 1000;
const MOST_MEGABYTES = 116.85;
