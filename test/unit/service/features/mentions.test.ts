import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Side } from '../../../../src/map/model.ts';
import { analyse, type AnalysedDocument } from '../../../../src/service/analysis.ts';
import { definitionAt } from '../../../../src/service/features/definition.ts';
import { highlightsAt } from '../../../../src/service/features/highlights.ts';
import {
  declarationOf,
  mentionsIn,
  targetAt,
  targetInMetadata,
} from '../../../../src/service/features/references.ts';
import { emptyWorkspace } from '../../../../src/service/workspace.ts';
import { entityText, entityUri, inEveryHost, mapWith, marked, projects } from './kit.ts';

const HIGHLIGHTS: readonly (readonly [Side, string])[] = [
  ['fo', '(⟦¦Parent⟧ == "Parent") && !(⟦PARENT⟧ != ParentProject) || (Ds.⟦parent⟧ == 1)'],
  ['fo', '(Parent == ¦"x") && (Parent == "x")'],
  ['fo', '⟦¦(⟧(A == "(") && (B == 2)⟦)⟧'],
  ['fo', '((A == "(") && (B == 2))¦'.replace('((A', '⟦(⟧(A').replace('))¦', ')⟦)⟧¦')],
  ['fo', '¦((A == 1)'],
  ['dataverse', "⟦par¦ent⟧ eq 1 or _⟦parent⟧_value eq null or other/parent eq 'parent'"],
  ['dataverse', 'a in ⟦(⟧1,2¦⟦)⟧ and b eq 3'],
  ['dataverse', "⟦¦on⟧ ne null and Microsoft.Dynamics.CRM.Today(PropertyName='⟦on⟧')"],
  ['dataverse', 'orders/any(o:o/total eq 1) and ⟦tot¦al⟧ eq 2'],
];

describe('highlights', () => {
  for (const [side, fixture] of HIGHLIGHTS) {
    it(fixture, () => {
      const { text, caret, spans } = marked(fixture);
      inEveryHost(text, side, (document, { offsetOf }, spanOf) => {
        const found = highlightsAt(document, offsetOf(caret)).map(({ span }) => span);
        deepEqual(found, spans.map(spanOf));
      });
    });
  }

  it('shows the field mappings of the leg weaker', () => {
    const { analysed, text } = mapped();
    const at = text.indexOf('ParentProject');
    deepEqual(
      highlightsAt(analysed, at).map(({ strength, span }) => [
        strength,
        text.slice(span.start, span.end),
      ]),
      [
        ['strong', 'ParentProject'],
        ['weak', 'PARENTPROJECT'],
      ],
    );
    const columns = highlightsAt(analysed, text.indexOf('_msdyn_parent') + 3);
    deepEqual(
      columns.map(({ strength, span }) => [strength, text.slice(span.start, span.end)]),
      [
        ['strong', 'msdyn_parent'],
        ['weak', 'msdyn_parent'],
      ],
    );
  });
});

/** Fields, a lookup and a value map. */
function mapped(): { readonly analysed: AnalysedDocument; readonly text: string } {
  const text = mapWith(
    '(ParentProject == "") && (Kind == Kind::Person) && (Kind != "organization")',
    '_msdyn_parent_value eq null and kind eq 192350001 and open eq true',
    [
      { sourceField: 'PARENTPROJECT', destinationField: 'msdyn_parent.msdyn_name' },
      {
        sourceField: 'KIND',
        destinationField: 'kind',
        valueTransforms: [
          { transformType: 'ValueMap', valueMap: { person: '192350001', organization: '7' } },
        ],
      },
      {
        sourceField: 'OPEN',
        destinationField: 'open',
        valueTransforms: [{ transformType: 'ValueMap', valueMap: { no: 'False', yes: 'True' } }],
      },
    ],
  );
  return { analysed: analyse({ uri: 'file:///workspace/a.json', text }, projects), text };
}

