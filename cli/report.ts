import manifest from '../package.json' with { type: 'json' };
import { catalogue, problemCodes, pageOf } from '../src/problem/catalogue.ts';
import type { Translate } from '../src/problem/message.ts';
import type { Diagnostic } from '../src/service/diagnostics.ts';
import { type Lines, linesOf } from '../src/text/lines.ts';
import type { Format } from './arguments.ts';

/** What was found in one file. */
export interface Checked {
  /** As the user named it. */
  readonly name: string;
  readonly uri: string;
  readonly text: string;
  /** What is said of a folder is no file checked. */
  readonly isFolder?: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export function report(checked: readonly Checked[], format: Format, translate: Translate): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(checked.flatMap(jsonOf), undefined, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(sarifOf(checked), undefined, 2)}\n`;
    case 'text':
      return textOf(checked, translate);
  }
}

/** `{file, range, severity, code, phase, message}` with zero-based ranges of the Language Server Protocol. */
function jsonOf({ name, text, diagnostics }: Checked): readonly object[] {
  const lines = linesOf(text);
  return diagnostics.map(({ span, severity, code, phase, message }) => ({
    file: name,
    range: lines.rangeOf(span),
    severity,
    code,
    phase,
    message,
  }));
}

function textOf(checked: readonly Checked[], translate: Translate): string {
  const found = checked.flatMap(({ name, text, diagnostics }) => {
    const lines = linesOf(text);
    return diagnostics.map((diagnostic) => `${placedLine(name, lines, diagnostic)}\n`);
  });
  const files = checked.filter(({ isFolder }) => isFolder !== true).length;
  const summary =
    found.length === 0
      ? translate('cli.clean', { count: files })
      : translate('cli.summary', { count: found.length, files });
  return `${found.join('')}${summary}\n`;
}

/** `file:line:column severity code message`, which terminals and editors make a link of. */
export function placedLine(
  name: string,
  lines: Lines,
  { span, severity, code, message }: Diagnostic,
): string {
  const { line, character } = lines.placeOf(span.start);
  return `${name}:${line + 1}:${character + 1} ${severity} ${code} ${message}`;
}

const SARIF_LEVELS = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
} as const;

/** SARIF 2.1.0, the format that code scanning services import. */
function sarifOf(checked: readonly Checked[]): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: manifest.displayName,
            version: manifest.version,
            rules: problemCodes.map((code) => ({
              id: code,
              helpUri: pageOf(code),
              defaultConfiguration: { level: SARIF_LEVELS[catalogue[code].severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: checked.flatMap(sarifResults),
      },
    ],
  };
}

function sarifResults({ name, text, diagnostics }: Checked): readonly object[] {
  const lines = linesOf(text);
  return diagnostics.map(({ span, severity, code, message }) => {
    const { start, end } = lines.rangeOf(span);
    return {
      ruleId: code,
      level: SARIF_LEVELS[severity],
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(name.replaceAll('\\', '/')) },
            region: {
              startLine: start.line + 1,
              startColumn: start.character + 1,
              endLine: end.line + 1,
              endColumn: end.character + 1,
            },
          },
        },
      ],
    };
  });
}
