import { key } from '../metadata/merge.ts';
import type { MappingEntry } from '../tracking/mappingMethod.ts';

/** An entry of `getEntityDataSourceToFieldMapping` and how the fields are called that need it. */
export interface DocumentedEntry extends MappingEntry {
  /** What the names of these fields begin with; undefined where names don't tell. */
  readonly prefix: string | undefined;
}

const entry = (
  dataSource: string,
  table: string,
  field: string,
  prefix: string | undefined,
): DocumentedEntry => ({ dataSource, table, field, prefix });

/**
 * The methods as Microsoft documents them for customers and contacts (SEED, performance section), for where their source
 * is not at hand. Nobody but Microsoft can change these entities: a class that extends them can.
 */
const DOCUMENTED: Readonly<Record<string, readonly DocumentedEntry[]>> = {
  custcustomerv3entity: [
    entry('DirPartyBaseEntity', 'LogisticsPostalAddress', 'AddressRecordId', 'Address'),
    entry(
      'DirPartyBaseEntity',
      'LogisticsElectronicAddress',
      'PrimaryContactURLRecordId',
      'PrimaryContactURL',
    ),
    entry(
      'DirPartyBaseEntity1',
      'LogisticsElectronicAddress',
      'PrimaryContactPhoneRecordId',
      'PrimaryContactPhone',
    ),
    entry(
      'DirPartyBaseEntity2',
      'LogisticsElectronicAddress',
      'PrimaryContactEmailRecordId',
      'PrimaryContactEmail',
    ),
    entry(
      'DirPartyBaseEntity3',
      'LogisticsElectronicAddress',
      'PrimaryContactFaxRecordId',
      'PrimaryContactFax',
    ),
    entry('DirPartyBaseEntity4', 'DirPartyLocation', 'DirPartyLocationRecordId', undefined),
    entry(
      'DirPartyBaseEntity5',
      'LogisticsPostalAddress',
      'InvoiceAddressRecordId',
      'InvoiceAddress',
    ),
    entry(
      'DirPartyBaseEntity6',
      'LogisticsPostalAddress',
      'DeliveryAddressRecordId',
      'DeliveryAddress',
    ),
    entry('DirPartyBaseEntity7', 'DirPartyTable', 'PartyRecordId', undefined),
  ],
  smmcontactpersoncdsv2entity: [
    entry(
      'DirPartyBaseEntity',
      'LogisticsPostalAddress',
      'PrimaryPostalAddressRecId',
      'PrimaryAddress',
    ),
    entry('DirPartyBaseEntity', 'DirPartyTable', 'PrimaryAddressLocation', undefined),
    entry(
      'DirPartyBaseEntity1',
      'LogisticsElectronicAddress',
      'PrimaryContactEmailRecordId',
      'PrimaryContactEmail',
    ),
    entry(
      'DirPartyBaseEntity2',
      'LogisticsElectronicAddress',
      'PrimaryContactFaxRecordId',
      'PrimaryContactFax',
    ),
    entry(
      'DirPartyBaseEntity3',
      'LogisticsElectronicAddress',
      'PrimaryContactPhoneRecordId',
      'PrimaryContactPhone',
    ),
    entry(
      'DirPartyBaseEntity4',
      'LogisticsElectronicAddress',
      'PrimaryContactFacebookRecordId',
      'PrimaryContactFacebook',
    ),
    entry(
      'DirPartyBaseEntity5',
      'LogisticsElectronicAddress',
      'PrimaryContactTwitterRecordId',
      'PrimaryContactTwitter',
    ),
    entry(
      'DirPartyBaseEntity6',
      'LogisticsElectronicAddress',
      'PrimaryContactURLRecordId',
      'PrimaryContactURL',
    ),
    entry(
      'DirPartyBaseEntity7',
      'LogisticsElectronicAddress',
      'PrimaryContactLinkedInRecordId',
      'PrimaryContactLinkedIn',
    ),
    entry(
      'DirPartyBaseEntity8',
      'LogisticsElectronicAddress',
      'PrimaryContactTelexRecordId',
      'PrimaryContactTelex',
    ),
    entry('DirPartyBaseEntity9', 'DirPartyTable', 'PartyRecordId', undefined),
  ],
};

/** Undefined for an entity whose method is not documented. */
export const documentedEntries = (entity: string): readonly DocumentedEntry[] | undefined =>
  Object.hasOwn(DOCUMENTED, key(entity)) ? DOCUMENTED[key(entity)] : undefined;
