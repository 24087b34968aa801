import { deepEqual } from 'node:assert/strict';
import type { ProblemCode } from '../../../src/problem/catalogue.ts';
import { problemKey, translator } from '../../../src/problem/message.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { diagnosticsOf } from '../../../src/service/diagnostics.ts';
import type { Document } from '../../../src/service/workspace.ts';
import { applied, check, checkPlaces, fixesFor, MAP_URI } from '../../kit/check.ts';
import { CSDL_URI, csdlText, SOLUTION_URI, solutionXml } from '../../kit/dataverse.ts';
import { mapForms } from '../../kit/maps.ts';
import {
  ENTITY_URI,
  entityXml,
  EXTENSION_URI,
  extensionXml,
  mappedField,
  type MetadataTexts,
  sampleTexts,
  virtualField,
  workspaceWith,
} from '../../kit/metadata.ts';
import { readShared } from '../../kit/repository.ts';
import { enumXml, EXTENSIBLE, tableFieldXml, tableWith } from '../../kit/types.ts';

const NAMES = ['Text', 'Number', 'Real', 'Day', 'Moment', 'Id', 'Status', 'Open', 'Flag', 'Maybe'];
const ofEnum = (name: string): string => `<EnumType>${name}</EnumType>`;

const METADATA: MetadataTexts = {
  [ENTITY_URI]: entityXml({
    label: 'Projects',
    fields: [
      ...NAMES.map((name) => mappedField(name, 'T')),
      mappedField('Outer', 'O', 'Status'),
      virtualField('Virtual'),
    ],
    root: { name: 'T', below: [{ name: 'O', table: 'T', join: 'OuterJoin' }] },
  }),
  'file:///m/Model/AxTable/T.xml': tableWith('T', [
    tableFieldXml('Text', 'String'),
    tableFieldXml('Number', 'Int'),
    tableFieldXml('Real', 'Real'),
    tableFieldXml('Day', 'Date'),
    tableFieldXml('Moment', 'UtcDateTime'),
    tableFieldXml('Id', 'Guid'),
    tableFieldXml('Status', 'Enum', ofEnum('Status')),
    tableFieldXml('Open', 'Enum', ofEnum('Open')),
    tableFieldXml('Flag', 'Enum', ofEnum('NoYes')),
    tableFieldXml('Maybe', 'Enum', ofEnum('Nowhere')),
  ]),
  'file:///m/Model/AxEnum/Status.xml': enumXml('Status', [
    { name: 'Created', label: '@L:Created' },
    { name: 'InProcess', label: 'In process' },
    'Finished',
  ]),
  'file:///m/Model/AxEnum/Open.xml': enumXml('Open', ['None', 'Some'], EXTENSIBLE),
  'file:///m/Model/LabelResources/cs/L.cs.label.txt': 'Created=Vytvořeno\n',
  // The maps of the tests name this set.
  [CSDL_URI]: csdlText.replace('"accounts"', '"msdyn_projects"'),
  [SOLUTION_URI]: solutionXml.replace('>accounts<', '>msdyn_projects<'),
};

/** The same with the folder of extensions, so that no other field can exist. */
const WHOLE: MetadataTexts = { ...METADATA, [EXTENSION_URI]: extensionXml('<Fields/>') };

const CODES: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'enum-number',
  'no-such-element',
  'unknown-element',
  'label-literal',
  'noyes-word',
  'unknown-field',
  'unlisted-field',
  'virtual-field',
  'type-mismatch',
  'unknown-column',
  'unknown-option',
  'quoted-value',
  'null-lost',
]);

interface Row {
  readonly filter: string;
  readonly found?: readonly string[];
  /** The filter after the first fix. */
  readonly fixed?: string;
  readonly metadata?: MetadataTexts;
}

