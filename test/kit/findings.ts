import assert from 'node:assert/strict';
import type { Side } from '../../src/map/model.ts';
import { problemKey, translator } from '../../src/problem/message.ts';
import { analyse } from '../../src/service/analysis.ts';
import { type Diagnostic, diagnosticsOf } from '../../src/service/diagnostics.ts';
import { fixesOf } from '../../src/service/fixes.ts';
import { type Document, emptyWorkspace } from '../../src/service/workspace.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { hostsOf } from './hosts.ts';

const english = translator('en');

/** A problem the way tables of tests write it: `code[.variant] | the text it marks`. */
const finding = ({ problem, filter }: Diagnostic): string => {
  const key = problemKey(problem).replace(/^problem\./u, '');
  const text = filter?.site.text.value.slice(problem.span.start, problem.span.end) ?? '';
  return `${key} | ${text}`;
};

export interface Case {
  readonly side?: Side;
  readonly filter: string;
  readonly mappings?: readonly object[];
}

/**
 * The problems of a filter among `codes`, after it was made sure that every host of it has the same ones at
 * the same places, with a sentence each.
 */
export function findingsIn(
  { side = 'fo', filter, mappings = [] }: Case,
  codes: readonly string[],
): readonly string[] {
  // Mappings stand in maps alone, so a filter in a file of its own says less.
  const hosts = hostsOf(filter, side, 'Projects', mappings).filter(
    ({ document }) => mappings.length === 0 || document.side === undefined,
  );
  const perHost = hosts.map(({ name, document, offsetOf }) => {
    const wanted = diagnosticsIn(document).filter(({ code }) => codes.includes(code));
    for (const { problem, span, message } of wanted) {
      const { start, end } = problem.span;
      const place = { start: offsetOf(start), end: offsetOf(end) };
      assert.deepEqual(span, place, `${name}: ${problem.code}`);
      assertSentence(message);
      for (const fix of problem.fixes ?? []) {
        assertSentence(english(`fix.${fix.title}`, fix.args));
      }
    }
    return wanted.map(finding);
  });
  const [first = [], ...others] = perHost;
  for (const other of others) assert.deepEqual(other, first);
  return first;
}

export const diagnosticsIn = (document: Document): readonly Diagnostic[] =>
  diagnosticsOf(analyse(document, emptyWorkspace), english);

/** The filter after one fix of the first problem of a code, the same in every host. */
export function fixedFilter(
  { side = 'fo', filter, mappings = [] }: Case,
  code: string,
  title?: string,
): string {
  const results = hostsOf(filter, side, 'Projects', mappings)
    .filter(({ document }) => mappings.length === 0 || document.side === undefined)
    .map(({ document }) => {
      const diagnostic = diagnosticsIn(document).find((each) => each.code === code);
      assert.ok(diagnostic, `${code} is not told`);
      const fixes = fixesOf(diagnostic, document, emptyWorkspace, english);
      const fix = title === undefined ? fixes[0] : fixes.find((each) => each.title === title);
      assert.ok(fix, `${code} has no fix ${title ?? ''}: ${fixes.map((f) => f.title).join(' | ')}`);
      const text = applyEdits(document.text, fix.change.edits[0]?.edits ?? []);
      const { filters } = analyse({ ...document, text }, emptyWorkspace);
      return filters.find(({ site }) => site.side === side)?.site.text.value;
    });
  assert.equal(new Set(results).size, 1, JSON.stringify(results));
  return results[0] ?? '';
}

function assertSentence(sentence: string): void {
  assert.doesNotMatch(sentence, /\{\w+\}|^(?:problem|fix)\./u);
}
