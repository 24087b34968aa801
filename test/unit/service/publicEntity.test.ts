import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { problemKey, translator } from '../../../src/problem/message.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { diagnosticsOf } from '../../../src/service/diagnostics.ts';
import { completionsAt } from '../../../src/service/features/completion.ts';
import { definitionAt } from '../../../src/service/features/definition.ts';
import { hoverAt } from '../../../src/service/features/hover.ts';
import { placeAt } from '../../../src/service/place.ts';
import type { Workspace } from '../../../src/service/workspace.ts';
import { CSDL_URI, csdlText } from '../../kit/dataverse.ts';
import { workspaceWith } from '../../kit/metadata.ts';
import { OPERATIONS_URI, operationsCsdl } from '../../kit/operations.ts';

const texts = { [OPERATIONS_URI]: operationsCsdl, [CSDL_URI]: csdlText };
const known = workspaceWith(texts);

interface Map {
  readonly entity?: string;
  readonly fo?: string;
  readonly dataverse?: string;
  readonly direction?: number;
}

const textOf = ({ entity = 'Customers V3', fo = '', dataverse = '', direction = 3 }: Map): string =>
  JSON.stringify({
    legs: [
      {
        sourceSchema: entity,
        sourceFilter: fo,
        destinationSchema: 'accounts',
        reversedSourceFilter: dataverse,
        fieldMappings: [
          { syncDirection: direction, sourceField: 'CUSTOMERACCOUNT', destinationField: 'name' },
          { syncDirection: 3, sourceField: 'CREDITLIMIT', destinationField: 'msdyn_limit' },
        ],
      },
    ],
  });

const documentOf = (map: Map, workspace: Workspace = known): ReturnType<typeof analyse> =>
  analyse({ uri: 'file:///w/map.json', text: textOf(map) }, workspace);

const codesOf = (map: Map, workspace: Workspace = known): readonly string[] =>
  diagnosticsOf(documentOf(map, workspace), translator('en'))
    .map(({ problem }) => problemKey(problem).replace('problem.', ''))
    .filter((code) => !/^untracked-field|^may-not-return|^enum-number/u.test(code));

const rows: readonly (readonly [string, readonly string[]])[] = [
  ['(CustomerAccount == "x")', []],
  ['(CustomerAccount == 5)', ['type-mismatch.textField']],
  ['(CreditLimit == "x")', ['type-mismatch.numberField']],
  ['(PartyType == "Organization")', []],
  ['(PartyType == "Organisation")', ['no-such-element']],
  ['(PartyType == DirPartyType::Organisation)', ['no-such-element']],
];

describe('an entity that $metadata alone tells of', () => {
  for (const [fo, expected] of rows) {
    it(`has types: ${fo}`, () => deepEqual(codesOf({ fo }), expected));
  }

  it('has no nullability, and nothing is said of it but that metadata is missing', () => {
    for (const fo of [
      '(ParentAccount == "")',
      '(!(ParentAccount == "x"))',
      '(PartyType != "Team")',
    ]) {
      deepEqual(
        codesOf({ fo }).filter((code) => !code.startsWith('metadata-missing')),
        [],
      );
    }
  });

  it('is found by a name that a person assigned', () => {
    const map = { entity: 'Our customers', fo: '(CreditLimit == "x")' };
    deepEqual(codesOf(map), []);
    const assigned = { ...known, entityNames: { 'Our customers': 'CustomerV3' } };
    deepEqual(codesOf(map, assigned), ['type-mismatch.numberField']);
  });

  it('is not found by a name that is only alike', () => {
    deepEqual(codesOf({ entity: 'Customers', fo: '(CreditLimit == "x")' }), []);
    deepEqual(codesOf({ entity: 'Customers V2', fo: '(CreditLimit == "x")' }), []);
  });

  it('has a key', () => {
    deepEqual(codesOf({ direction: 1 }), ['one-way-key.entity']);
    deepEqual(codesOf({ direction: 3 }), []);
  });

  const labelsIn = (map: Map, side: number): readonly string[] => {
    const document = documentOf(map);
    const offset = (document.filters[side]?.span.end ?? 0) - 1;
    const place = placeAt(document, offset);
    return (place === undefined ? [] : completionsAt(place, known, '2026-01-01'))
      .filter(({ kind }) => kind === 'field')
      .map(({ label }) => label);
  };

  it('offers all its fields, those on the map first', () => {
    deepEqual(labelsIn({ fo: '()' }, 0), [
      'CustomerAccount',
      'CreditLimit',
      'dataAreaId',
      'PartyType',
      'ParentAccount',
    ]);
  });

  it('leads to its properties and explains them', () => {
    const document = documentOf({ fo: '(PartyType == "Person")' });
    const offset = (document.filters[0]?.span.start ?? 0) + 2;
    const [target] = definitionAt(document, offset, known)?.targets ?? [];
    equal(target?.uri, OPERATIONS_URI);
    const { start, end } = target?.span ?? { start: 0, end: 0 };
    match(operationsCsdl.slice(start, end), /^<Property Name="PartyType"/u);
    const place = placeAt(document, offset);
    const hover = place === undefined ? undefined : hoverAt(place, known, translator('en'));
    match(hover?.markdown ?? '', /PartyType : DirPartyType/u);
    match(hover?.markdown ?? '', /operations-metadata\.xml#L14/u);
    match(hover?.markdown ?? '', /Type: \[DirPartyType\]\(file/u);
  });
});

describe('a table of Dataverse that $metadata tells of', () => {
  it('offers all its columns, those on the map first', () => {
    const document = documentOf({ dataverse: 'name eq null and ' });
    const offset = document.filters[1]?.span.end ?? 0;
    const place = placeAt(document, offset);
    const names = (place === undefined ? [] : completionsAt(place, known, '2026-01-01'))
      .filter(({ kind }) => kind === 'field')
      .map(({ label }) => label);
    deepEqual(names.slice(0, 3), ['name', 'msdyn_limit', 'accountid']);
    ok(names.includes('_primarycontactid_value'));
    equal(new Set(names).size, names.length);
  });

  it('leads to its columns and explains them', () => {
    const document = documentOf({ dataverse: 'customertypecode eq 3' });
    const offset = (document.filters[1]?.span.start ?? 0) + 2;
    const [target] = definitionAt(document, offset, known)?.targets ?? [];
    equal(target?.uri, CSDL_URI);
    const place = placeAt(document, offset);
    const hover = place === undefined ? undefined : hoverAt(place, known, translator('en'));
    match(hover?.markdown ?? '', /customertypecode : number/u);
    match(hover?.markdown ?? '', /\$metadata\.xml#L12/u);
  });
});