const operations: readonly Row[] = [
  { filter: '(Text == "a")' },
  { filter: '(Text == 5)', found: ['type-mismatch.textField 5'], fixed: '(Text == "5")' },
  { filter: '(Text like "5*")' },
  { filter: '(Number == 5)' },
  { filter: '(Real > 5)' },
  { filter: '(Number == "5")', found: ['type-mismatch.numberField "5"'], fixed: '(Number == 5)' },
  { filter: '(Number == "x")', found: ['type-mismatch.numberField "x"'] },
  { filter: '(Number == "")', found: ['type-mismatch.numberField ""'], fixed: '(Number == 0)' },
  { filter: '(Day == 1\\2\\2021)' },
  { filter: '(Day == 0)' },
  { filter: '(Day == "today")', found: ['type-mismatch.dateField "today"'] },
  { filter: '(Moment > 2021-06-23T00:00:00)' },
  { filter: '(Moment == 7)', found: ['type-mismatch.dateField 7'] },
  { filter: '(Id == 7)', found: ['type-mismatch.guidField 7'] },
  { filter: '(Maybe == 7)' },
  { filter: '(Maybe == "Whatever")' },
  { filter: '(Status == "inprocess")' },
  { filter: '(Status == Status::Finished)' },
  { filter: '(Status == 1)', found: ['enum-number.element 1'], fixed: '(Status == "InProcess")' },
  { filter: '(Status > 1)' },
  { filter: '(Status == 9)', found: ['no-such-element.number 9'], fixed: '(Status == "Created")' },
  {
    filter: '(Status == "Finnished")',
    found: ['no-such-element "Finnished"'],
    fixed: '(Status == "Finished")',
  },
  {
    filter: '(Status == Status::Finnished)',
    found: ['no-such-element Status::Finnished'],
    fixed: '(Status == Status::Finished)',
  },
  {
    filter: '(Status == "In process")',
    found: ['no-such-element.label "In process"'],
    fixed: '(Status == "InProcess")',
  },
  {
    filter: '(Status == "Vytvořeno")',
    found: ['no-such-element.label "Vytvořeno"'],
    fixed: '(Status == "Created")',
  },
  { filter: '(Status == 1.5)', found: ['type-mismatch.enumField 1.5'] },
  { filter: '(Status == "")' },
  { filter: '(Open == "Added")' },
  { filter: '(Open == 1)', found: ['enum-number.extensible 1'], fixed: '(Open == "Some")' },
  { filter: '(Open == 2)' },
  { filter: '(Flag == 1)' },
  { filter: '(Flag == NoYes::Yes)' },
  { filter: '(Flag == "Yes")', found: ['noyes-word "Yes"'], fixed: '(Flag == 1)' },
  { filter: '(Virtual == "x")', found: ['virtual-field Virtual'] },
  { filter: '(RecId != 0)' },
  { filter: '(Txet == "x")', found: ['unlisted-field Txet'], fixed: '(Text == "x")' },
  {
    filter: '(Txet == "x")',
    metadata: WHOLE,
    found: ['unknown-field Txet'],
    fixed: '(Text == "x")',
  },
  { filter: '(Virtualx == "x")', metadata: WHOLE, found: ['unknown-field Virtualx'] },
  // A broken filter names what it does not mean.
  { filter: '(Txet == "x"', metadata: WHOLE },
  // The first element is what a missing row shows.
  { filter: '(Outer == "Created")', found: ['null-lost Outer == "Created"'] },
  { filter: '(Outer == Status::Created)', found: ['null-lost Outer == Status::Created'] },
  { filter: '(Outer == "Finished")' },
  { filter: '(Outer != "Created")' },
  { filter: '(Outer != "Finished")', found: ['null-lost Outer != "Finished"'] },
];

