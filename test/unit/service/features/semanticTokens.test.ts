import { deepEqual } from 'node:assert/strict';
import { piecesOf } from '../../../../src/service/features/pieces.ts';
import { analyse } from '../../../../src/service/analysis.ts';
import { semanticTokensOf } from '../../../../src/service/features/semanticTokens.ts';
import { emptyWorkspace } from '../../../../src/service/workspace.ts';
import type { Side } from '../../../../src/map/model.ts';
import { inEveryHost, marked, projects } from './kit.ts';

/** Each word is one token, `type` of the same number stands for it; what is between them is none. */
const CASES: readonly (readonly [Side, string, string])[] = [
  [
    'fo',
    '(⟦ParentProject⟧ ⟦==⟧ ⟦"a\\"b"⟧) ⟦&&⟧ (⟦!⟧(⟦A⟧ ⟦=⟧ ⟦NoYes⟧::⟦Yes⟧))',
    'property operator string operator operator property operator enum enumMember',
  ],
  [
    'fo',
    "(⟦Date⟧ ⟦<=⟧ ⟦23\\06\\2021⟧) ⟦||⟧ (⟦Ds⟧.⟦F⟧ ⟦like⟧ ⟦'x*'⟧) ⟦||⟧ (⟦D⟧[⟦1⟧] ⟦>⟧ ⟦-1.5⟧)",
    'property operator number operator namespace property operator string operator property number operator number',
  ],
  ['fo', '(⟦SysUtil⟧::⟦day⟧(⟦1⟧))', 'type function number'],
  [
    'dataverse',
    "⟦not⟧ ⟦startswith⟧(⟦name⟧,⟦'O''B'⟧) ⟦and⟧ (⟦_a_value⟧ ⟦eq⟧ ⟦null⟧ ⟦or⟧ ⟦b⟧ ⟦ne⟧ ⟦3⟧)",
    'operator function property string operator property operator keyword operator property operator number',
  ],
  [
    'dataverse',
    "⟦Microsoft.Dynamics.CRM⟧.⟦LastXDays⟧(⟦PropertyName⟧=⟦'on'⟧,⟦PropertyValue⟧=⟦7⟧)",
    'namespace function parameter string parameter number',
  ],
  [
    'dataverse',
    '⟦orders⟧/⟦any⟧(⟦o⟧:⟦o⟧/⟦total⟧ ⟦gt⟧ ⟦5⟧ ⟦and⟧ ⟦open⟧ ⟦eq⟧ ⟦true⟧)',
    'property function variable variable property operator number operator property operator keyword',
  ],
];

describe('semantic tokens', () => {
  for (const [side, fixture, types] of CASES) {
    it(fixture.replaceAll(/[⟦⟧]/gu, ''), () => {
      const { text, spans } = marked(fixture);
      inEveryHost(text, side, (document, _host, spanOf) => {
        deepEqual(
          semanticTokensOf(document).map(({ type, span }) => ({ type, ...span })),
          spans.map((span, index) => ({ type: types.split(' ')[index], ...spanOf(span) })),
        );
      });
    });
  }

  it('tells a computed column from one that can be written', () => {
    const filter = '(Shown == "") && (ParentProject == "")';
    inEveryHost(
      filter,
      'fo',
      (document, { name }) => {
        const shown = semanticTokensOf(document).filter(({ modifiers }) => modifiers.length > 0);
        // Without a map around it nobody knows the entity.
        deepEqual(shown.length, name.endsWith('.xppfilter') ? 0 : 1);
      },
      projects,
    );
  });

  it('answers a range with the tokens that meet it', () => {
    const filter = '(A == 1) && (B == 2)';
    inEveryHost(filter, 'fo', (document, _host, spanOf) => {
      const all = semanticTokensOf(document);
      deepEqual(semanticTokensOf(document, spanOf({ start: 12, end: 20 })), all.slice(-3));
      deepEqual(semanticTokensOf(document, { start: 0, end: 0 }), []);
    });
  });

  it('ends at the line', () => {
    const document = analyse(
      { uri: 'a.xppfilter', text: '(A == "x\r\ny")', side: 'fo' },
      emptyWorkspace,
    );
    deepEqual(
      semanticTokensOf(document)
        .filter(({ type }) => type === 'string')
        .map(({ span }) => span),
      [
        { start: 6, end: 8 },
        { start: 10, end: 12 },
      ],
    );
  });

  it('leaves out markup between two pieces of a text', () => {
    const text =
      '<r><msdyn_mapping>{"legs":[{"sourceFilter":"(Parent<!-- P --><![CDATA[Project == 1)"}]}]]></msdyn_mapping></r>';
    const document = analyse({ uri: 'a.xml', text }, emptyWorkspace);
    const [filter] = document.filters;
    deepEqual(
      semanticTokensOf(document).map(({ span }) => text.slice(span.start, span.end)),
      ['Parent', 'Project', '==', '1'],
    );
    deepEqual(
      filter === undefined ? [] : piecesOf(filter.site.text, { start: 0, end: 0 }, text),
      [],
    );
  });
});
