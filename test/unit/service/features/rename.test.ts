import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Side } from '../../../../src/map/model.ts';
import { analyse } from '../../../../src/service/analysis.ts';
import { targetAt } from '../../../../src/service/features/references.ts';
import { prepareRename, renameIn } from '../../../../src/service/features/rename.ts';
import { emptyWorkspace } from '../../../../src/service/workspace.ts';
import { applyEdits } from '../../../../src/text/edit.ts';
import { en, filterAfter, inEveryHost, mapWith, marked } from './kit.ts';

const RENAMES: readonly (readonly [Side, string, string, string])[] = [
  ['fo', '(⟦¦A⟧ == "A") && !(a != B)', 'New', '(New == "A") && !(New != B)'],
  ['fo', '(⟦A¦⟧ like "\\"<&>") || (Ds.A == 1', 'Řád_1', '(Řád_1 like "\\"<&>") || (Ds.Řád_1 == 1'],
  [
    'dataverse',
    "a eq 1 and (_⟦¦b⟧_value ne null or b/name eq 'b')",
    'msdyn_c',
    "a eq 1 and (_msdyn_c_value ne null or msdyn_c/name eq 'b')",
  ],
];

describe('rename', () => {
  for (const [side, fixture, name, expected] of RENAMES) {
    it(`${fixture} to ${name}`, () => {
      const { text, caret, spans } = marked(fixture);
      inEveryHost(text, side, (document, { offsetOf }, spanOf) => {
        const prepared = prepareRename(document, offsetOf(caret), en);
        equal(prepared.kind, 'possible');
        deepEqual('span' in prepared ? prepared.span : undefined, spans.map(spanOf)[0]);
        const target = targetAt(document, offsetOf(caret), emptyWorkspace);
        ok(target);
        const renamed = renameIn([document], target, name, emptyWorkspace, en);
        ok(renamed.kind === 'possible');
        deepEqual(filterAfter(document, renamed.change.edits[0]?.edits ?? []), expected);
      });
    });
  }

  const text = mapWith('(Parent == "") && (Kind == 1)', '_msdyn_parent_value eq null', [
    { sourceField: 'PARENT', destinationField: 'msdyn_parent.msdyn_name' },
    { sourceField: 'Kind', destinationField: 'kind' },
  ]);
  const map = analyse({ uri: 'file:///workspace/a%20b.json', text }, emptyWorkspace);
  const at = (words: string): number => text.indexOf(words);
  const rename = (words: string, name: string): string => {
    const target = targetAt(map, at(words), emptyWorkspace);
    ok(target);
    const renamed = renameIn([map], target, name, emptyWorkspace, en);
    return renamed.kind === 'refused'
      ? renamed.reason
      : applyEdits(text, renamed.change.edits[0]?.edits ?? []);
  };

  it('renames field mappings, in capitals where they were', () => {
    equal(
      rename('Parent ', 'Mother'),
      text.replace('Parent ', 'Mother ').replace('PARENT', 'MOTHER'),
    );
    equal(rename('PARENT', 'Mother'), rename('Parent ', 'Mother'));
    equal(rename('Kind ', 'Sort'), text.replaceAll('Kind', 'Sort'));
    equal(rename('msdyn_parent_', 'm'), text.replaceAll('msdyn_parent', 'm'));
    equal(rename('Kind ', 'KIND'), text.replaceAll('Kind', 'KIND'));
  });

  it('says why it does not', () => {
    for (const name of [
      '',
      '1',
      'a b',
      'x == 1) || (y',
      'a.b',
      '"a"',
      'A::B',
      'a[1]',
      '!a',
      '%1',
    ]) {
      equal(rename('Parent ', name), en('rename.no-name', { name }));
    }
    for (const name of ['', '1', 'a b', 'a/b', 'a.b', "'a'", '$it', 'null', '@p']) {
      equal(rename('kind', name), en('rename.no-name', { name }));
    }
    equal(rename('Parent ', 'KIND'), en('rename.taken', { name: 'KIND' }));
    deepEqual(prepareRename(map, at('=='), en), { kind: 'refused', reason: en('rename.nothing') });
    deepEqual(prepareRename(map, at('Projects",'), en), {
      kind: 'refused',
      reason: en('rename.entity'),
    });
  });

  it('renames nothing where a document would read differently', () => {
    // As the value of a name's neighbour the word is an operator.
    const document = analyse(
      { uri: 'file:///workspace/x.xppfilter', text: '(A == B C == 1)', side: 'fo' },
      emptyWorkspace,
    );
    const target = targetAt(document, 6, emptyWorkspace);
    ok(target);
    const renamed = renameIn([document], target, 'or', emptyWorkspace, en);
    equal(renamed.kind, 'refused');
  });
});
