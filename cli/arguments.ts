import { parseArgs } from 'node:util';
import { type DiagnosticOptions, isCode, isLevel } from '../src/service/diagnosticOptions.ts';

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

export type Arguments =
  | CheckArguments
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly reason: string };

/** Reads the words of the command line; what can't be read is `wrong`, with the reason. */
export function readArguments(words: readonly string[]): Arguments {
  try {
    return interpret(words);
  } catch (error) {
    return { kind: 'wrong', reason: error instanceof Error ? error.message : String(error) };
  }
}

function interpret(words: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      metadata: { type: 'string', multiple: true, default: [] },
      severity: { type: 'string', multiple: true, default: [] },
      format: { type: 'string', default: 'text' },
      side: { type: 'string' },
      expression: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  });
  const [command, ...paths] = positionals;
  if (values.help || command === 'help') return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const { format, side, expression, metadata } = values;
  if (command !== 'check') return wrong(`unknown command ${command ?? '(none)'}`);
  if (format !== 'text' && format !== 'json' && format !== 'sarif') {
    return wrong(`--format takes text, json or sarif, not ${format}`);
  }
  const severity = readSeverities(values.severity);
  if (typeof severity === 'string') return wrong(severity);
  if (expression !== undefined) {
    if (side !== 'fo' && side !== 'dataverse') {
      return wrong('--expression needs --side fo or --side dataverse');
    }
    return paths.length === 0
      ? { kind: 'expression', side, expression, severity, format }
      : wrong('give either paths or --expression');
  }
  if (side !== undefined) return wrong('--side goes with --expression');
  return paths.length === 0
    ? wrong('check needs a path')
    : { kind: 'paths', paths, metadata, severity, format };
}

/** A text tells what is wrong with them. */
function readSeverities(written: readonly string[]): DiagnosticOptions['severity'] | string {
  const pairs: [string, string][] = [];
  for (const pair of written) {
    const [code = '', level = '', ...others] = pair.split('=');
    if (!isCode(code)) return `--severity: there is no problem ${code === '' ? pair : code}`;
    if (!isLevel(level) || others.length > 0) {
      return `--severity takes CODE=error|warning|information|hint|off, not ${pair}`;
    }
    pairs.push([code, level]);
  }
  return Object.fromEntries(pairs);
}

const wrong = (reason: string): Arguments => ({ kind: 'wrong', reason });
