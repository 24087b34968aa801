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
  | CheckArguments
  | CompareArguments
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

const parse = (words: readonly string[]) =>
  parseArgs({
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

type Options = ReturnType<typeof parse>['values'];

function interpret(words: readonly string[]): Arguments {
  const { values, positionals } = parse(words);
  const [command, ...paths] = positionals;
  if (values.help || command === 'help') return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  if (command === 'compare') return interpretCompare(values, paths);
  if (command !== 'check') return wrong(`unknown command ${command ?? '(none)'}`);
  return interpretCheck(values, paths);
}

function interpretCheck(values: Options, paths: readonly string[]): Arguments {
  const { format, side, expression, metadata } = values;
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

function interpretCompare(values: Options, given: readonly string[]): Arguments {
  const { format, side, metadata } = values;
  const [first, second, ...others] = given;
  if (values.expression !== undefined || values.severity.length > 0) {
    return wrong(
      `compare takes no --${values.expression === undefined ? 'severity' : 'expression'}`,
    );
  }
  if (format !== 'text' && format !== 'json') {
    return wrong(`--format of compare takes text or json, not ${format}`);
  }
  if (first === undefined || second === undefined || others.length > 0) {
    return wrong(
      `compare needs two ${side === undefined ? 'paths' : 'texts'}, not ${given.length}`,
    );
  }
  if (side === undefined) {
    return { kind: 'comparePaths', paths: [first, second], metadata, format };
  }
  if (side !== 'fo' && side !== 'dataverse') {
    return wrong(`--side takes fo or dataverse, not ${side}`);
  }
  return metadata.length === 0
    ? { kind: 'compareTexts', side, texts: [first, second], format }
    : wrong('--metadata goes with paths');
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
