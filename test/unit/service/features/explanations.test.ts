import { deepEqual, equal, match } from 'node:assert/strict';
import { translator } from '../../../../src/problem/message.ts';
import { linksOf } from '../../../../src/service/features/documentLinks.ts';
import { hoverAt } from '../../../../src/service/features/hover.ts';
import { hintsOf } from '../../../../src/service/features/inlayHints.ts';
import { signatureAt } from '../../../../src/service/features/signatureHelp.ts';
import { inDocument } from '../../../../src/service/place.ts';
import {
  caretOf,
  caretsOf,
  english,
  everywhere,
  type Fixture,
  sampleWorkspace,
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
    valueTransforms: [
      { transformType: 'ValueMap', valueMap: { no: '192350000', yes: '192350001' } },
    ],
  },
];
const fixture: Fixture = {
  sourceSchema: 'Projects',
  fieldMappings: MAPPINGS,
  workspace: sampleWorkspace(),
};
const dataverse: Fixture = { ...fixture, side: 'dataverse' };

/** The text that is explained, and the explanation without its links. */
const hover = (marked: string, given: Fixture = fixture): readonly [string, string] | undefined => {
  const { filter } = caretOf(marked);
  const found = everywhere(marked, given, ({ place, workspace }) =>
    hoverAt(place, workspace, english),
  );
  return found === undefined
    ? undefined
    : [
        filter.slice(found.span.start, found.span.end),
        found.markdown.replaceAll(/\]\([^)]*\)/gu, ']'),
      ];
};

