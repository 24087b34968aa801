import { deepEqual, equal, ok } from 'node:assert/strict';
import { completionsAt } from '../../../../src/service/features/completion.ts';
import {
  accepted,
  caretsOf,
  type Fixture,
  labelsAt,
  offersAt,
  sampleWorkspace,
  TODAY,
} from '../../../kit/feature.ts';

const MAPPINGS = [
  {
    syncDirection: '1',
    sourceField: 'PARENTPROJECT',
    destinationField: 'msdyn_parent.msdyn_externalprojectid',
  },
  {
    syncDirection: '3',
    sourceField: 'SCHEDULED',
    destinationField: 'msdyn_scheduled',
    valueTransforms: [{ transformType: 'ValueMap', valueMap: { no: 'False', yes: 'True' } }],
  },
  {
    syncDirection: 3,
    sourceField: 'ONHOLDSTATUS',
    destinationField: 'msdyn_onholdstatus',
    valueTransforms: [
      { transformType: 'ValueMap', valueMap: { no: '806380000', invoice: '806380001' } },
    ],
  },
  {
    syncDirection: 2,
    sourceField: 'PARTYTYPE',
    destinationField: '',
    valueTransforms: [{ transformType: 'Default', defaultValue: 'Organization' }],
  },
];
const withMetadata: Fixture = {
  sourceSchema: 'Projects',
  fieldMappings: MAPPINGS,
  workspace: sampleWorkspace(),
};
const mapAlone: Fixture = { sourceSchema: 'Nobody knows', fieldMappings: MAPPINGS };
const dataverse: Fixture = { ...mapAlone, side: 'dataverse' };

const FIELDS = [
  'ParentProject',
  'Scheduled',
  'Dimension',
  'Location',
  'ProjectController',
  'ProjectId',
  'ProjectManager',
  'ProjectName',
  'Reference',
  'SalesManager',
];
const SHAPES = ['!(…)', '(…)'];
const RELATIONS = ['==', '!=', '<', '<=', '>', '>=', 'like'];
const COLUMNS = ['_msdyn_parent_value', 'msdyn_scheduled', 'msdyn_onholdstatus'];

describe('Completion of X++', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['|', [...FIELDS, ...SHAPES]],
    ['  |  ', [...FIELDS, ...SHAPES]],
    ['(|', [...FIELDS, ...SHAPES]],
    ['!|', [...FIELDS, ...SHAPES]],
    ['Parent|', [...FIELDS, ...SHAPES]],
    ['(A == 1) && Parent|Project == "x"', [...FIELDS, ...SHAPES]],
    ['A == 1 &&|', [...FIELDS, ...SHAPES]],
    ['"x" == |', FIELDS],
    ['ParentProject |', RELATIONS],
    ['ParentProject li|', RELATIONS],
    ['ParentProject | "x"', RELATIONS],
    ['ParentProject == |', ['""', '"…"']],
    ['ParentProject ==|', ['""', '"…"']],
    ['ParentProject =|', ['==', '""', '"…"']],
    ['ParentProject <|', ['<=', '""', '"…"']],
    ['ParentProject like |', ['"…*"']],
    ['Scheduled == |', ['"No"', '"Yes"', 'NoYes::No', 'NoYes::Yes']],
    ['Scheduled == Y|', ['"No"', '"Yes"', 'NoYes::No', 'NoYes::Yes']],
    ['Scheduled == "|', ['"No"', '"Yes"']],
    ['Scheduled == "Y|es" && A == "b"', ['"No"', '"Yes"']],
    ["Scheduled == '|'", ["'No'", "'Yes'"]],
    ['Scheduled == NoYes::|', ['No', 'Yes']],
    ['Scheduled == NoYes:|', []],
    ['OnHoldStatus == OnHold::|', ['No', 'Invoice']],
    ['PartyType == |', ['"Organization"']],
    ['(ParentProject == "x") |', ['&&', '||']],
    ['ParentProject == "x" |', ['&&', '||']],
    ['ParentProject == "x" &|', ['&&']],
    ['ParentProject == OtherField |', ['&&', '||']],
    // Inside of finished values, and where no value of this entity can stand.
    ['Amount == 12|', []],
    ['Amount == 1|2', []],
    [String.raw`Day == 23\06|\2021`, []],
    ['ParentProject == {0|', []],
    ['ProjTable.|', []],
    ['"ab|', []],
  ];
  for (const [marked, labels] of cases) {
    it(marked, () => deepEqual(labelsAt(marked, withMetadata), labels));
  }

  it('a field in the middle of a word is replaced as a whole', () =>
    equal(accepted('(Parent|Pro == "x")', 'ProjectId', withMetadata), '(ProjectId == "x")'));
  it('an element replaces the text around the caret, quotes included', () =>
    equal(
      accepted('(Scheduled == "n|o") && (A == "b")', '"Yes"', withMetadata),
      '(Scheduled == "Yes") && (A == "b")',
    ));
  it('an open text ends where an operator begins', () =>
    equal(
      accepted('(Scheduled == "n|) && (A == "b")', '"Yes"', withMetadata),
      '(Scheduled == "Yes") && (A == "b")',
    ));
  it('a longer operator replaces the shorter one', () =>
    equal(accepted('ParentProject =| "x"', '==', withMetadata), 'ParentProject == "x"'));
  it('a blank is put where one is missing', () =>
    equal(accepted('ParentProject ==|', '""', withMetadata), 'ParentProject == ""'));
  it('fields tell type, nullability, data source and destination', () => {
    const details = offersAt('|', withMetadata).map(({ label, detail }) => [label, detail]);
    deepEqual(details.slice(0, 2), [
      ['ParentProject', 'String? · ParentProjTable · > msdyn_parent.msdyn_externalprojectid'],
      ['Scheduled', 'Enum · ProjTable · >< msdyn_scheduled'],
    ]);
    deepEqual(
      details.find(([label]) => label === 'ProjectId'),
      ['ProjectId', 'String · ProjTable'],
    );
  });
  it('without metadata the fields of the map are offered', () =>
    deepEqual(labelsAt('|', mapAlone), [
      'PARENTPROJECT',
      'SCHEDULED',
      'ONHOLDSTATUS',
      'PARTYTYPE',
      ...SHAPES,
    ]));
  it('without type and elements a date may be meant', () =>
    deepEqual(labelsAt('PARENTPROJECT > |', mapAlone), [
      '""',
      String.raw`21\11\2026`,
      String.raw`1\1\1900`,
      '"…"',
    ]));
  it('a filter in a file of its own has shapes and operators', () => {
    deepEqual(labelsAt('|'), SHAPES);
    deepEqual(labelsAt('A |'), RELATIONS);
  });
  it('a blank asks for operators, values and what follows a connector, and not for the end of a filter', () => {
    const byBlank = (marked: string): number =>
      caretsOf(marked, withMetadata, true).reduce(
        (sum, { place, workspace }) => sum + completionsAt(place, workspace, TODAY, true).length,
        0,
      );
    ok(byBlank('ParentProject |') > 0);
    ok(byBlank('ParentProject == |') > 0);
    ok(byBlank('ParentProject == "x" && |') > 0);
    equal(byBlank('ParentProject == "x" |'), 0);
    equal(byBlank('|'), 0);
  });
});