const dataverse: readonly Row[] = [
  { filter: "name eq 'a'" },
  { filter: 'name eq null' },
  { filter: 'name eq 5', found: ['type-mismatch.textColumn 5'], fixed: "name eq '5'" },
  { filter: "contains(name,'a')" },
  { filter: "nmae eq 'a'", found: ['unknown-column nmae'], fixed: "name eq 'a'" },
  { filter: 'primarycontactid eq null' },
  { filter: 'customertypecode eq 3' },
  {
    filter: "customertypecode eq '3'",
    found: ["quoted-value.number '3'"],
    fixed: 'customertypecode eq 3',
  },
  { filter: "customertypecode eq 'x'", found: ["type-mismatch.numberColumn 'x'"] },
  { filter: 'donotphone eq true' },
  {
    filter: 'donotphone eq 1',
    found: ['type-mismatch.booleanColumn 1'],
    fixed: 'donotphone eq true',
  },
  { filter: 'openedon ge 2021-06-23' },
  { filter: "openedon ge '2021-06-23'", found: ["quoted-value.date '2021-06-23'"] },
  { filter: "openedon ge 'x'", found: ["type-mismatch.dateColumn 'x'"] },
  { filter: 'statecode eq 0' },
  { filter: 'statecode eq 2', found: ['unknown-option 2'], fixed: 'statecode eq 0' },
  { filter: "statecode eq '0'", found: ["quoted-value.option '0'"], fixed: 'statecode eq 0' },
  { filter: 'new_kind eq 100' },
  { filter: 'new_kind eq 101', found: ['unknown-option 101'], fixed: 'new_kind eq 100' },
  { filter: '_primarycontactid_value eq 3', found: ['type-mismatch.lookupColumn 3'] },
  { filter: '_primarycontactid_value eq 5e8ff9bf-a497-4bd2-8b5a-1ec4b5b3ae11' },
];

function checkRow(
  side: 'fo' | 'dataverse',
  { filter, found = [], fixed, metadata = METADATA }: Row,
): void {
  for (const form of mapForms) {
    const write = (text: string): Document => ({
      uri: MAP_URI,
      text: form.write({
        [side === 'fo' ? 'sourceFilter' : 'reversedSourceFilter']: text,
      }),
    });
    const document = write(filter);
    const diagnostics = check(document, metadata);
    checkPlaces(document, diagnostics);
    const wanted = diagnostics.filter(({ code }) => CODES.has(code));
    deepEqual(
      wanted.map(
        ({ problem, filter: of }) =>
          `${problemKey(problem).replace('problem.', '')} ${of?.site.text.value.slice(problem.span.start, problem.span.end) ?? ''}`,
      ),
      found,
      `${form.id}: ${filter}`,
    );
    if (fixed === undefined) continue;
    const [first] = wanted;
    const [fix] = first === undefined ? [] : fixesFor(first, document, metadata);
    deepEqual(fix && applied(fix, document, metadata).document.text, write(fixed).text);
  }
}

describe('what metadata tells of a filter', () => {
  for (const row of operations) {
    it(`of Finance and Operations: ${row.filter}${row.metadata === undefined ? '' : ', all fields known'}`, () => {
      checkRow('fo', row);
    });
  }

  for (const row of dataverse) {
    it(`of Dataverse: ${row.filter}`, () => {
      checkRow('dataverse', row);
    });
  }

  it('is nothing without metadata', () => {
    const silent: ReadonlySet<string> = new Set([
      'virtual-field',
      'unknown-field',
      'unlisted-field',
      'no-such-element',
      'unknown-column',
      'unknown-option',
      'metadata-duplicate',
    ]);
    for (const [side, rows] of [
      ['fo', operations],
      ['dataverse', dataverse],
    ] as const) {
      for (const { filter } of rows) {
        const text = mapForms[0]?.write({
          [side === 'fo' ? 'sourceFilter' : 'reversedSourceFilter']: filter,
        });
        const told = check({ uri: MAP_URI, text: text ?? '' }, {}).map(({ code }) => code);
        deepEqual(
          told.filter((code) => silent.has(code)),
          [],
          filter,
        );
      }
    }
  });

  it('leaves out what the map itself maps', () => {
    const text = mapForms[0]?.write({
      sourceFilter: '(Added == "x")',
      fields: ['ADDED'],
    });
    const told = check({ uri: MAP_URI, text: text ?? '' }, WHOLE).map(({ code }) => code);
    deepEqual(
      told.filter((code) => CODES.has(code)),
      [],
    );
  });

  it('leaves Microsoft’s maps without warnings', async function () {
    const text = readShared(this, 'data/gab-maps/customizations.xml');
    const texts = { ...(await sampleTexts()), 'file:///w/customizations.xml': text };
    const document = { uri: 'file:///w/customizations.xml', text };
    for (const metadata of [{}, texts]) {
      const loud = diagnosticsOf(analyse(document, workspaceWith(metadata)), translator('en'))
        .filter(({ severity }) => severity === 'error' || severity === 'warning')
        .map(({ code, message }) => `${code} ${message}`);
      deepEqual(loud, []);
    }
  });
});