describe('Hover', () => {
  const cases: readonly (readonly [string, Fixture, string, RegExp])[] = [
    [
      '(Parent|Project == "")',
      fixture,
      'ParentProject',
      /^```dualwrite-xpp\nParentProject : String \(ProjId\)\n```\n\n\[ProjectEntity\] reads it from `ProjId` of the data source `ParentProjTable` \(table `ProjTable`\)\.\n\nType: \[ProjTable\.ProjId\]\.\n\nCan be NULL: \[ParentProjTable\] is outer joined\..*\n\n`PARENTPROJECT` > `msdyn_parent\.msdyn_externalprojectid` – from Finance/u,
    ],
    [
      'ProjectId| == ""',
      fixture,
      'ProjectId',
      /yields a value for every row\.\n\nNot on this map/u,
    ],
    ['Schedul|ed == 1', fixture, 'Scheduled', /Values: `No` = `192350000`, `Yes` = `192350001`$/u],
    ['A |== 1', {}, '==', /equal.*NULL/u],
    ['A |= 1', {}, '=', /Reads as `==`/u],
    ['A lik|e "a*"', {}, 'like', /`\*` stands for any characters.*`LIKE`\. Approximate/su],
    ['A |!= 1', {}, '!=', /`<>`\. Approximate/u],
    ['A |> 1', {}, '>', /greater\. Rows with NULL don't match\.(?!.*Approximate)/su],
    ['(A == 1) |&& (B == 2)', {}, '&&', /ranks `&&` and `\|\|` alike/u],
    ['|!(A == 1)', {}, '!', /false/u],
    [
      String.raw`A > 5\6|\2021`,
      {},
      String.raw`5\6\2021`,
      /2021-06-05\n```\n\nSaturday, June 5, 2021\n\n.*`\{ts '2021-06-05 00:00:00\.000'\}`\. Approximate/u,
    ],
    [String.raw`A > |1\1\1900`, {}, String.raw`1\1\1900`, /where there is no date/u],
    ['A > 2021-06-23T10:|00:00', {}, '2021-06-23T10:00:00', /June 23, 2021.*10:00:00/u],
    ['Scheduled == "y|es"', fixture, '"yes"', /Dataverse has `192350001`/u],
    ['Scheduled == NoYes::|No', fixture, 'NoYes::No', /Dataverse has `192350000`/u],
    ['yearRan|ge(-2, 0)', {}, 'yearRange', /SysQueryRangeUtil::YearRange/u],
    [
      '_msdyn_par|ent_value eq null',
      dataverse,
      '_msdyn_parent_value',
      /lookup points to\.\n\n`PARENTPROJECT` >/u,
    ],
    ['statecod|e eq 0', dataverse, 'statecode', /no such column/u],
    ['msdyn_scheduled eq 1923|50001', dataverse, '192350001', /`Yes` of SCHEDULED/u],
    ['a n|e 1', { side: 'dataverse' }, 'ne', /null don't match/u],
    ['a eq 1 o|r b eq 2', { side: 'dataverse' }, 'or', /tighter/u],
    [
      "star|tswith(a, 'b')",
      { side: 'dataverse' },
      'startswith',
      /startswith\(text, start\).*begins with.*Example/su,
    ],
    [
      "Microsoft.Dynamics.CRM.T|oday(PropertyName='a')",
      { side: 'dataverse' },
      'Microsoft.Dynamics.CRM.Today',
      /counted from today/u,
    ],
  ];
  for (const [marked, given, text, pattern] of cases) {
    it(marked, () => {
      const found = hover(marked, given);
      equal(found?.[0], text);
      match(found?.[1] ?? '', pattern);
    });
  }
  for (const marked of ['A| == 1', 'A == 1|2', 'A == |', '(|)', '|']) {
    it(`nothing to say: ${marked}`, () => equal(hover(marked, {}), undefined));
  }
  it('speaks the language of its reader', () => {
    const [caret] = caretsOf(String.raw`A > 23\6|\2021`, {}, false);
    const translate = translator('en');
    const french = (key: string): string => (key === 'language.tag' ? 'fr' : translate(key));
    match(
      (caret && hoverAt(caret.place, caret.workspace, french)?.markdown) ?? '',
      /mercredi 23 juin 2021/u,
    );
  });
});

describe('Signature help', () => {
  const signature = (marked: string, side: 'fo' | 'dataverse') =>
    everywhere(marked, { side }, ({ place }) => signatureAt(place, english));
  const cases = [
    ["contains(|name, 'a')", 'dataverse', 'contains(text, part)', 0],
    ["contains(name,| 'a')", 'dataverse', 'contains(text, part)', 1],
    ['a eq 1 and (startswith(', 'dataverse', 'startswith(text, start)', 0],
    [
      'Microsoft.Dynamics.CRM.LastXDays(PropertyValue=7|',
      'dataverse',
      'Microsoft.Dynamics.CRM.LastXDays(PropertyName, PropertyValue)',
      1,
    ],
    ["contains(name, 'a', |", 'dataverse', 'contains(text, part)', undefined],
    [
      'SysQueryRangeUtil::dayRange(-1, |',
      'fo',
      'SysQueryRangeUtil::DayRange([_relativeDaysFrom], [_relativeDaysTo])',
      1,
    ],
    ['(day(|', 'fo', 'SysQueryRangeUtil::Day([_relativeDays])', 0],
  ] as const;
  for (const [marked, side, label, active] of cases) {
    it(marked, () => {
      const found = signature(marked.includes('|') ? marked : `${marked}|`, side);
      deepEqual([found?.label, found?.active], [label, active]);
      deepEqual(
        found?.parameters.map(([start, end]) => found.label.slice(start, end)).join(', '),
        label.slice(label.indexOf('(') + 1, -1),
      );
    });
  }
  for (const marked of ['(A == |', "contains(a, 'b')|", 'unknown(|']) {
    it(`none: ${marked}`, () => equal(signature(marked, 'dataverse'), undefined));
  }
});

describe('Inlay hints', () => {
  const hints = (filter: string, given: Fixture = fixture) =>
    everywhere(`${filter}|`, given, ({ place, workspace }) =>
      hintsOf(place.filter, workspace, english).map(
        ({ offset, label }) => `${filter.slice(0, offset)}«${label}»`,
      ),
    );
  const cases: readonly (readonly [string, Fixture, readonly string[]])[] = [
    ['Scheduled == 1', fixture, ['Scheduled == 1«Yes»']],
    ['0 != Scheduled', fixture, ['0«No»']],
    ['Scheduled == 7', fixture, []],
    ['ParentProject == 1', fixture, []],
    [String.raw`A > 5\6\2021`, {}, [String.raw`A > 5\6\2021«June 5, 2021»`]],
    [String.raw`A > 23\6\2021`, {}, []],
    [String.raw`A > 1\1\1900`, {}, []],
    ['A > 5/6/2021', {}, ['A > 5/6/2021«June 5, 2021»']],
    ['msdyn_scheduled eq 192350001', dataverse, ['msdyn_scheduled eq 192350001«Yes»']],
    ['msdyn_scheduled eq 5 or statecode eq 0', dataverse, []],
  ];
  for (const [filter, given, expected] of cases) {
    it(filter, () => deepEqual(hints(filter, given), expected));
  }
});

describe('Document links', () => {
  it('lead from the schema to its entity', () => {
    for (const { analysed, hosted, workspace } of caretsOf('|', fixture, true)) {
      const [link, ...others] = linksOf(analysed, workspace, english);
      deepEqual(others, []);
      const { start = 0, end = 0 } = link?.span ?? {};
      equal(hosted.document.text.slice(start, end), 'Projects', hosted.name);
      match(link?.target ?? '', /ProjectEntity\.xml#L3$/u);
    }
  });
  it('lead nowhere where the entity is not certain', () => {
    const [caret] = caretsOf('|', { sourceSchema: 'Nobody knows', fieldMappings: [] }, true);
    deepEqual(caret && linksOf(caret.analysed, caret.workspace, english), []);
  });
});

describe('Places of features', () => {
  it('stand for whole escape sequences in every host', () => {
    for (const { hosted, place } of caretsOf('A == "x"| && B == 1', {}, false)) {
      const { start, end } = inDocument(place.filter, { start: 5, end: 8 });
      equal(start, hosted.offsetOf(5), hosted.name);
      equal(end, hosted.offsetOf(8), hosted.name);
    }
  });
});