describe('Completion of OData', () => {
  const first = (count: number) => (labels: readonly string[]) => labels.slice(0, count);
  const operand = [...COLUMNS, 'not (…)', '(…)', 'contains', 'startswith', 'endswith'];
  const cases: readonly (readonly [
    string,
    readonly string[],
    ((labels: readonly string[]) => readonly string[])?,
  ])[] = [
    ['|', operand, first(8)],
    ['msd|', operand, first(8)],
    ['statecode eq 0 and |', operand, first(8)],
    ['statecode eq 0 an|', ['and', 'or']],
    ['not |', operand, first(8)],
    ['msdyn_scheduled |', ['eq', 'ne', 'gt', 'ge', 'lt', 'le']],
    ['msdyn_scheduled e|', ['eq', 'ne', 'gt', 'ge', 'lt', 'le']],
    ['msdyn_scheduled eq |', ['false', 'true', 'null']],
    ['msdyn_onholdstatus eq |', ['806380000', '806380001', 'null']],
    ['msdyn_onholdstatus gt |', ['806380000', '806380001']],
    ['msdyn_onholdstatus eq inv|', ['806380000', '806380001', 'null']],
    ['_msdyn_parent_value ne |', ['null']],
    ['name eq |', ['null', 'true', 'false', "'…'", '2026-11-21']],
    ['statecode eq 0 |', ['and', 'or']],
    ["contains(name, 'a') |", ['and', 'or']],
    ['length(name) |', ['eq', 'ne', 'gt', 'ge', 'lt', 'le']],
    ['contains(|', COLUMNS],
    ['contains(name, |', []],
    ['Microsoft.Dynamics.CRM.LastXDays(|', ['PropertyName=', 'PropertyValue=']],
    ["Microsoft.Dynamics.CRM.LastXDays(PropertyName='|", COLUMNS],
    ['msdyn_onholdstatus eq 80|', []],
    ["name eq 'ab|", []],
    ['2026-01|', []],
    ['primarycontactid/|', []],
  ];
  for (const [marked, labels, pick = (all: readonly string[]) => all] of cases) {
    it(marked, () => deepEqual(pick(labelsAt(marked, dataverse)), labels));
  }

  it('a number is found by the element it stands for', () => {
    const [, offer] = offersAt('msdyn_onholdstatus eq inv|', dataverse);
    deepEqual(
      [offer?.label, offer?.detail, offer?.filterText],
      ['806380001', 'Invoice', 'Invoice'],
    );
    equal(
      accepted('msdyn_onholdstatus eq inv|', '806380001', dataverse),
      'msdyn_onholdstatus eq 806380001',
    );
  });
  it('a query function is written with its namespace', () =>
    equal(
      accepted('Today|', 'Today', dataverse),
      "Microsoft.Dynamics.CRM.Today(PropertyName='column')",
    ));
  it('a namespace that is half written is replaced', () =>
    equal(
      accepted('Microsoft.Dynamics.|', 'Today', dataverse),
      "Microsoft.Dynamics.CRM.Today(PropertyName='column')",
    ));
});

describe('Completion at every caret', () => {
  const filters = [
    [withMetadata, String.raw`!(Scheduled == "no") && (A > 5\6\2021)`],
    [withMetadata, 'Scheduled = NoYes::Yes &'],
    [dataverse, "not contains(msdyn_subject,'O''Bryan') and statecode eq 0"],
  ] as const;
  for (const [fixture, filter] of filters) {
    // Each offer is applied in every host, which is what offersAt checks.
    it(filter, () => {
      for (let offset = 0; offset <= filter.length; offset += 1) {
        const marked = `${filter.slice(0, offset)}|${filter.slice(offset)}`;
        for (const { span, typed } of offersAt(marked, fixture).slice(0, 1)) {
          ok(span.start <= offset && offset <= span.end, marked);
          equal(typed, filter.slice(span.start, offset), marked);
        }
      }
    }).timeout(60_000);
  }
});
