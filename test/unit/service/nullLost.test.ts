import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  applied,
  check,
  checkPlaces,
  checkWhole,
  fixesFor,
  MAP_URI,
  only,
  told,
} from '../../kit/check.ts';
import { mapForms, type LegParts } from '../../kit/maps.ts';
import {
  classXml,
  CLASS_URI,
  computedField,
  ENTITY_URI,
  entityXml,
  EXTENSION_URI,
  extensionXml,
  mappedField,
  type MetadataTexts,
  sampleTexts,
  tableXml,
} from '../../kit/metadata.ts';

/** A filter over the sample entity ProjectEntity, and what of it loses rows. */
const filters = [
  { filter: '(ParentProject == "")', lost: ['ParentProject == ""'] },
  { filter: '(ParentProject != "P-100")', lost: ['ParentProject != "P-100"'] },
  { filter: '(!(PARENTPROJECT == "P-100"))', lost: ['PARENTPROJECT == "P-100"'] },
  {
    filter: '((ParentProject == "") && (ProjectManager != "E-001"))',
    lost: ['ParentProject == ""', 'ProjectManager != "E-001"'],
  },
  { filter: '(ParentProject != "")', lost: [] },
  { filter: '(ParentProject == "P-100")', lost: [] },
  { filter: '(ProjectId != "P-100")', lost: [] },
  { filter: '((ParentProject != "") && (ParentProject != "P-100"))', lost: [] },
] as const;

describe('a filter that loses rows to NULL', () => {
  let samples: MetadataTexts = {};
  before(async () => {
    samples = await sampleTexts();
  });

  for (const form of mapForms) {
    for (const { filter, lost } of filters) {
      it(`is told at the comparison, in every form of a map: ${form.id}, ${filter}`, () => {
        const document = { uri: MAP_URI, text: form.write({ sourceFilter: filter }) };
        const diagnostics = only(
          check(document, samples),
          'null-lost',
          'null-possible',
          'metadata-missing',
        );
        checkPlaces(document, diagnostics);
        const unescaped = told(document, diagnostics).map((line) =>
          line.replaceAll('&quot;', '"').replaceAll('\\', ''),
        );
        deepEqual(
          unescaped,
          lost.map((comparison) => `null-lost ${comparison}`),
        );
        for (const { related, severity } of diagnostics) {
          equal(severity, 'warning');
          const [place, ...others] = related;
          ok(place);
          deepEqual(others, []);
          equal(
            samples[place.uri]?.slice(place.span.start, place.span.end),
            '<JoinMode>OuterJoin</JoinMode>',
          );
        }
      });

      if (lost.length > 0) {
        it(`is answered by a computed column: ${form.id}, ${filter}`, () => {
          let state = {
            document: { uri: MAP_URI, text: form.write({ sourceFilter: filter }) },
            metadata: samples,
          };
          for (const comparison of lost) {
            const [diagnostic] = only(check(state.document, state.metadata), 'null-lost');
            ok(diagnostic, comparison);
            const fixes = fixesFor(diagnostic, state.document, state.metadata);
            const fix = fixes.find(({ preferred }) => preferred);
            ok(fix, 'no fix is preferred');
            state = applied(fix, state.document, state.metadata);
            checkWhole(state.document);
          }
          deepEqual(
            only(
              check(state.document, state.metadata),
              'null-lost',
              'null-possible',
              'metadata-missing',
              'metadata-broken',
            ),
            [],
          );
        });
      }
    }
  }
});

const ENTITY = entityXml({
  fields: [mappedField('F', 'D'), mappedField('G', 'D')],
  root: { name: 'R', below: [{ name: 'D', table: 'T', join: 'OuterJoin' }] },
});
const ITEM = computedField('Mine', 'mine');
const SAFE = (name: string): string =>
  `public static str ${name}()\n{\n    return SysComputedColumn::if(SysComputedColumn::isNullExpression(f), SysComputedColumn::returnLiteral(""), f);\n}`;

const OUR_CLASS = 'file:///m/Model/AxClass/E_DualWrite_Extension.xml';

