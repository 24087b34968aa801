import type { Happening, StepResult } from '../../live/model.ts';
import type { Translate } from '../../problem/message.ts';
import { linesOf } from '../../text/lines.ts';
import { notMet, type Rehearsed, stepTitle } from './rehearsal.ts';

/** How a rehearsal is told: `say` knows l10n/live.*.json, `translate` the messages of problems. */
export interface Voices {
  readonly say: Translate;
  readonly translate: Translate;
}

/** What happens, as a sentence, with what the product itself says. */
export function sentenceOf({ kind, code, args, message }: Happening, say: Translate): string {
  const sentence = say(`${kind}.${code}`, args);
  return message === undefined ? sentence : `${sentence} ${say('report.message', { message })}`;
}

export const outcomesText = (outcomes: readonly string[], say: Translate): string =>
  outcomes.map((each) => say(`outcome.${each}`)).join(say('outcome.or'));

/** One step in lines: what happens on each map, then what comes of it. */
export function stepLines(result: StepResult, { say, translate }: Voices): readonly string[] {
  const lines: string[] = [];
  let map: string | undefined;
  for (const happening of result.happenings) {
    if (happening.map !== map && happening.map !== undefined) lines.push(`  ${happening.map}`);
    map = happening.map;
    lines.push(
      `  ${map === undefined ? '' : '  '}${SIGNS[happening.kind] ?? '·'} ${sentenceOf(happening, say)}`,
    );
  }
  const log = result.log.flatMap(({ entity, record, message }) => [
    `  ▤ ${say('report.log', { of: record === '' ? entity : `${entity}, ${record}` })}`,
    ...message.split('\n').map((line) => `      ${line}`),
  ]);
  const failures = result.failures.map(({ code, args }) =>
    say('report.notMet', { sentence: translate(`problem.rehearsal-failed.${code}`, args) }),
  );
  return [...lines, ...log, ...failures.map((sentence) => `  ✗ ${sentence}`)];
}

const SIGNS: Readonly<Record<string, string>> = { error: '!', result: '=', write: '→' };

/** A rehearsal as text for a terminal. */
export function rehearsalText(rehearsed: Rehearsed, name: string, voices: Voices): string {
  const { say } = voices;
  const steps = rehearsed.results.map((result, index) => {
    const { step, failures, outcomes } = result;
    const sign = failures.length > 0 ? '✗' : step.expected === undefined ? '•' : '✓';
    const head = `${sign} ${index + 1}. ${stepTitle(result, index, say)}: ${outcomesText(outcomes, say)}`;
    return [head, ...stepLines(result, voices)].join('\n');
  });
  const title = rehearsed.rehearsal.description;
  return [`${name}${title === '' ? '' : ` – ${title}`}`, ...steps, ''].join('\n');
}

/** A rehearsal as data: codes and arguments, for programs; and the sentences, for people. */
export function rehearsalJson(
  { rehearsal, results, text }: Rehearsed,
  name: string,
  { say, translate }: Voices,
): object {
  const lines = linesOf(text);
  return {
    file: name,
    description: rehearsal.description,
    passed: results.every(({ failures }) => failures.length === 0),
    steps: results.map((result, index) => ({
      title: stepTitle(result, index, say),
      range: lines.rangeOf(result.step.span),
      outcomes: result.outcomes,
      maps: Object.fromEntries(result.maps.map(({ map, outcomes }) => [map, outcomes])),
      happenings: result.happenings.map((happening) => ({
        ...happening,
        // The log has it, as people read it.
        logged: undefined,
        sentence: sentenceOf(happening, say),
      })),
      log: result.log.map(({ entity, record, message }) => ({ entity, record, message })),
      failures: result.failures.map(({ span, code, args }) => ({
        range: lines.rangeOf(span),
        code,
        args,
        sentence: translate(`problem.rehearsal-failed.${code}`, args),
      })),
    })),
  };
}

export interface NamedRehearsal {
  readonly name: string;
  readonly rehearsed: Rehearsed;
  /** What is wrong with the file itself. */
  readonly errors: readonly string[];
}

/** The format of JUnit, which every CI reads: a suite per file, a case per step. */
export function rehearsalsAsJunit(all: readonly NamedRehearsal[], voices: Voices): string {
  const suites = all.map(({ name, rehearsed, errors }) => {
    const cases = rehearsed.results.map((result, index) => junitCase(result, index, name, voices));
    const broken = errors.map(
      (error) =>
        `    <testcase classname="${xml(name)}" name="${xml(name)}"><error message="${xml(error)}"/></testcase>`,
    );
    const counts = `tests="${cases.length + broken.length}" failures="${notMet(rehearsed)}" errors="${broken.length}" skipped="0"`;
    return [
      `  <testsuite name="${xml(name)}" ${counts}>`,
      ...broken,
      ...cases,
      '  </testsuite>',
    ].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

function junitCase(result: StepResult, index: number, file: string, voices: Voices): string {
  const { say, translate } = voices;
  const title = stepTitle(result, index, say);
  const told = stepLines(result, voices).join('\n');
  const failures = result.failures.map(
    ({ code, args }) =>
      `<failure message="${xml(translate(`problem.rehearsal-failed.${code}`, args))}">${xml(told)}</failure>`,
  );
  return `    <testcase classname="${xml(file)}" name="${xml(`${index + 1}. ${title}`)}">${failures.join('')}<system-out>${xml(told)}</system-out></testcase>`;
}

/** Characters that XML 1.0 does not allow at all are left out. */
const xml = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
