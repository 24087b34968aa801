import type { Node } from 'jsonc-parser';
import type { Analysed, Problem } from '../problem/problem.ts';
import { type EmbeddedText, plainText } from '../text/embedded.ts';
import {
  itemsOf,
  type JsonText,
  nodeSpan,
  propertyOf,
  readJson,
  stringOf,
  textOfString,
} from '../text/json.ts';
import type { Searchable } from '../text/longText.ts';
import { childNamed, descendants, readXml, xmlTextOf, xmlValueOf } from '../text/xml.ts';
import { type Found, note, readMapping } from './mapping.ts';
import type { MapDocument, Side } from './model.ts';

/**
 * Finds the maps and filters of a document, in every form a map is known to take (`dualwrite.md` 1.2-1.5):
 * a mapping, a record or page of the Web API, a gateway project, a solution's customizations.xml.
 * The form is read off the content, since their file names follow no rule.
 */
export function readMapDocument(text: string): Analysed<MapDocument> {
  const found: Found = { maps: [], sites: [], problems: [] };
  const start = firstCharacter(text);
  if (start === '<') {
    // No element of that name, no map: most XML files of a workspace end here, unparsed.
    if (!text.includes('msdyn_mapping')) return nothing;
    readSolution(text, found);
    return analysed('solution', found);
  }
  if ((start !== '{' && start !== '[') || !mayBeMap(text)) return nothing;
  const { value: json, problems } = readJson(plainText(text));
  const kind = readForm(json, json.root, { name: '', version: undefined }, found);
  if (kind === undefined && !(problems.length > 0 && looksLikeMap(text))) return nothing;
  note(
    found,
    problems.filter((problem) => !isTold(problem, found.problems)),
  );
  return analysed(kind ?? 'mapping', found);
}

/** What a text begins with; blanks and comments of JSON stand aside. */
function firstCharacter(text: string): string | undefined {
  const aside = /[\s\uFEFF]+|\/\/[^\r\n]*|\/\*[^]*?\*\//uy;
  let offset = 0;
  while (aside.test(text)) offset = aside.lastIndex;
  return text[offset];
}

/** A file that is one filter and nothing else. */
export const filterDocument = (text: string, side: Side): MapDocument => ({
  kind: 'filter',
  maps: [],
  sites: [{ side, text: plainText(text), leg: undefined }],
});

/** Each form of a map has one of these words, however it is encoded: most JSON and XML ends here, unparsed. */
export const mayBeMap = (text: Searchable): boolean =>
  text.includes('legs') || text.includes('msdyn_mapping') || text.includes('sourceFilter');

/** Whether a document that is too broken to read was meant to be a map. */
const looksLikeMap = (text: string): boolean => /"(?:legs|msdyn_mapping|sourceFilter)"/u.test(text);

const nothing: Analysed<MapDocument> = {
  value: { kind: 'none', maps: [], sites: [] },
  problems: [],
};

const analysed = (kind: MapDocument['kind'], found: Found): Analysed<MapDocument> => ({
  value: { kind, maps: found.maps, sites: found.sites },
  problems: found.problems,
});

/** An escape that was told with its fix is not told again as broken JSON. */
const isTold = (problem: Problem, told: readonly Problem[]): boolean =>
  problem.variant === 'escape' &&
  told.some(
    ({ code, span }) =>
      code === 'json-escape' &&
      span.start >= problem.span.start &&
      span.end <= Math.max(problem.span.end, span.end),
  );

interface About {
  readonly name: string;
  readonly version: string | undefined;
}

/** Deeper than the forms nest: a mapping in a record in a page, or a leg in a task in a list of projects. */
const DEEPEST_FORM = 8;

function readForm(
  json: JsonText,
  node: Node | undefined,
  about: About,
  found: Found,
  depth = 1,
): MapDocument['kind'] | undefined {
  if (depth > DEEPEST_FORM) return undefined;
  const inside = (inner: Node, innerAbout: About): MapDocument['kind'] | undefined =>
    readForm(json, inner, innerAbout, found, depth + 1);
  if (node?.type === 'array') {
    const kinds = itemsOf(node).map((item) => inside(item, about));
    return kinds.find((kind) => kind !== undefined);
  }
  const text = (name: string): string | undefined => stringOf(propertyOf(node, name));
  const legs = propertyOf(node, 'legs');
  if (legs?.type === 'array') {
    readMapping(json, legs, { ...about, name: text('name') ?? about.name }, found);
    return 'mapping';
  }
  const mapping = propertyOf(node, 'msdyn_mapping');
  const record = {
    name: text('msdyn_displayname') ?? text('msdyn_name') ?? about.name,
    version: text('msdyn_version') ?? about.version,
  };
  if (mapping?.type === 'string') {
    const { value, problems } = textOfString(json, mapping);
    note(found, problems);
    readEncoded(value, record, found);
    return 'record';
  }
  if (mapping !== undefined && inside(mapping, record) !== undefined) return 'record';
  const tasks = propertyOf(node, 'entityMappingTasks');
  if (tasks?.type === 'array') {
    const project = { ...about, name: text('displayName') ?? text('name') ?? about.name };
    return inside(tasks, project);
  }
  const page = propertyOf(node, 'value');
  return page?.type === 'array' ? inside(page, about) : undefined;
}

/** Deeper than any exporter encodes: JSON in JSON in JSON in JSON. */
const DEEPEST_ENCODING = 3;

function readEncoded(text: EmbeddedText, about: About, found: Found, depth = 1): void {
  const { value: json, problems } = readJson(text);
  note(found, problems);
  if (json.root?.type === 'string' && depth < DEEPEST_ENCODING) {
    const inner = textOfString(json, json.root);
    note(found, inner.problems);
    readEncoded(inner.value, about, found, depth + 1);
    return;
  }
  const kind = readForm(json, json.root, about, found);
  if (kind === undefined && problems.length === 0 && json.root !== undefined) {
    const span = nodeSpan(json, json.root);
    found.problems.push({ code: 'json-syntax', variant: 'noLegs', span });
  }
}

function readSolution(source: string, found: Found): void {
  const { value: root, problems } = readXml(source);
  note(
    found,
    problems.map(({ name, span }) => ({ code: 'xml-syntax', span, args: { element: name } })),
  );
  if (root === undefined) return;
  // Wherever they stand: how an unpacked solution lays them out is not known (`dualwrite.md` 1.2).
  for (const record of [root, ...descendants(root)]) {
    const mapping = childNamed(record, 'msdyn_mapping');
    if (mapping === undefined || mapping.text.length === 0) continue;
    const value = (name: string): string | undefined => {
      const element = childNamed(record, name);
      return element === undefined ? undefined : xmlValueOf(source, element);
    };
    const about = {
      name: value('msdyn_displayname') ?? value('msdyn_name') ?? '',
      version: value('msdyn_version'),
    };
    readEncoded(xmlTextOf(source, mapping), about, found);
  }
}
