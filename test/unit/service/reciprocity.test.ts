import { deepEqual, equal, ok } from 'node:assert/strict';
import { translator } from '../../../src/problem/message.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { fixesOf } from '../../../src/service/fixes.ts';
import type { DocumentFix } from '../../../src/service/documentFix.ts';
import { type Document, emptyWorkspace } from '../../../src/service/workspace.ts';
import { diagnosticsOf } from '../../../src/service/diagnostics.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkWhole } from '../../kit/check.ts';
import { type Case, diagnosticsIn, findingsIn } from '../../kit/findings.ts';
import { hostsOf } from '../../kit/hosts.ts';
import { readShared } from '../../kit/repository.ts';

const mapped = (
  syncDirection: number | string,
  sourceField: string,
  destinationField: string,
  ...valueTransforms: readonly object[]
): object => ({ syncDirection, sourceField, destinationField, valueTransforms });

const fixed = (defaultValue: string): object => ({ transformType: 'Default', defaultValue });
const valueMap = (pairs: Readonly<Record<string, string>>): object => ({
  transformType: 'ValueMap',
  valueMap: pairs,
});

/** Shapes of Microsoft's own maps (`dualwrite.md` 1.3, 5). */
const MAPPINGS: readonly object[] = [
  mapped(3, 'NAME', 'name'),
  mapped(2, 'PARTYTYPE', '', fixed('Organization')),
  mapped('1', '', 'customertypecode', fixed('3')),
  mapped(1, '', 'msdyn_sellable', fixed('True')),
  mapped(3, 'ONHOLDSTATUS', 'msdyn_onhold', valueMap({ no: '806380000', all: '806380002' })),
  mapped(3, 'LANGUAGEID', 'msdyn_language', valueMap({ de: '1', '': '2' })),
  mapped(1, 'PARENTPROJECT', 'msdyn_parent.msdyn_externalprojectid'),
];

const rows: readonly (Case & { readonly found?: readonly string[] })[] = [
  { filter: '' },
  { filter: '(PartyType == "Organization")' },
  { filter: '(PartyType == DirPartyType::organization)' },
  // 1 and Vendor are one element of a shipped map.
  { filter: '(PartyType == 1)' },
  { filter: '(Name == "x")' },
  { filter: '(PartyType == "Person") || (Name == "x")' },
  { filter: '(PartyType == "Person"', found: [] },
  { filter: '(PartyType == "Person")', mappings: [mapped(2, 'PARTYTYPE', '', fixed('x'))] },
  { filter: '(PartyType == "Person")', mappings: [mapped(1, 'NAME', 'name')] },
  {
    filter: '((PartyType == "Person") && (Name != ""))',
    found: ['never-returns | PartyType == "Person"'],
  },
  {
    filter: '!(PartyType == "Organization")',
    found: ['never-returns | PartyType == "Organization"'],
  },
  { filter: '(ParentProject == "")' },
  { filter: '(ParentProject == "P1")', found: ['may-not-return.default | ParentProject == "P1"'] },
  { filter: '(ParentProject != "")', found: ['may-not-return.unwritten | ParentProject != ""'] },
  { filter: '(Scheduled == 1)', found: ['may-not-return.unwritten | Scheduled == 1'] },
  { filter: '(Scheduled == 0)' },
  { filter: '(OnHoldStatus == "All")' },
  {
    filter: '(OnHoldStatus == "Never")',
    found: ['may-not-return.valueMap | OnHoldStatus == "Never"'],
  },
  { filter: '(LanguageId == "fr")' },
  {
    filter: '((A == "1") && (B == "2"))',
    found: ['may-not-return.default | A == "1"', 'may-not-return.default | B == "2"'],
  },
  { filter: '((A == "1") || (B == "2"))', found: ['may-not-return.unwritten | A == "1"'] },
  { filter: '((A == "1") || (Name == "2"))' },
  { filter: '(CreatedDateTime > 2020-01-01T00:00:00)' },
  { filter: '((DataAreaId == "usmf") && (Name != ""))' },
  { side: 'dataverse', filter: 'customertypecode eq 3' },
  { side: 'dataverse', filter: 'msdyn_sellable eq true and name ne null' },
  {
    side: 'dataverse',
    filter: 'customertypecode eq 4 and name ne null',
    found: ['never-returns | customertypecode eq 4'],
  },
  { side: 'dataverse', filter: '_msdyn_parent_value eq null' },
  { side: 'dataverse', filter: '_msdyn_parent_value ne null' },
  { side: 'dataverse', filter: '_msdyn_other_value eq null' },
  { side: 'dataverse', filter: 'msdyn_onhold in (806380002,5)' },
  {
    side: 'dataverse',
    filter: 'msdyn_onhold eq 5',
    found: ['may-not-return.valueMap | msdyn_onhold eq 5'],
  },
  { side: 'dataverse', filter: 'msdyn_other eq false' },
  {
    side: 'dataverse',
    filter: 'msdyn_other eq true',
    found: ['may-not-return.default | msdyn_other eq true'],
  },
  {
    side: 'dataverse',
    filter: 'msdyn_ordertype eq 192350000 and statecode eq 0',
    found: [
      'may-not-return.default | msdyn_ordertype eq 192350000',
      'may-not-return.unwritten | statecode eq 0',
    ],
  },
  { side: 'dataverse', filter: 'statecode ne 1' },
  { side: 'dataverse', filter: 'modifiedon gt 2024-01-01T00:00:00Z and createdon ne null' },
];

