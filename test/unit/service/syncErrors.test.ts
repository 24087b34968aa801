import { deepEqual, equal } from 'node:assert/strict';
import { analyse } from '../../../src/service/analysis.ts';
import { checkSyncErrors, type ErrorsOfMapping } from '../../../src/service/checks/syncErrors.ts';
import { diagnosticsOf } from '../../../src/service/diagnostics.ts';
import { emptyWorkspace, type Workspace } from '../../../src/service/workspace.ts';

const errors = (mapping: string, count = 1): readonly ErrorsOfMapping[] => [{ mapping, count }];

/** The marked text and the arguments of each problem. */
const found = (text: string, told: readonly ErrorsOfMapping[]): unknown =>
  checkSyncErrors(text, told).map(({ span, args }) => [text.slice(span.start, span.end), args]);

describe('Synchronization errors in the file of a project', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['at the name of the mapping', '{"mappings":[{"name":"A"},{"name":"B"}]}', '"B"'],
    ['at the name of a standard mapping', '{"useDefaults":["A","B"]}', '"B"'],
    [
      'at the mapping before the standard one',
      '{"useDefaults":["B"],"mappings":[{"name":"B"}]}',
      '"B"',
    ],
    ['behind comments', '// B\n{"mappings":[{/* B */"name":"B"}]}', '"B"'],
    ['where the project begins if the mapping stands nowhere', '// B\n{"mappings":[]}', '{'],
    ['in what is left of a broken file', '{"mappings":[{"name":"B"', '"B"'],
  ];
  for (const [name, text, marked] of cases) {
    it(`are marked ${name}`, () => {
      deepEqual(found(text, errors('B', 3)), [[marked, { mapping: 'B', count: 3 }]]);
    });
  }

  it('are marked even in an empty file, and nothing is where there are none', () => {
    equal(checkSyncErrors('', errors('B')).length, 1);
    deepEqual(found('{"mappings":[{"name":"B"}]}', errors('B', 0)), []);
    deepEqual(found('{"mappings":[{"name":"B"}]}', []), []);
  });

  const PROJECT = '{\n// dual-write-disable-next-line sync-errors\n"mappings":[{"name":"B"}]}';
  const codes = (text: string, workspace: Workspace, told: readonly ErrorsOfMapping[]) =>
    diagnosticsOf(
      analyse({ uri: 'file:///w/a.sync.json', text }, workspace),
      (key) => key,
      checkSyncErrors(text, told),
    )
      .map(({ code, severity }) => `${code} ${severity}`)
      .filter((each) => !each.startsWith('project-'));

  it('are suppressed by a comment, which is not called unused after a run without errors', () => {
    deepEqual(codes(PROJECT, emptyWorkspace, errors('B')), []);
    deepEqual(codes(PROJECT, emptyWorkspace, []), []);
  });

  it('are as loud as the settings say', () => {
    const text = '{"mappings":[{"name":"B"}]}';
    const withSeverity = (level: 'hint' | 'off'): Workspace => ({
      ...emptyWorkspace,
      diagnostics: { ...emptyWorkspace.diagnostics, severity: { 'sync-errors': level } },
    });
    deepEqual(codes(text, emptyWorkspace, errors('B')), ['sync-errors warning']);
    deepEqual(codes(text, withSeverity('hint'), errors('B')), ['sync-errors hint']);
    deepEqual(codes(text, withSeverity('off'), errors('B')), []);
  });
});
