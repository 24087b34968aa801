import type { Node } from 'jsonc-parser';
import type { Analysed, Problem } from '../../problem/problem.ts';
import { plainText } from '../../text/embedded.ts';
import { itemsOf, type JsonText, nodeSpan, propertyOf, readJson } from '../../text/json.ts';
import type { Span } from '../../text/span.ts';
import { checkConnection } from '../admin/connectionRules.ts';
import type { Finding, Path } from '../admin/finding.ts';
import { checkMappings } from '../admin/mappingRules.ts';
import { checkNames } from './checkNames.ts';
import { checkSettings } from './checkSettings.ts';
import type { ProjectFile } from './file.ts';
import { projectShape } from './projectShape.ts';
import type { PlacedProblem } from './placedProblem.ts';
import { standardMappings } from './standardSetup.ts';

/**
 * Reads a sync project. The value is undefined where a part is missing that nothing can do without; problems carry
 * places of the text. Comments are allowed. Never throws.
 */
export function readProject(text: string): Analysed<ProjectFile | undefined> {
  const { value: json, problems: syntax } = readJson(plainText(text));
  if (json.root === undefined) {
    const span = { start: 0, end: Math.min(1, text.length) };
    return {
      value: undefined,
      problems: syntax.length > 0 ? syntax : [{ code: 'json-syntax', variant: 'end', span }],
    };
  }
  const problems: Problem[] = [...syntax];
  const value = projectShape.read(json.root, json, (problem) => problems.push(problem));
  // After a syntax error the rest may be a piece of what was meant: its names say nothing.
  if (value === undefined || problems.some(({ code }) => code !== 'project-unknown-key')) {
    return { value: syntax.length > 0 ? undefined : value, problems: inOrder(problems) };
  }
  const placed: readonly PlacedProblem[] = [
    ...checkNames(value, json),
    ...checkSettings(value),
    ...findingsOf(value).map(({ rule, args = {}, path }) => ({
      code: 'project-connection' as const,
      variant: rule,
      args,
      path,
    })),
  ];
  return {
    value,
    problems: inOrder([
      ...problems,
      ...placed.map(({ path, ...problem }) => ({ ...problem, span: spanAt(json, path) })),
    ]),
  };
}

/** What the connection lacks is said by the runs; a key that nobody knows does no harm. */
export const keepsClosed = ({ code }: Problem): boolean =>
  code !== 'project-connection' && code !== 'project-unknown-key';

/** What in the setup will stop a run (`bc-sync.md` 6). */
const findingsOf = (project: ProjectFile): readonly Finding[] => {
  const { businessCentral, dataverse, mappings = [], connection = {} } = project;
  return [
    ...checkConnection(connection),
    ...checkMappings({
      tables: businessCentral.tables,
      integrationTables: dataverse.tables,
      mappings: [...mappings, ...standardMappings(project)],
      connection,
    }),
  ];
};

/** Where a part of the project stands; what is not written there itself, at the nearest part around it. */
function spanAt(json: JsonText, path: Path): Span {
  let found: Node | undefined = json.root;
  for (const step of path) {
    const next: Node | undefined =
      typeof step === 'number' ? itemsOf(found)[step] : propertyOf(found, step);
    if (next === undefined) break;
    found = next;
  }
  if (found === undefined) return { start: 0, end: 1 };
  const span = nodeSpan(json, found);
  // A whole list or object is too much to mark: its first sign is enough.
  const isLong = found.type === 'object' || found.type === 'array';
  return isLong ? { start: span.start, end: span.start + 1 } : span;
}

const inOrder = (problems: readonly Problem[]): readonly Problem[] =>
  problems.toSorted((left, right) => left.span.start - right.span.start);
