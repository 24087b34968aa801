import type { Entity, Method } from '../metadata/model.ts';
import type { WorkspaceChange } from '../text/change.ts';
import type { EmbeddedText } from '../text/embedded.ts';
import { toDocument } from '../text/embedded.ts';
import { childNamed, listNamed, readXml, xmlTextOf, xmlValueOf } from '../text/xml.ts';
import { MAPPING_METHOD, type MappingEntry } from '../tracking/mappingMethod.ts';
import { xppTokens } from '../tracking/xpp/tokens.ts';
import type { Target } from './generated.ts';
import { addedMethod } from './modelFiles.ts';

/** What is told around the entries, a comment each. */
export interface Steps {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Adds entries to `getEntityDataSourceToFieldMapping`: into the method of a class that extends the entity, else as a
 * method of such a class, which calls the one of the entity where that has one.
 */
export function addedEntries(
  entity: Entity,
  entries: readonly MappingEntry[],
  steps: Steps,
  target: Target,
): WorkspaceChange | undefined {
  return addedLines(
    entity,
    entryLines(entity, entries, steps),
    hasOwnMethod(entity, target),
    target,
  );
}

/**
 * Adds lines in front of the `return` of the method, of which `mapping` is the parameter.
 *
 * @param hasOwn whether the entity itself has the method, so that it is to be extended.
 */
export function addedLines(
  entity: Entity,
  lines: readonly string[],
  hasOwn: boolean,
  target: Target,
): WorkspaceChange | undefined {
  const methods = extending(entity, target);
  for (const { uri } of methods) {
    const change = intoMethod(uri, lines, target);
    if (change !== undefined) return change;
  }
  // A second method of that name would not compile.
  return methods.length > 0
    ? undefined
    : addedMethod(entity, MAPPING_METHOD, wholeMethod(lines, hasOwn), target);
}

/** Methods of that name in classes that extend the entity, and that may be changed. */
const extending = ({ name }: Entity, { metadata, model }: Target): readonly Method[] =>
  metadata
    .extensionMethodsOf(name)
    .filter((method) => method.name.toLowerCase() === MAPPING_METHOD.toLowerCase())
    .filter(({ uri }) => model === undefined || uri.startsWith(`${model}/`));

/** Whether the entity itself has the method. A class that extends it may have one of that name as well. */
export function hasOwnMethod({ origin }: Entity, { textOf }: Target): boolean {
  const text = textOf(origin.uri);
  return text !== undefined && sourceIn(text, MAPPING_METHOD) !== undefined;
}

/** The method as Microsoft documents it (SEED). One that the entity has is extended, not replaced. */
const wholeMethod = (lines: readonly string[], hasOwn: boolean): string =>
  [
    `    /// <summary>`,
    `    /// Names tables that dual-write is to track besides those it finds by itself.`,
    `    /// </summary>`,
    `    /// <param name = "mapping">What is tracked so far: data source, table, field with the RecId.</param>`,
    `    /// <returns>The same and the tables below.</returns>`,
    `    public static container ${MAPPING_METHOD}(container mapping)`,
    `    {`,
    ...(!hasOwn ? [] : [`        mapping = next ${MAPPING_METHOD}(mapping);`, ``]),
    ...lines.map((line) => (line === '' ? line : `        ${line}`)),
    ``,
    `        return mapping;`,
    `    }`,
  ].join('\n');

function entryLines(
  { name }: Entity,
  entries: readonly MappingEntry[],
  { before, after }: Steps,
): readonly string[] {
  const written = entries.map(
    ({ dataSource, table, field }) =>
      `[identifierStr(${dataSource}), tableNum(${table}), fieldStr(${name}, ${field})]`,
  );
  return [
    ...before.map((step) => `// ${step}`),
    ...(written.length === 1
      ? [`mapping += [${written[0] ?? ''}];`]
      : [
          `mapping += [`,
          ...written.map(
            (entry, index) => `    ${entry}${index < written.length - 1 ? ',' : '];'}`,
          ),
        ]),
    ...after.map((step) => `// ${step}`),
  ];
}

/** In front of the last `return` of the method, whose parameter may have another name. */
function intoMethod(
  uri: string,
  lines: readonly string[],
  { textOf }: Target,
): WorkspaceChange | undefined {
  const text = textOf(uri);
  const source = text === undefined ? undefined : sourceIn(text, MAPPING_METHOD);
  if (text === undefined || source === undefined) return undefined;
  const parameter = /\(\s*container\s+(\w+)/iu.exec(source.value)?.[1];
  const at = lastReturn(source.value);
  if (parameter === undefined || at === undefined) return undefined;
  const newline = source.value.includes('\r\n') ? '\r\n' : '\n';
  const indent = /[ \t]*$/u.exec(source.value.slice(0, at))?.[0] ?? '';
  const written = lines
    .map((line) =>
      line.startsWith('//') ? line : line.replaceAll(/\bmapping\b/gu, () => parameter),
    )
    .map((line, index) => (index === 0 || line === '' ? line : indent + line))
    .join(newline);
  const edit = {
    span: toDocument(source, { start: at, end: at }),
    text: source.encode(`${written}${newline}${newline}${indent}`),
  };
  return { edits: [{ uri, edits: [edit] }], files: [] };
}

/** The text of a method with its places in the file. */
function sourceIn(text: string, method: string): EmbeddedText | undefined {
  const { value: root, problems } = readXml(text);
  const sourceCode = root === undefined ? undefined : childNamed(root, 'SourceCode');
  if (sourceCode === undefined || problems.length > 0) return undefined;
  const found = listNamed(sourceCode, 'Methods').find((each) => {
    const name = childNamed(each, 'Name');
    return name !== undefined && xmlValueOf(text, name).toLowerCase() === method.toLowerCase();
  });
  const source = found === undefined ? undefined : childNamed(found, 'Source');
  return source === undefined ? undefined : xmlTextOf(text, source);
}

const lastReturn = (source: string): number | undefined =>
  xppTokens(source).findLast(({ key }) => key === 'return')?.span.start;
