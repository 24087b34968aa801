import assert from 'node:assert/strict';
import { findingsIn, fixedFilter } from '../../kit/findings.ts';

const valueMap = (keys: readonly string[]): object => ({
  transformType: 'ValueMap',
  valueMap: Object.fromEntries(keys.map((key, index) => [key, String(192350000 + index)])),
});

const mapped = (
  syncDirection: number | string,
  sourceField: string,
  destinationField: string,
  ...valueTransforms: readonly object[]
): object => ({ syncDirection, sourceField, destinationField, valueTransforms });

/** Shapes of Microsoft's own maps (`dualwrite.md` 1.3, 5). */
const MAPPINGS: readonly object[] = [
  mapped(3, 'PARTYTYPE', 'msdyn_partytype', valueMap(['person', 'organization', 'legalEntity'])),
  mapped(3, 'ISPRIVATE', 'msdyn_isprivate', valueMap(['no', 'yes'])),
  mapped('1', 'STATUS', 'msdyn_status', valueMap(['open', 'closed'])),
  mapped(3, 'LANGUAGEID', 'msdyn_language', valueMap(['en-us', 'de', '', ' '])),
  mapped(3, 'LEVEL', 'msdyn_level', valueMap(['1', '2'])),
  mapped(3, 'CURRENCYCODE', 'transactioncurrencyid.isocurrencycode'),
  mapped(3, 'CUSTOMERTYPECODE', 'parentid.customertypecode'),
  mapped(3, 'NAME', 'name'),
  mapped(2, 'ORIGIN', '', { transformType: 'Default', defaultValue: 'Vendor' }),
  mapped(1, '', 'msdyn_ordertype', { transformType: 'Default', defaultValue: '192350000' }),
];

interface Row {
  readonly side?: 'fo' | 'dataverse';
  readonly filter: string;
  readonly mappings?: readonly object[];
  readonly found?: readonly string[];
  readonly fixed?: string;
}

