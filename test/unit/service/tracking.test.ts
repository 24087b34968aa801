import { deepEqual, doesNotMatch, match, ok } from 'node:assert/strict';
import { analyse, reanalyse } from '../../../src/service/analysis.ts';
import { translator } from '../../../src/problem/message.ts';
import { diagnosticsOf } from '../../../src/service/diagnostics.ts';
import { mappingHoverAt } from '../../../src/service/features/hover.ts';
import type { Document } from '../../../src/service/workspace.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { hostsOf } from '../../kit/hosts.ts';
import {
  computedField,
  entityXml,
  mappedField,
  type MetadataTexts,
  tableXml,
  virtualField,
  workspaceWith,
} from '../../kit/metadata.ts';

const CODES: ReadonlySet<string> = new Set(['untracked-field', 'untracked-mapping']);

const entityAt = (name: string): string => `file:///m/Model/AxDataEntityView/${name}.xml`;
const tableAt = (name: string): string => `file:///m/Model/AxTable/${name}.xml`;

const METADATA: MetadataTexts = {
  [entityAt('ProjectEntity')]: entityXml({
    name: 'ProjectEntity',
    label: 'Projects',
    root: {
      name: 'ProjTable',
      below: [
        { name: 'Parent', table: 'ProjTable', join: 'OuterJoin', readOnly: true },
        { name: 'Worker', table: 'HcmWorker' },
        { name: 'Address', table: 'AddressEntity' },
        { name: 'Unread', table: 'SomewhereElse' },
      ],
    },
    fields: [
      mappedField('Id', 'ProjTable', 'ProjId'),
      mappedField('ParentId', 'Parent', 'ProjId'),
      mappedField('ParentName', 'Parent', 'Name'),
      mappedField('WorkerId', 'Worker'),
      mappedField('City', 'Address'),
      mappedField('Unknown', 'Unread'),
      virtualField('Virtual'),
      computedField('Computed', 'computed'),
    ],
  }),
  [entityAt('AddressEntity')]: entityXml({
    name: 'AddressEntity',
    label: 'Addresses',
    root: { name: 'PostalEntity' },
    fields: [mappedField('City', 'PostalEntity')],
  }),
  [entityAt('PostalEntity')]: entityXml({
    name: 'PostalEntity',
    label: 'Postal addresses',
    root: { name: 'LogisticsPostalAddress' },
    fields: [mappedField('City', 'LogisticsPostalAddress')],
  }),
  ...Object.fromEntries(
    ['ProjTable', 'HcmWorker', 'LogisticsPostalAddress'].map((name) => [
      tableAt(name),
      tableXml(name, true),
    ]),
  ),
};

const mapped = (syncDirection: number, sourceField: string, destinationField: string): object => ({
  syncDirection,
  sourceField,
  destinationField,
});

interface Row {
  readonly id: string;
  readonly filter?: string;
  readonly mappings: readonly object[];
  readonly metadata?: MetadataTexts;
  /** `code.variant text < text of related places` */
  readonly found?: readonly string[];
}

const rows: readonly Row[] = [
  { id: 'tracked fields', mappings: [mapped(3, 'ID', 'id'), mapped(1, 'id', 'number')] },
  { id: 'fields mapped the other way', mappings: [mapped(2, 'PARENTID', 'parent')] },
  { id: 'a default alone', mappings: [mapped(1, '', 'type')] },
  { id: 'a table that nobody knows', mappings: [mapped(1, 'UNKNOWN', 'unknown')] },
  { id: 'a field that nobody knows', mappings: [mapped(1, 'NOWHERE', 'nowhere')] },
  {
    id: 'an entity that nobody knows',
    mappings: [mapped(1, 'PARENTID', 'parent')],
    metadata: {},
  },
  {
    id: 'an outer join that is read only, told of once',
    mappings: [mapped(3, 'PARENTID', 'parent'), mapped(1, 'PARENTNAME', 'parentname')],
    found: ['untracked-mapping.outerReadOnly PARENTID < PARENTNAME'],
  },
  {
    id: 'lookups alone',
    mappings: [mapped(1, 'WORKERID', 'worker.id')],
    found: ['untracked-mapping.onlyLookups WORKERID'],
  },
  {
    id: 'two entities between',
    mappings: [mapped(1, 'CITY', 'city')],
    found: ['untracked-mapping.nested CITY'],
  },
  {
    id: 'virtual and computed fields',
    mappings: [mapped(1, 'VIRTUAL', 'v'), mapped(3, 'COMPUTED', 'c')],
    found: ['untracked-mapping.computed COMPUTED', 'untracked-mapping.virtual VIRTUAL'],
  },
  {
    id: 'a filter on a tracked field',
    filter: '(Id == "1")',
    mappings: [mapped(3, 'ID', 'id')],
  },
  {
    id: 'a filter on what is computed or far away',
    filter: '((Computed == "1") || (City == "x"))',
    mappings: [mapped(1, 'COMPUTED', 'c'), mapped(1, 'CITY', 'c2')],
    found: [
      'untracked-field.computed Computed',
      'untracked-field.nested City',
      'untracked-mapping.computed COMPUTED',
      'untracked-mapping.nested CITY',
    ],
  },
  {
    id: 'a filter on what is not mapped, said once',
    filter: '(City == "x")',
    mappings: [mapped(1, 'ID', 'id')],
    found: ['untracked-field.unmapped City'],
  },
  {
    id: 'a filter that is broken',
    filter: '(City == ',
    mappings: [mapped(1, 'CITY', 'c2')],
    found: ['untracked-mapping.nested CITY'],
  },
];

