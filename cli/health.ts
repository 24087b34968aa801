import { parseArgs } from 'node:util';
import type { Health } from '../src/health/check.ts';
import { healthReport, sayFindings, type SaidFinding, sayUnread } from '../src/health/report.ts';
import { explanationsIn } from '../src/messages/texts.ts';
import type { Translate } from '../src/problem/message.ts';
import { type Command, EXIT, WrongUsage } from './commands.ts';
import { evidenceAt } from './evidence.ts';

/** `dual-write health`: exported configuration held against itself, the maps beside it, and the metadata. */
export const health: Command = async (words, around, translate) => {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      metadata: { type: 'string', multiple: true, default: [] },
      format: { type: 'string', default: 'text' },
    },
  });
  const { format } = values;
  if (format !== 'text' && format !== 'json' && format !== 'markdown') {
    throw new WrongUsage(`--format of health takes text, json or markdown, not ${format}`);
  }
  if (positionals.length === 0) throw new WrongUsage('health needs a folder or files');
  const say = explanationsIn(around.locale);
  const { evidence, missing } = await evidenceAt(positionals, values.metadata, around);
  for (const path of missing) {
    around.error(`${path}: ${translate('problem.file-unreadable.missing')}\n`);
  }
  if (missing.length > 0) return EXIT.findings;
  const checked = evidence.health;
  if (format !== 'markdown') {
    for (const sentence of sayUnread(checked, say, translate)) around.error(`${sentence}\n`);
  }
  around.out(printed(checked, format, say, translate));
  const isWell =
    checked.configuration.files.length > 0 &&
    checked.unread.length === 0 &&
    sayFindings(checked, say).every(({ severity }) => severity === 'information');
  return isWell ? EXIT.clean : EXIT.findings;
};

function printed(
  checked: Health,
  format: 'text' | 'json' | 'markdown',
  say: Translate,
  translate: Translate,
): string {
  if (format === 'markdown') return healthReport(checked, say, translate);
  const findings = sayFindings(checked, say);
  if (format === 'json') {
    const listed = findings.map(({ file, rule, severity, message, range }) => ({
      file,
      rule,
      severity,
      message,
      range,
    }));
    return `${JSON.stringify(listed, undefined, 2)}\n`;
  }
  if (checked.configuration.files.length === 0) return `${say('health.nothing')}\n`;
  const summary = say('health.summary', { count: findings.length });
  return `${findings.map(lineOf).join('')}${summary}\n`;
}

/** As `check` prints diagnostics. */
const lineOf = ({ file, range: { start }, severity, rule, message }: SaidFinding): string =>
  `${file}:${start.line + 1}:${start.character + 1} ${severity} ${rule} ${message}\n`;
