import type { Health } from '../src/health/check.ts';
import { healthReport, sayFindings, type SaidFinding, sayUnread } from '../src/health/report.ts';
import { explanationsIn } from '../src/messages/texts.ts';
import type { Translate } from '../src/problem/message.ts';
import { type Command, EXIT } from './command.ts';
import { evidenceAt } from './evidence.ts';
import { formatIn, readWords, WrongUsage } from './words.ts';

/** `dual-write health`: exported configuration held against itself, the maps beside it, and the metadata. */
export const health: Command = async (words, around, translate) => {
  const { values, positionals } = readWords(words, {
    metadata: { type: 'string', multiple: true, default: [] },
    format: { type: 'string' },
  });
  const format = formatIn(values.format, ['text', 'json', 'markdown']);
  if (positionals.length === 0) throw new WrongUsage('noPath', { command: 'health' });
  const say = explanationsIn(around.locale);
  const { evidence, unread } = await evidenceAt(positionals, values.metadata, around);
  for (const { path, variant } of unread) {
    around.error(`${path}: ${translate(`problem.file-unreadable.${variant}`)}\n`);
  }
  if (unread.some(({ variant }) => variant === 'missing')) return EXIT.findings;
  const checked = evidence.health;
  if (format !== 'markdown') {
    for (const sentence of sayUnread(checked, say, translate)) around.error(`${sentence}\n`);
  }
  around.out(printed(checked, format, say, translate));
  const isWell =
    unread.length === 0 &&
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
