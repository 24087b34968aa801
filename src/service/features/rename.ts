import { parseOData } from '../../filter/odata/parse.ts';
import { parseXpp } from '../../filter/xpp/parse.ts';
import type { Side } from '../../map/model.ts';
import type { Translate } from '../../problem/message.ts';
import type { WorkspaceChange } from '../../text/change.ts';
import { applyEdits, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { analyse, type AnalysedDocument } from '../analysis.ts';
import { emptyWorkspace, type Workspace } from '../workspace.ts';
import { keyOf, type Mention, mentionAt, mentionsOf } from './mentions.ts';
import { allParts, rootPart } from './parts.ts';
import { mentionsIn, type Target } from './references.ts';

export type Renaming<T> = ({ readonly kind: 'possible' } & T) | Refused;

/** Why nothing is renamed, as a sentence. */
interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
}

/** What would be renamed at an offset: where it stands and how it is called. */
export function prepareRename(
  document: AnalysedDocument,
  offset: number,
  translate: Translate,
): Renaming<{ readonly span: Span; readonly name: string }> {
  const mention = mentionAt(document, offset);
  if (mention === undefined) return refused(translate('rename.nothing'));
  if (mention.kind === 'entity') return refused(translate('rename.entity'));
  return { kind: 'possible', span: mention.span, name: mention.name };
}

/**
 * Renames a field in the filters and field mappings of every map that speaks of its entity. What the AOT declares
 * stays: a map follows the metadata, not the other way round. Each document is read again with its edits, and
 * nothing is renamed unless it still says the same.
 */
export function renameIn(
  documents: readonly AnalysedDocument[],
  target: Target,
  name: string,
  workspace: Workspace,
  translate: Translate,
): Renaming<{ readonly change: WorkspaceChange }> {
  if (!isName(name, target.side)) return refused(translate('rename.no-name', { name }));
  const renamed: Target = { ...target, key: keyOf(name) };
  const isTaken =
    renamed.key !== target.key &&
    documents.some((document) => mentionsIn(document, renamed, workspace).length > 0);
  if (isTaken) return refused(translate('rename.taken', { name }));
  const changed = documents
    .map((document) => ({ document, mentions: mentionsIn(document, target, workspace) }))
    .filter(({ mentions }) => mentions.length > 0)
    .map(({ document, mentions }) => ({
      document,
      mentions,
      edits: mentions.map((mention) => editOf(mention, name)),
    }));
  const unsafe = changed.find(
    ({ document, mentions, edits }) => !saysTheSame(document, mentions, edits, renamed.key),
  );
  if (unsafe !== undefined) {
    const { uri } = unsafe.document.document;
    return refused(
      translate('rename.unsafe', { name, file: decodeURIComponent(uri.split('/').at(-1) ?? uri) }),
    );
  }
  return {
    kind: 'possible',
    change: {
      edits: changed.map(({ document, edits }) => ({ uri: document.document.uri, edits })),
      files: [],
    },
  };
}

const refused = (reason: string): Refused => ({ kind: 'refused', reason });

/** Whether the language reads it as one name and nothing else: no operator, no number, no path. */
function isName(name: string, side: Side): boolean {
  if (side === 'fo') {
    const { value, problems } = parseXpp(`(${name} == "")`);
    const inner = value?.kind === 'group' ? value.expression : undefined;
    const left = inner?.kind === 'comparison' ? inner.left : undefined;
    return (
      problems.length === 0 &&
      left?.kind === 'field' &&
      left.name === name &&
      left.dataSource === undefined &&
      left.element === undefined
    );
  }
  const { value, problems } = parseOData(`(${name} eq null)`);
  const inner = value?.kind === 'group' ? value.expression : undefined;
  const left = inner?.kind === 'comparison' ? inner.left : undefined;
  return problems.length === 0 && left?.kind === 'property' && left.name === name;
}

/** A mapping writes fields in capitals (`dualwrite.md` 1.3), however a filter does. */
function editOf({ place, side, name, span, encode }: Mention, newName: string): Edit {
  const isCapital =
    place === 'mapping' &&
    side === 'fo' &&
    name === name.toUpperCase() &&
    name !== name.toLowerCase();
  return { span, text: encode(isCapital ? newName.toUpperCase() : newName) };
}

function saysTheSame(
  before: AnalysedDocument,
  renamed: readonly Mention[],
  edits: readonly Edit[],
  key: string,
): boolean {
  const { document } = before;
  const after = analyse({ ...document, text: applyEdits(document.text, edits) }, emptyWorkspace);
  const places = new Set(renamed.map(({ span }) => span.start));
  const expected = mentionsOf(before).map((mention) =>
    outlineOfMention(mention, places.has(mention.span.start) ? key : mention.key),
  );
  const found = mentionsOf(after).map((mention) => outlineOfMention(mention, mention.key));
  return (
    expected.length === found.length &&
    expected.every((text, index) => text === found[index]) &&
    shapeOf(before) === shapeOf(after)
  );
}

const outlineOfMention = ({ kind, side, place }: Mention, key: string): string =>
  `${place} ${side} ${kind} ${key}`;

/** The nesting of all filters, without names and values. */
const shapeOf = ({ filters }: AnalysedDocument): string =>
  filters
    .map((filter) => {
      const root = rootPart(filter);
      return (root === undefined ? [] : allParts(root))
        .map(({ kind, parts, operators }) => `${kind} ${parts.length} ${operators.join(' ')}`)
        .join('\n');
    })
    .join('\n\n');