describe('definition', () => {
  /** What stands at the targets, first line alone. */
  const targetsOf = (words: string, workspace = projects): readonly string[] => {
    const { analysed, text } = mapped();
    const found = definitionAt(analysed, text.indexOf(words), workspace);
    if (found === undefined) return [];
    ok(text.slice(found.from.start, found.from.end) !== '');
    return found.targets.map(({ uri, span }) => {
      const target = uri === entityUri ? entityText : text;
      return target.slice(span.start, span.end).replaceAll(/\s+/gu, '').slice(0, 60);
    });
  };

  it('leads from a field to the entity, else to its field mapping', () => {
    deepEqual(targetsOf('ParentProject =='), [
      '<AxDataEntityViewFieldxmlns=""i:type="AxDataEntityViewMapped',
    ]);
    deepEqual(targetsOf('PARENTPROJECT'), targetsOf('ParentProject =='));
    deepEqual(targetsOf('ParentProject ==', emptyWorkspace), [
      '{"sourceField":"PARENTPROJECT","destinationField":"msdyn_par',
    ]);
  });

  it('leads from the label to the entity', () => {
    deepEqual(targetsOf('Projects] - '), []);
    const { analysed, text } = mapped();
    const at = text.indexOf('Projects', text.indexOf('sourceSchema'));
    deepEqual(definitionAt(analysed, at, projects)?.targets, [
      projects.metadata.entityNamed('ProjectEntity')?.origin,
    ]);
  });

  it('leads from a value to its line in the value map', () => {
    deepEqual(targetsOf('Kind::Person'), ['"person":"192350001"']);
    deepEqual(targetsOf('organization\\"'), ['"organization":"7"']);
    deepEqual(targetsOf('192350001'), ['"person":"192350001"']);
    deepEqual(targetsOf('true'), ['"yes":"True"']);
    deepEqual(targetsOf('null'), []);
  });

  it('leads from a column to its field mapping', () => {
    deepEqual(targetsOf('msdyn_parent_value'), [
      '{"sourceField":"PARENTPROJECT","destinationField":"msdyn_par',
    ]);
  });

  it('finds the field from a filter in every document', () => {
    const { text, caret, spans } = marked('(⟦Par¦entProject⟧ == "")');
    inEveryHost(
      text,
      'fo',
      (document, { offsetOf, name }, spanOf) => {
        const found = definitionAt(document, offsetOf(caret), projects);
        if (name.endsWith('.xppfilter')) {
          equal(found, undefined);
          return;
        }
        deepEqual(found?.from, spans.map(spanOf)[0]);
        deepEqual(
          found?.targets.map(({ uri }) => uri),
          [entityUri],
        );
      },
      projects,
    );
  });
});

describe('references', () => {
  const documentOf = (name: string, text: string): AnalysedDocument =>
    analyse({ uri: `file:///workspace/${name}`, text }, projects);
  const mine = documentOf(
    'a.json',
    mapWith('(ParentProject == "")', '', [{ sourceField: 'PARENTPROJECT' }]),
  );
  const byName = documentOf('b.json', mapWith('(parentproject != "1")', '', [], 'ProjectEntity'));
  const other = documentOf('c.json', mapWith('(ParentProject == "")', '', [], 'Customers'));

  it('finds a field in every map of its entity, by label or by name', () => {
    const target = targetAt(mine, mine.document.text.indexOf('ParentProject'), projects);
    ok(target);
    const found = [mine, byName, other].map((document) =>
      mentionsIn(document, target, projects).map(({ name }) => name),
    );
    deepEqual(found, [['PARENTPROJECT', 'ParentProject'], ['parentproject'], []]);
    equal(declarationOf(target, projects.metadata)?.uri, entityUri);
  });

  it('finds the same from the field in the AOT, and from an entity its maps', () => {
    const field = targetInMetadata(entityUri, entityText, entityText.indexOf('ParentProject'));
    deepEqual(field, targetAt(mine, mine.document.text.indexOf('ParentProject'), projects));
    const entity = targetInMetadata(entityUri, entityText, entityText.indexOf('ProjectEntity'));
    ok(entity);
    const found = [mine, byName, other].map((document) =>
      mentionsIn(document, entity, projects).map(({ name }) => name),
    );
    deepEqual(found, [['Projects'], ['ProjectEntity'], []]);
    equal(targetInMetadata(entityUri, entityText, 0), undefined);
    equal(targetInMetadata('a.json', '{', 0), undefined);
  });

  it('keeps to one table on the Dataverse side', () => {
    const map = documentOf('d.json', mapWith('', 'a eq 1', [{ destinationField: 'a.b' }], 'X'));
    const target = targetAt(map, map.document.text.indexOf('a eq'), projects);
    ok(target);
    deepEqual(
      mentionsIn(map, target, projects).map(({ place }) => place),
      ['mapping', 'filter'],
    );
    equal(declarationOf(target, projects.metadata), undefined);
  });

  it('has nothing at other places', () => {
    equal(targetAt(mine, 0, projects), undefined);
  });
});