describe('what one side writes and the filter of the other', () => {
  for (const { found = [], ...row } of rows) {
    const mappings = row.mappings ?? MAPPINGS;
    it(`${row.filter}${row.mappings === undefined ? '' : ' with other mappings'}`, () => {
      deepEqual(findingsIn({ ...row, mappings }, ['never-returns', 'may-not-return']), found);
    });
  }

  it('is told with the name of the default that is missing', () => {
    const [host] = hostsOf('(ParentProject == "P1")', 'fo', 'Projects', MAPPINGS).slice(1);
    ok(host);
    const told = diagnosticsIn(host.document).find(({ code }) => code === 'may-not-return');
    ok(told?.message.endsWith('add a default of `P1` for `ParentProject`.'), told?.message);
  });
});

describe('the default that is missing', () => {
  const legs = (indent: number | undefined, direction: number | string): string =>
    JSON.stringify(
      [
        mapped(direction, 'NAME', 'name'),
        { ...mapped(direction, 'CODE', 'msdyn_code'), isSystemGenerated: false },
      ],
      undefined,
      indent,
    );

  for (const [id, side, filter, expected] of [
    [
      'Dataverse',
      'dataverse',
      "msdyn_kind eq 'a\"b' and statecode eq 0",
      { syncDirection: 1, sourceField: '', destinationField: 'msdyn_kind', value: 'a"b' },
    ],
    [
      'Finance and Operations',
      'fo',
      '(Kind == "Über")',
      { syncDirection: 2, sourceField: 'KIND', destinationField: '', value: 'Über' },
    ],
  ] as const) {
    for (const { name, document } of hostsOf(filter, side, 'Projects', [
      mapped(3, 'NAME', 'name'),
      mapped(3, 'CODE', 'msdyn_code'),
    ]).slice(1)) {
      it(`is mapped to ${id} in ${name}`, () => {
        const fix = fixIn(document);
        const text = applyEdits(document.text, fix.change.edits[0]?.edits ?? []);
        checkWhole({ ...document, text });
        const { map } = analyse({ ...document, text }, emptyWorkspace);
        const added = map.maps[0]?.legs[0]?.fieldMappings.at(-1);
        deepEqual(
          {
            syncDirection: added?.direction,
            sourceField: added?.sourceField,
            destinationField: added?.destinationField,
            value: added?.transforms[0]?.kind === 'default' ? added.transforms[0].value : undefined,
          },
          expected,
        );
        const left = diagnosticsIn({ ...document, text }).filter(
          ({ problem }) => problem.variant === 'default',
        );
        deepEqual(left, []);
      });
    }
  }

  it('is written as the mappings before it are', () => {
    for (const indent of [undefined, 2, 4]) {
      for (const direction of [3, '3']) {
        const list = legs(indent, direction);
        const text = `{"legs":[{"reversedSourceFilter":"kind eq 'a'","fieldMappings":${list}}]}`;
        const document = { uri: 'file:///map.json', text };
        const after = applyEdits(text, fixIn(document).change.edits[0]?.edits ?? []);
        const added = {
          syncDirection: typeof direction === 'number' ? 1 : '1',
          sourceField: '',
          destinationField: 'kind',
          valueTransforms: [{ transformType: 'Default', defaultValue: 'a' }],
          isSystemGenerated: false,
        };
        const expected = JSON.stringify([...JSON.parse(list), added], undefined, indent);
        equal(after, text.replace(list, expected));
      }
    }
  });

  it('is left to the author where the field is mapped otherwise', () => {
    const [, host] = hostsOf('(ParentProject == "P1")', 'fo', 'Projects', MAPPINGS);
    ok(host);
    const told = diagnosticsIn(host.document).find(({ code }) => code === 'may-not-return');
    ok(told);
    const titles = fixesOf(told, host.document, emptyWorkspace, translator('en'));
    ok(titles.every(({ title }) => !title.startsWith('Map a default')));
  });
});

function fixIn(document: Document): DocumentFix {
  const told = diagnosticsIn(document).find(({ problem }) => problem.variant === 'default');
  ok(told);
  const [fix] = fixesOf(told, document, emptyWorkspace, translator('en'));
  ok(fix !== undefined && fix.title.startsWith('Map a default of'), fix?.title);
  return fix;
}

describe('the maps that Microsoft ships', () => {
  it('see to it that what is written comes back, but for quotes', function () {
    const text = readShared(this, 'data/gab-maps/customizations.xml');
    const analysed = analyse({ uri: 'file:///customizations.xml', text }, emptyWorkspace);
    const found = diagnosticsOf(analysed, translator('en'))
      .filter(({ code }) => ['never-returns', 'may-not-return', 'dead-filter'].includes(code))
      .map(({ code, severity, filter, problem }) => [
        filter?.site.leg?.destinationSchema,
        `${severity} ${code}.${problem.variant ?? ''}`,
        filter?.site.text.value.slice(problem.span.start, problem.span.end),
      ]);
    // `dualwrite.md` section 5.
    deepEqual(found, [
      ['invoices', 'information dead-filter.dataverse', 'msdyn_ordertype eq 192350000'],
      ['quotes', 'information may-not-return.unwritten', 'statecode eq 0'],
    ]);
  });
});
