import { type ProblemCode, problemCodes, type Severity } from '../problem/catalogue.ts';

export type Level = Severity | 'off';

const LEVELS: ReadonlySet<string> = new Set<Level>([
  'error',
  'warning',
  'information',
  'hint',
  'off',
]);
const CODES: ReadonlySet<string> = new Set(problemCodes);

export const isLevel = (text: string): text is Level => LEVELS.has(text);
export const isCode = (text: string): text is ProblemCode => CODES.has(text);

/** What the user wants to hear of the problems that are found. */
export interface DiagnosticOptions {
  readonly severity: Readonly<Partial<Record<ProblemCode, Level>>>;
  readonly suppress: readonly Suppression[];
}

export interface Suppression {
  readonly code: ProblemCode;
  /** Name of a map, with `*` and `?` as wildcards; any map where it is missing. */
  readonly map?: string;
  readonly filter?: 'fo' | 'dataverse';
}

export const everything: DiagnosticOptions = { severity: {}, suppress: [] };

/** Reads the settings `severity` and `suppress`; what has another shape than declared counts as not set. */
export function readDiagnosticOptions(severity: unknown, suppress: unknown): DiagnosticOptions {
  return {
    severity: isRecord(severity)
      ? Object.fromEntries(
          Object.entries(severity).filter(
            ([code, level]) => isCode(code) && typeof level === 'string' && isLevel(level),
          ),
        )
      : {},
    suppress: Array.isArray(suppress) ? suppress.flatMap(readSuppression) : [],
  };
}

function readSuppression(value: unknown): readonly Suppression[] {
  if (!isRecord(value)) return [];
  const { code, map, filter } = value;
  if (typeof code !== 'string' || !isCode(code)) return [];
  // Half understood it would suppress more than was asked for.
  if (map !== undefined && typeof map !== 'string') return [];
  if (filter !== undefined && filter !== 'fo' && filter !== 'dataverse') return [];
  return [
    {
      code,
      ...(map === undefined ? {} : { map }),
      ...(filter === undefined ? {} : { filter }),
    },
  ];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a problem was found. A problem of the map around its filters has no `filter`. */
export interface Found {
  readonly code: ProblemCode;
  readonly maps: readonly string[];
  readonly filter: 'fo' | 'dataverse' | undefined;
}

/** Brackets of names such as `[Customers V3] - [accounts]` stand for themselves. */
export function isSuppressed(found: Found, suppress: readonly Suppression[]): boolean {
  return suppress.some(
    ({ code, map, filter }) =>
      code === found.code &&
      (filter === undefined || filter === found.filter) &&
      (map === undefined || found.maps.some((name) => isNamed(name, map))),
  );
}

function isNamed(name: string, pattern: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`)
    .replaceAll(/\*+/gu, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'isu').test(name);
}