const tables: Readonly<Record<string, readonly Row[]>> = {
  'enum-number': [
    { filter: '(PartyType == "Person")' },
    { filter: '(IsPrivate == 1)' },
    { filter: '(Level == 1)' },
    { filter: '(Name == 1)' },
    { filter: '(Other == 1)' },
    { filter: '(PartyType == 1)', mappings: [] },
    {
      filter: '(PartyType == 1)',
      found: ['enum-number | 1'],
      fixed: '(PartyType == "Person")',
    },
    { filter: '(Origin != 1)', found: ['enum-number | 1'], fixed: '(Origin != "Vendor")' },
  ],
  'noyes-word': [
    { filter: '(IsPrivate == 1)' },
    { filter: '(IsPrivate == NoYes::Yes)' },
    { filter: '(Name == "Yes")' },
    { filter: '(IsPrivate == "Yes")', mappings: [] },
    { filter: '(IsPrivate == "Yes")', found: ['noyes-word | "Yes"'], fixed: '(IsPrivate == 1)' },
    { filter: "(IsPrivate != 'no')", found: ["noyes-word | 'no'"], fixed: '(IsPrivate != 0)' },
  ],
  'unknown-element': [
    { filter: '(PartyType == "LEGALENTITY")' },
    { filter: '(PartyType == "")' },
    { filter: '(PartyType == "Pers*")' },
    { filter: '(PartyType like "Pers")' },
    { filter: '(PartyType == PartyType::Person)' },
    { filter: '(PartyType == "組織")' },
    { filter: '(Name == "Organisation")' },
    { filter: '(PartyType == "Organisation")', mappings: [] },
    {
      filter: '(PartyType == "Organisation")',
      found: ['unknown-element | "Organisation"'],
      fixed: '(PartyType == "Organization")',
    },
    {
      filter: "('organisation' != PartyType)",
      found: ["unknown-element | 'organisation'"],
      fixed: "('organization' != PartyType)",
    },
    {
      filter: '(PartyType == DirPartyType::Persn)',
      found: ['unknown-element | DirPartyType::Persn'],
      fixed: '(PartyType == DirPartyType::Person)',
    },
    { filter: '(LanguageId == "fr")', found: ['unknown-element | "fr"'] },
  ],
  'type-mismatch': [
    { filter: '(CurrencyCode != "999")' },
    { filter: '(CustomerTypeCode == 3)' },
    { filter: '(Name == 3)' },
    {
      filter: '(CurrencyCode != 999)',
      found: ['type-mismatch.lookup | 999'],
      fixed: '(CurrencyCode != "999")',
    },
  ],
  'company-filter': [
    { filter: '(Name == "USMF")' },
    { filter: '(A == Company)', mappings: [mapped(3, 'COMPANY', 'companyname')] },
    { filter: '(Company == "x")', mappings: [mapped(3, 'COMPANY', 'companyname')] },
    { filter: '(DataAreaId == "usmf")', found: ['company-filter | DataAreaId'] },
    { filter: '(Company == "USMF")', mappings: [], found: ['company-filter | Company'] },
    {
      filter: '((DATAAREAID == "usmf") && (Name != ""))',
      found: ['company-filter | DATAAREAID'],
      fixed: '((Name != ""))',
    },
    { filter: '((Name != "") || (dataAreaId == "usmf"))', found: ['company-filter | dataAreaId'] },
    { side: 'dataverse', filter: "name eq 'msdyn_company'" },
    {
      side: 'dataverse',
      filter: '_msdyn_company_value eq 8c9bdef2-1234-4567-89ab-0123456789ab',
      found: ['company-filter | _msdyn_company_value'],
    },
    {
      side: 'dataverse',
      filter: "msdyn_company/cdm_companyid eq 'usmf'",
      found: ['company-filter | msdyn_company/cdm_companyid'],
    },
    {
      side: 'dataverse',
      filter: 'msdyn_companyid ne null',
    },
  ],
  'untracked-field': [
    { filter: '(PartyType == "Person")' },
    { filter: '(STATUS == "Open")' },
    { filter: '(ParentProject == "")', mappings: [] },
    { filter: '(DataAreaId == "x")' },
    { filter: '(Name == Yes)' },
    { filter: '(Nam == ' },
    { filter: 'S*' },
    {
      filter: '((ParentProject == "") || (parentProject == "x"))',
      found: ['untracked-field.unmapped | ParentProject'],
    },
    { filter: '(Origin == "Vendor")', found: ['untracked-field.otherWay | Origin'] },
    { side: 'dataverse', filter: "name eq 'x' and msdyn_isprivate eq true" },
    { side: 'dataverse', filter: '_transactioncurrencyid_value ne null' },
    { side: 'dataverse', filter: "contains(name,'x')" },
    {
      side: 'dataverse',
      filter: 'msdyn_ordertype eq 192350000 and statecode eq 0',
      found: ['untracked-field.otherWay | msdyn_ordertype', 'untracked-field.unmapped | statecode'],
    },
    {
      side: 'dataverse',
      filter: 'msdyn_status eq 1',
      found: ['untracked-field.otherWay | msdyn_status'],
    },
    {
      side: 'dataverse',
      filter: 'statecode eq 0',
      mappings: [mapped(1, 'NAME', 'name')],
    },
  ],
  'dead-filter': [
    { side: 'dataverse', filter: 'statecode eq 0' },
    { side: 'dataverse', filter: 'statecode eq 0', mappings: [] },
    { side: 'dataverse', filter: '  ', mappings: [mapped(1, 'NAME', 'name')] },
    { filter: '(Name != "")', mappings: [mapped(1, 'NAME', 'name')] },
    {
      side: 'dataverse',
      filter: ' statecode eq 0 ',
      mappings: [mapped(1, 'NAME', 'name')],
      found: ['dead-filter.dataverse | statecode eq 0'],
    },
    {
      filter: '(Name != "")',
      mappings: [mapped('2', 'NAME', 'name')],
      found: ['dead-filter.fo | (Name != "")'],
    },
  ],
};

for (const [code, rows] of Object.entries(tables)) {
  describe(`${code}, by the mappings of the leg`, () => {
    for (const { side = 'fo', filter, mappings = MAPPINGS, found = [], fixed } of rows) {
      it(`${found.length === 0 ? 'is silent' : 'fires'}: ${filter}`, () => {
        const given = { side, filter, mappings };
        assert.deepEqual(findingsIn(given, [code]), found);
        if (fixed === undefined) return;
        assert.equal(fixedFilter(given, code), fixed);
        assert.deepEqual(findingsIn({ ...given, filter: fixed }, [code]), []);
      });
    }
  });
}
