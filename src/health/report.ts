import type { Translate } from '../problem/message.ts';
import { code, plain, table } from '../text/markdown.ts';
import { sayRowProblem } from '../service/rowProblems.ts';
import { linesOf } from '../text/lines.ts';
import { type Health, severityOf, spanOf } from './check.ts';
import type { Finding, Rule } from './finding.ts';
import { RULES } from './finding.ts';
import { sharedTables, trackedEntities } from './tracked.ts';

/** A finding as a program reads it; places count from zero. */
export interface SaidFinding {
  readonly uri: string;
  readonly file: string;
  readonly rule: Rule;
  readonly severity: (typeof RULES)[Rule];
  readonly message: string;
  readonly range: ReturnType<ReturnType<typeof linesOf>['rangeOf']>;
}

const sayFinding = ({ rule, args }: Finding, say: Translate): string => say(`health.${rule}`, args);

export function sayFindings({ findings }: Health, say: Translate): readonly SaidFinding[] {
  const lines = new Map<string, ReturnType<typeof linesOf>>();
  return findings.map((finding) => {
    const { rule, place } = finding;
    const { uri, name, text = '' } = place.file;
    const own = lines.get(uri) ?? linesOf(text);
    lines.set(uri, own);
    return {
      uri,
      file: name,
      rule,
      severity: severityOf(rule),
      message: sayFinding(finding, say),
      range: own.rangeOf(spanOf(place)),
    };
  });
}

/** The check as Markdown: what was read, what was found, what each rule is about, and who follows what. */
export function healthReport(health: Health, say: Translate, translate: Translate): string {
  const { configuration, findings, maps } = health;
  const parts = [
    `# ${say('health.title')}`,
    ...sayUnread(health, say, translate).map((sentence) => `> ${plain(sentence)}`),
  ];
  if (configuration.files.length === 0) parts.push(say('health.nothing'));
  else {
    parts.push(
      table(
        [say('health.file'), say('health.holds'), say('health.rows')],
        configuration.files.map(({ file, kind }) => [
          code(file.name),
          say(`health.kind.${kind}`),
          String(file.table.rowCount),
        ]),
      ),
      say('health.maps', { count: maps }),
      `## ${say('health.findings')}`,
      findings.length === 0 ? say('health.none') : ruleDocs(findings, say),
      ...performanceDocs(health, say),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

/** @param translate the sentences of l10n/messages.*.json, which tell what is wrong with a file. */
export const sayUnread = (
  { unread }: Health,
  say: Translate,
  translate: Translate,
): readonly string[] =>
  unread.map(({ name, problem }) =>
    say('health.unread', { file: name, reason: sayRowProblem(problem, translate) }),
  );

/** By rule: each finding with its place, then what to do. */
function ruleDocs(findings: readonly Finding[], say: Translate): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return rules
    .map((rule) =>
      [
        `### ${say(`health.severity.${severityOf(rule)}`)} · ${code(rule)}`,
        findings
          .filter((finding) => finding.rule === rule)
          .map((finding) => {
            const { file, row } = finding.place;
            const place = say('health.place', { file: code(file.name), row: row + 1 });
            return `- ${plain(sayFinding(finding, say))} (${place})`;
          })
          .join('\n'),
        say(`health.${rule}.fix`),
      ].join('\n\n'),
    )
    .join('\n\n');
}

/** More rows than anybody reads. */
const MOST_ROWS = 50;

function performanceDocs({ configuration: { events } }: Health, say: Translate): readonly string[] {
  if (events.length === 0) return [];
  const entities = trackedEntities(events);
  const shared = sharedTables(events);
  return [
    `## ${say('health.performance')}`,
    say('health.definitions', { count: events.length }),
    table(
      [say('health.entity'), say('health.definitionsHead'), say('health.saves')],
      entities
        .slice(0, MOST_ROWS)
        .map(({ entity, rows, tables }) => [
          code(entity),
          String(rows),
          tables.map((each) => `${code(each.table)} −${each.rows}`).join(', '),
        ]),
    ),
    ...(shared.length === 0
      ? []
      : [
          say('health.shared'),
          table(
            [say('health.table'), say('health.entities')],
            shared
              .slice(0, MOST_ROWS)
              .map((each) => [code(each.table), each.entities.map(code).join(', ')]),
          ),
        ]),
  ];
}