const english = translator('en');

function toldIn(document: Document, metadata: MetadataTexts): readonly string[] {
  const { text } = document;
  return diagnosticsOf(analyse(document, workspaceWith(metadata)), english)
    .filter(({ code }) => CODES.has(code))
    .map(({ problem, span, related, message }) => {
      doesNotMatch(message, /\{\w+\}|^problem\./u);
      const places = [span, ...related.map((each) => each.span)];
      const texts = places.map(({ start, end }) => decoded(text.slice(start, end)));
      return `${problem.code}.${problem.variant} ${texts.join(' < ')}`;
    })
    .toSorted();
}

/** One host writes every character of a filter as an escape. */
const decoded = (text: string): string =>
  text.replaceAll(/\\+u([0-9a-f]{4})/giu, (_whole, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );

describe('changes that nobody notices', () => {
  for (const { id, filter = '', mappings, metadata = METADATA, found = [] } of rows) {
    it(`are told of: ${id}`, () => {
      for (const { name, document } of hostsOf(filter, 'fo', 'Projects', mappings)) {
        // A filter in a file of its own stands in no map.
        if (document.side !== undefined) continue;
        deepEqual(toldIn(document, metadata), found, name);
      }
    });
  }

  it('wait until all metadata are read', () => {
    const mappings = [mapped(3, 'PARENTID', 'parent')];
    for (const { document } of hostsOf('(Computed == "1")', 'fo', 'Projects', mappings)) {
      const analysed = analyse(document, { ...workspaceWith(METADATA), isIndexing: true });
      const told = diagnosticsOf(analysed, english).map(({ problem }) => problem.variant);
      deepEqual(
        told.filter((variant) => variant === 'computed' || variant === 'outerReadOnly'),
        [],
      );
    }
  });

  it('are shown in their place after an edit in front of them', () => {
    const workspace = workspaceWith(METADATA);
    const mappings = [mapped(3, 'PARENTID', 'parent'), mapped(1, 'PARENTNAME', 'name')];
    const [, hosted] = hostsOf('(Id == "1")', 'fo', 'Projects', mappings);
    ok(hosted);
    const { document, offsetOf } = hosted;
    const edit = { span: { start: offsetOf(8), end: offsetOf(8) }, text: '    ' };
    const text = applyEdits(document.text, [edit]);
    const after = { ...document, text };
    const edited = reanalyse(analyse(document, workspace), edit, after, workspace);
    ok(edited);
    const places = (analysed: typeof edited): readonly unknown[] =>
      diagnosticsOf(analysed, english).map(({ code, span, related }) => [
        code,
        span,
        related.map((each) => each.span),
      ]);
    deepEqual(places(edited), places(analyse(after, workspace)));
  });
});

describe('the hover of a mapped field', () => {
  const mappings = [
    mapped(3, 'ID', 'id'),
    mapped(1, 'PARENTID', 'parent'),
    mapped(1, 'UNKNOWN', 'u'),
    mapped(2, 'VIRTUAL', 'v'),
  ];
  const said: readonly (readonly [string, RegExp])[] = [
    ['ID', /\*\*Tracked\*\*: a change of `ProjTable.ProjId`/u],
    ['PARENTID', /\*\*Not tracked\*\*: the data source `Parent` is outer joined and read only/u],
    ['UNKNOWN', /\*\*Not known\*\*: no metadata of `SomewhereElse`/u],
    ['VIRTUAL', /\*\*Not tracked\*\*: it is mapped towards Finance and Operations only/u],
  ];
  for (const [field, expected] of said) {
    it(`says whether ${field} is tracked, and why`, () => {
      const workspace = workspaceWith(METADATA);
      for (const { name, document } of hostsOf('', 'fo', 'Projects', mappings)) {
        if (document.side !== undefined) continue;
        const offset = document.text.indexOf(field) + 1;
        const hover = mappingHoverAt(analyse(document, workspace), offset, workspace, english);
        ok(hover, name);
        match(hover.markdown, expected);
        deepEqual(document.text.slice(hover.span.start, hover.span.end), field);
      }
    });
  }
  it('is none on the column of Dataverse', () => {
    const workspace = workspaceWith(METADATA);
    const [, hosted] = hostsOf('', 'fo', 'Projects', [mapped(3, 'ID', 'theColumn')]);
    ok(hosted);
    const offset = hosted.document.text.indexOf('theColumn') + 1;
    const analysed = analyse(hosted.document, workspace);
    deepEqual(mappingHoverAt(analysed, offset, workspace, english), undefined);
  });
});