/** Where the column goes: what of the metadata is there already, and which files the fix touches and creates. */
const homes = [
  {
    id: 'nothing there',
    texts: {},
    edited: [],
    created: [
      'file:///m/Model/AxClass/E_DualWrite_Extension.xml',
      'file:///m/Model/AxDataEntityViewExtension/E.DualWrite.xml',
    ],
  },
  {
    id: 'extension and class',
    texts: {
      [EXTENSION_URI]: extensionXml(`<Fields>\n${ITEM}\n\t</Fields>`),
      [CLASS_URI]: classXml([['mine', SAFE('mine')]]),
    },
    edited: [CLASS_URI, EXTENSION_URI],
    created: [],
  },
  {
    id: 'extension without fields',
    texts: {
      [EXTENSION_URI]: extensionXml('<Fields />'),
      [CLASS_URI]: classXml([['mine', SAFE('mine')]]),
    },
    edited: [CLASS_URI, EXTENSION_URI],
    created: [],
  },
  {
    id: 'extension with an empty list',
    texts: {
      [EXTENSION_URI]: extensionXml('<Fields></Fields>'),
      [CLASS_URI]: classXml([['mine', SAFE('mine')]]),
    },
    edited: [CLASS_URI, EXTENSION_URI],
    created: [],
  },
  {
    id: 'extension alone',
    texts: { [EXTENSION_URI]: extensionXml('<Fields />') },
    edited: [EXTENSION_URI],
    created: ['file:///m/Model/AxClass/E_DualWrite_Extension.xml'],
  },
  {
    id: 'extension with its list missing',
    texts: { [EXTENSION_URI]: extensionXml('') },
    edited: [],
    created: [
      'file:///m/Model/AxClass/E_DualWrite_Extension.xml',
      'file:///m/Model/AxDataEntityViewExtension/E.DualWrite.xml',
    ],
  },
  {
    id: 'a class of ours without methods',
    texts: { [OUR_CLASS]: classXml([]).replace('<Methods></Methods>', '<Methods />') },
    edited: [OUR_CLASS],
    created: ['file:///m/Model/AxDataEntityViewExtension/E.DualWrite.xml'],
  },
  {
    id: 'such a column',
    texts: {
      [EXTENSION_URI]: extensionXml(`<Fields>${computedField('FNotNull', 'fNotNull')}</Fields>`),
      [CLASS_URI]: classXml([['fNotNull', SAFE('fNotNull')]]),
    },
    edited: [],
    created: [],
  },
  {
    id: 'another field of that name',
    texts: { [EXTENSION_URI]: extensionXml(`<Fields>${mappedField('FNotNull', 'R')}</Fields>`) },
    edited: [EXTENSION_URI],
    created: ['file:///m/Model/AxClass/E_DualWrite_Extension.xml'],
  },
] as const;

const leg: LegParts = {
  sourceFilter: '((F == "") || (F == "x"))',
  sourceSchema: 'Entities',
  fields: ['F'],
};

describe('the computed column', () => {
  for (const { id, texts, edited, created } of homes) {
    for (const newline of ['\n', '\r\n']) {
      it(`finds its place: ${id}, ${newline === '\n' ? 'LF' : 'CRLF'}`, () => {
        const metadata: MetadataTexts = Object.fromEntries(
          Object.entries({
            [ENTITY_URI]: ENTITY,
            'file:///m/Model/AxTable/T.xml': tableXml('T', true, [['F', 'String']]),
            ...texts,
          }).map(([uri, text]) => [uri, text.replaceAll('\n', newline)]),
        );
        const document = {
          uri: MAP_URI,
          text: JSON.stringify({ legs: [JSON.parse(mapForms[1]?.write(leg) ?? '').legs[0]] }),
        };
        const [diagnostic] = only(check(document, metadata), 'null-lost');
        ok(diagnostic);
        const fix = fixesFor(diagnostic, document, metadata).find(({ preferred }) => preferred);
        ok(fix);
        deepEqual(
          fix.change.edits
            .map(({ uri }) => uri)
            .filter((uri) => uri !== MAP_URI)
            .toSorted(),
          edited,
        );
        deepEqual(fix.change.files.map(({ uri }) => uri).toSorted(), created);
        const after = applied(fix, document, metadata);
        deepEqual(
          only(
            check(after.document, after.metadata),
            'null-lost',
            'null-possible',
            'metadata-broken',
          ),
          [],
        );
        for (const uri of edited) {
          const text = after.metadata[uri] ?? '';
          equal(text.replaceAll(newline, '').search(/[\r\n]/u), -1, `${uri} mixes line ends`);
        }
        // All comparisons of the field use the column, not only the one that loses rows.
        equal(after.document.text.includes('(F =='), false);
      });
    }
  }
});
