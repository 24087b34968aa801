import { type DiagnosticOptions, isCode, isLevel } from '../src/service/diagnosticOptions.ts';
import { formatIn, oneOf, readWords, WrongUsage } from './words.ts';

export type Format = 'text' | 'json' | 'sarif';

export type CheckArguments =
  | {
      readonly kind: 'paths';
      readonly paths: readonly string[];
      readonly metadata: readonly string[];
      readonly severity: DiagnosticOptions['severity'];
      readonly format: Format;
    }
  | {
      readonly kind: 'expression';
      readonly side: 'fo' | 'dataverse';
      readonly expression: string;
      readonly severity: DiagnosticOptions['severity'];
      readonly format: Format;
    };

export type CompareArguments =
  | {
      readonly kind: 'comparePaths';
      readonly paths: readonly [string, string];
      readonly metadata: readonly string[];
      readonly format: 'text' | 'json';
    }
  | {
      readonly kind: 'compareTexts';
      readonly side: 'fo' | 'dataverse';
      readonly texts: readonly [string, string];
      readonly format: 'text' | 'json';
    };

export type Arguments =
  CheckArguments | CompareArguments | { readonly kind: 'help' } | { readonly kind: 'version' };

const SIDES = ['fo', 'dataverse'] as const;

const parse = (words: readonly string[]) =>
  readWords(words, {
    metadata: { type: 'string', multiple: true, default: [] },
    severity: { type: 'string', multiple: true, default: [] },
    format: { type: 'string' },
    side: { type: 'string' },
    expression: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
    version: { type: 'boolean', default: false },
  });

type Options = ReturnType<typeof parse>['values'];

/** Reads the words of the command line. Throws `WrongUsage`. */
export function readArguments(words: readonly string[]): Arguments {
  const { values, positionals } = parse(words);
  const [command, ...paths] = positionals;
  if (values.help || command === 'help') return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  if (command === 'compare') return interpretCompare(values, paths);
  if (command === 'check') return interpretCheck(values, paths);
  throw command === undefined
    ? new WrongUsage('noCommand')
    : new WrongUsage('unknownCommand', { command });
}

function interpretCheck(values: Options, paths: readonly string[]): Arguments {
  const { expression, metadata } = values;
  const format = formatIn(values.format, ['text', 'json', 'sarif']);
  const severity = readSeverities(values.severity);
  const side = oneOf('--side', values.side, SIDES);
  if (expression !== undefined) {
    if (side === undefined) {
      throw new WrongUsage('needsOption', { option: '--expression', needed: '--side' });
    }
    if (paths.length > 0) throw new WrongUsage('pathOrExpression', { command: 'check' });
    return { kind: 'expression', side, expression, severity, format };
  }
  if (side !== undefined) {
    throw new WrongUsage('needsOption', { option: '--side', needed: '--expression' });
  }
  if (paths.length === 0) throw new WrongUsage('noPath', { command: 'check' });
  return { kind: 'paths', paths, metadata, severity, format };
}

function interpretCompare(values: Options, given: readonly string[]): Arguments {
  const { metadata } = values;
  const command = 'compare';
  const [first, second, ...others] = given;
  if (values.expression !== undefined || values.severity.length > 0) {
    const option = values.expression === undefined ? '--severity' : '--expression';
    throw new WrongUsage('notTaken', { command, option });
  }
  const format = formatIn(values.format, ['text', 'json']);
  const side = oneOf('--side', values.side, SIDES);
  if (first === undefined || second === undefined || others.length > 0) {
    const reason = side === undefined ? 'twoPaths' : 'twoTexts';
    throw new WrongUsage(reason, { command, count: given.length });
  }
  if (side === undefined) {
    return { kind: 'comparePaths', paths: [first, second], metadata, format };
  }
  if (metadata.length > 0) throw new WrongUsage('pathsOnly', { option: '--metadata' });
  return { kind: 'compareTexts', side, texts: [first, second], format };
}

function readSeverities(written: readonly string[]): DiagnosticOptions['severity'] {
  const pairs = written.map((pair): [string, string] => {
    const [code = '', level = '', ...others] = pair.split('=');
    if (!isCode(code)) {
      throw new WrongUsage('severityCode', { code: code === '' ? pair : code });
    }
    if (!isLevel(level) || others.length > 0) throw new WrongUsage('severity', { given: pair });
    return [code, level];
  });
  return Object.fromEntries(pairs);
}
