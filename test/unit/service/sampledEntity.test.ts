import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { translator } from '../../../src/problem/message.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { diagnosticsOf } from '../../../src/service/diagnostics.ts';
import { completionsAt } from '../../../src/service/features/completion.ts';
import { definitionAt } from '../../../src/service/features/definition.ts';
import { hoverAt } from '../../../src/service/features/hover.ts';
import { placeAt } from '../../../src/service/place.ts';
import { emptyWorkspace, type Workspace } from '../../../src/service/workspace.ts';
import { ENTITY_URI, entityXml, mappedField, workspaceWith } from '../../kit/metadata.ts';
import { OPERATIONS_URI, operationsCsdl } from '../../kit/operations.ts';

const URI = 'file:///w/rows/customers%20v3.csv';
const csv = `Customeraccount,DISCOUNT,IsBlocked,Since,PARTYTYPE
C-01,1.50,Yes,2024-02-01,Organization
C-02,,No,2024-02-02,"Some, thing"
C-03,,No,,""
`;
const alone = workspaceWith({ [URI]: csv });

const documentOf = (filter: string, workspace: Workspace): ReturnType<typeof analyse> =>
  analyse(
    {
      uri: 'file:///w/map.json',
      text: JSON.stringify({
        legs: [
          {
            sourceSchema: 'Customers V3',
            sourceFilter: filter,
            destinationSchema: 'accounts',
            fieldMappings: [
              { syncDirection: 3, sourceField: 'CUSTOMERACCOUNT', destinationField: 'name' },
              { syncDirection: 3, sourceField: 'GROUPID', destinationField: 'msdyn_group' },
            ],
          },
        ],
      }),
    },
    workspace,
  );

const FIELD = 'field';
function labelsIn(workspace: Workspace): readonly string[] {
  const document = documentOf('()', workspace);
  const place = placeAt(document, (document.filters[0]?.span.end ?? 0) - 1);
  return (place === undefined ? [] : completionsAt(place, workspace, '2026-01-01'))
    .filter(({ kind }) => kind === FIELD)
    .map(({ label }) => label);
}

function hoverOf(field: string, workspace = alone, language: 'en' | 'cs' | 'fr' = 'en'): string {
  const document = documentOf(`(${field} == 1)`, workspace);
  const place = placeAt(document, (document.filters[0]?.span.start ?? 0) + 2);
  return place === undefined
    ? ''
    : (hoverAt(place, workspace, translator(language))?.markdown ?? '');
}

function targetOf(field: string, workspace = alone): readonly (string | undefined)[] {
  const document = documentOf(`(${field} == 1)`, workspace);
  const offset = (document.filters[0]?.span.start ?? 0) + 2;
  const [target] = definitionAt(document, offset, workspace)?.targets ?? [];
  return [target?.uri, csv.slice(target?.span.start, target?.span.end)];
}

const diagnosed = (filter: string, workspace: Workspace): readonly string[] =>
  diagnosticsOf(documentOf(filter, workspace), translator('en')).map(
    ({ problem, span }) => `${problem.code} ${span.start} ${problem.variant ?? ''}`,
  );

describe('an entity that a row file alone tells of', () => {
  it('offers the fields of the map, and then the columns', () => {
    deepEqual(labelsIn(alone).toSorted(), [
      'CUSTOMERACCOUNT',
      'DISCOUNT',
      'GROUPID',
      'IsBlocked',
      'PARTYTYPE',
      'Since',
    ]);
    notEqual(labelsIn(emptyWorkspace).length, labelsIn(alone).length);
  });

  it('says where its columns stand and what their values look like', () => {
    match(hoverOf('Discount'), /DISCOUNT : Number/u);
    match(hoverOf('Discount'), /\[DISCOUNT\]\(file:\/\/\/w\/rows\/customers%20v3\.csv#L1\)/u);
    match(hoverOf('Discount'), /column of a row file[^\n]*guessed/u);
    match(hoverOf('Discount'), /has NULL here/u);
    match(hoverOf('Discount', alone, 'cs'), /sloupec souboru/u);
    match(hoverOf('Discount', alone, 'fr'), /colonne d’un fichier/u);
    match(hoverOf('isblocked'), /IsBlocked : NoYes/u);
    equal(hoverOf('isblocked').includes('NULL here'), false);
  });

  it('leads to the header', () => {
    deepEqual(targetOf('discount'), [URI, 'DISCOUNT']);
    deepEqual(targetOf('GROUPID')[0], 'file:///w/map.json');
  });

  it('leads to the map where the columns stand in no text, as those of a workbook', () => {
    const sampledEntityNamed = () => alone.metadata.sampledEntityNamed('Customers V3');
    const metadata = { ...emptyWorkspace.metadata, sampledEntityNamed };
    const inWorkbook: Workspace = { ...emptyWorkspace, metadata };
    deepEqual(labelsIn(inWorkbook), labelsIn(alone));
    match(hoverOf('Discount', inWorkbook), /`DISCOUNT` is a column of a row file/u);
    deepEqual(targetOf('CustomerAccount', inWorkbook)[0], 'file:///w/map.json');
    deepEqual(targetOf('Discount', inWorkbook)[0], undefined);
  });
});

/** What would be wrong if the guesses were facts and the file were whole. */
const filters = [
  '(Discount == "x")',
  '(Discont == 1)',
  '(IsBlocked == "maybe")',
  '(IsBlocked == 5)',
  '(Since == 17)',
  '(CustomerAccount == 5)',
  '(!(Discount == 1))',
  '(Since != "x")',
];

describe('columns of a row file', () => {
  for (const filter of filters) {
    it(`are no ground of a diagnostic: ${filter}`, () => {
      deepEqual(diagnosed(filter, alone), diagnosed(filter, emptyWorkspace));
    });
  }

  const better = [
    {
      source: 'the AOT',
      texts: {
        [ENTITY_URI]: entityXml({
          label: 'Customers V3',
          fields: [mappedField('GroupId', 'T')],
          root: { name: 'T' },
        }),
      },
    },
    { source: '$metadata', texts: { [OPERATIONS_URI]: operationsCsdl } },
  ];
  for (const { source, texts } of better) {
    it(`say nothing beside ${source}`, () => {
      const without = workspaceWith(texts);
      const both = workspaceWith({ ...texts, [URI]: csv });
      deepEqual(labelsIn(both), labelsIn(without));
      deepEqual(hoverOf('Discount', both), hoverOf('Discount', without));
      for (const filter of filters) {
        deepEqual(diagnosed(filter, both), diagnosed(filter, without));
      }
    });
  }
});
