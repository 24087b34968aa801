import {
  type CancellationToken,
  CompletionItemKind,
  type CompletionList,
  Disposable,
  type Position,
} from 'vscode-languageserver';
import { explainField } from '../src/live/explainField.ts';
import type { NamedLeg } from '../src/live/legs.ts';
import type { StepResult } from '../src/live/model.ts';
import { readRehearsal } from '../src/live/read.ts';
import { liveTexts } from '../src/live/texts.ts';
import { mayBeMap, readMapDocument } from '../src/map/read.ts';
import { messageOf } from '../src/problem/message.ts';
import { metadataDiagnostics } from '../src/service/diagnostics.ts';
import { changesOfMap } from '../src/service/explain/explainChanges.ts';
import { plain } from '../src/text/markdown.ts';
import {
  legsIn,
  type Rehearsed,
  rehearseText,
  stepTitle,
} from '../src/service/rehearsal/rehearsal.ts';
import { rehearsalOffers } from '../src/service/rehearsal/completion.ts';
import { knownNames } from '../src/service/rehearsal/names.ts';
import {
  type ExplainChangeParams,
  explainChangeRequest,
  type ExplainChangeResult,
  type RehearsalFile,
  type RehearsalsParams,
  rehearsalsRequest,
  type RehearsalsResult,
  type RehearseParams,
  rehearseRequest,
  type RehearseResult,
} from '../src/service/protocol/rehearsals.ts';
import {
  outcomesText,
  sentenceOf,
  stepLines,
  type Voices,
} from '../src/service/rehearsal/report.ts';
import { contains } from '../src/text/span.ts';
import { linesOf } from '../src/text/lines.ts';
import type { Files } from '../src/workspace/files.ts';
import { isRehearsal } from '../src/workspace/kinds.ts';
import { yieldNow } from './cancel.ts';
import { lspDiagnostic } from './convert.ts';
import type { Feature, FeatureHost } from './feature.ts';
import { mapAt, MOST_FILES } from './maps.ts';
import type { Session } from './session.ts';
import { whenQuiet } from './whenQuiet.ts';

/** Rehearsals as tests, their problems, and why the change of a field does not sync. */
export const rehearsals: Feature = {
  capabilities: {},
  register(host) {
    const { connection, session, handle } = host;
    const requests = [
      connection.onRequest<RehearsalsResult, never>(
        rehearsalsRequest,
        handle<RehearsalsParams, RehearsalsResult>('rehearsals', { files: [] }, ({ uris }, token) =>
          rehearsalsIn(session, uris, token),
        ),
      ),
      connection.onRequest<RehearseResult | null, never>(
        rehearseRequest,
        handle<RehearseParams, RehearseResult | null>('rehearsal', null, ({ uri }, token) =>
          played(host, uri, token),
        ),
      ),
      connection.onRequest<ExplainChangeResult | null, never>(
        explainChangeRequest,
        handle<ExplainChangeParams, ExplainChangeResult | null>(
          'explanation of a change',
          null,
          (params) => explained(session, params),
        ),
      ),
    ];
    return Disposable.create(() => {
      for (const each of requests) each.dispose();
    });
  },
  documentChanged(host, uri) {
    if (!isRehearsal(uri)) return;
    const { openOnes, check } = checkerOf(host);
    if (host.session.versionOf(uri) === null) {
      openOnes.delete(uri);
      void host.connection.sendDiagnostics({ uri, diagnostics: [] });
      return;
    }
    openOnes.add(uri);
    check();
  },
  surroundingsChanged: (host) => checkerOf(host).check(),
  filesChanged: (host) => checkerOf(host).check(),
};

const voicesOf = (session: Session): Voices => ({
  say: liveTexts(session.locale()),
  translate: session.translate(),
});

interface Checker {
  readonly openOnes: Set<string>;
  readonly check: () => void;
}

const checkers = new WeakMap<Session, Checker>();

/** Tells the problems of open rehearsals whenever they or what surrounds them have changed. */
function checkerOf(host: FeatureHost): Checker {
  const { session, connection } = host;
  const known = checkers.get(session);
  if (known !== undefined) return known;
  const openOnes = new Set<string>();
  const checkAll = async (): Promise<void> => {
    for (const uri of openOnes) {
      const text = session.textOf(uri);
      if (text === undefined) continue;
      const { problems } = await rehearsed(host, uri, text, undefined);
      // What was typed meanwhile has its own turn.
      if (session.textOf(uri) !== text) continue;
      const { diagnostics } = await session.index.current();
      const lines = linesOf(text);
      void connection.sendDiagnostics({
        uri,
        diagnostics: metadataDiagnostics(problems, diagnostics, session.translate()).map((each) =>
          lspDiagnostic(each, lines, (other) => session.textOf(other)),
        ),
      });
    }
  };
  const check = whenQuiet(() => {
    checkAll().catch((error: unknown) => connection.console.error(`rehearsal: ${String(error)}`));
  });
  const checker = { openOnes, check };
  checkers.set(session, checker);
  return checker;
}

const textAt = async (session: Session, uri: string): Promise<string | undefined> =>
  session.versionOf(uri) === null ? session.index.read(uri) : session.textOf(uri);

async function rehearsed(
  { session, files }: Pick<FeatureHost, 'session' | 'files'>,
  uri: string,
  text: string,
  token: CancellationToken | undefined,
): Promise<Rehearsed> {
  const { metadata, entityNames } = await session.index.current();
  const edited: Files = {
    list: (folder) => files.list(folder),
    async read(each) {
      const own = session.versionOf(each) === null ? undefined : session.textOf(each);
      return own === undefined ? files.read(each) : new TextEncoder().encode(own);
    },
  };
  return rehearseText(uri, text, {
    files: edited,
    maps: () => legsOfWorkspace(session, token),
    metadata: async () => metadata,
    entityNames,
  });
}

/** Legs of maps, read once for each state of a file. */
const readLegs = new WeakMap<Session, Map<string, ReadLegs>>();

interface ReadLegs {
  readonly text: string;
  readonly legs: readonly NamedLeg[];
}

async function legsOfWorkspace(
  session: Session,
  token: CancellationToken | undefined,
): Promise<readonly NamedLeg[]> {
  const kept = readLegs.get(session) ?? new Map<string, ReadLegs>();
  readLegs.set(session, kept);
  const found: NamedLeg[] = [];
  for (const uri of (await session.index.mapFiles()).slice(0, MOST_FILES)) {
    if (token !== undefined) await yieldNow(token);
    if (isRehearsal(uri)) continue;
    const text = await textAt(session, uri);
    if (text === undefined || !mayBeMap(text)) continue;
    const before = kept.get(uri);
    const read =
      before?.text === text ? before : { text, legs: legsIn(readMapDocument(text).value, uri) };
    kept.set(uri, read);
    found.push(...read.legs);
  }
  return found;
}

async function rehearsalsIn(
  session: Session,
  uris: readonly string[] | undefined,
  token: CancellationToken,
): Promise<RehearsalsResult> {
  const wanted = uris ?? (await session.index.mapFiles()).filter(isRehearsal);
  const files: RehearsalFile[] = [];
  const { say } = voicesOf(session);
  for (const uri of wanted) {
    await yieldNow(token);
    const text = await textAt(session, uri);
    if (text === undefined) {
      files.push({ uri, title: '', steps: [] });
      continue;
    }
    const { value } = readRehearsal(text);
    const lines = linesOf(text);
    files.push({
      uri,
      title: value.description,
      steps: value.steps.map((step, index) => ({
        title: stepTitle({ step }, index, say),
        range: lines.rangeOf(step.span),
      })),
    });
  }
  return { files };
}

async function played(
  host: FeatureHost,
  uri: string,
  token: CancellationToken,
): Promise<RehearseResult | null> {
  const { session } = host;
  const text = await textAt(session, uri);
  if (text === undefined) return null;
  const { results, problems } = await rehearsed(host, uri, text, token);
  const voices = voicesOf(session);
  const { say, translate } = voices;
  const lines = linesOf(text);
  return {
    steps: results.map((result) => ({
      state:
        result.failures.length > 0
          ? 'failed'
          : result.step.expected === undefined
            ? 'shown'
            : 'passed',
      outcome: outcomesText(result.outcomes, say),
      output: stepLines(result, voices).join('\n'),
      failures: result.failures.map(({ code, args, span }) => ({
        message: translate(`problem.rehearsal-failed.${code}`, args),
        range: lines.rangeOf(span),
      })),
    })),
    errors: problems
      .filter(({ code }) => code !== 'rehearsal-failed')
      .map((problem) => ({
        message: messageOf(problem, translate),
        range: lines.rangeOf(problem.span),
      })),
  };
}

async function explained(
  session: Session,
  { uri, position }: ExplainChangeParams,
): Promise<ExplainChangeResult | null> {
  const document = await mapAt(session, uri);
  if (document === undefined) return null;
  const offset = document.lines.offsetOf(position);
  const here = { start: offset, end: offset };
  const { map } = document.analysed;
  const legs = legsIn(map, uri);
  for (const named of legs) {
    const mapping = named.leg.fieldMappings.find(({ span }) => contains(span, here));
    if (mapping === undefined) continue;
    const { metadata, entityNames } = await session.index.current();
    const { say } = voicesOf(session);
    const field = mapping.sourceField === '' ? mapping.destinationField : mapping.sourceField;
    const told = explainField(named, mapping, { metadata, entityNames }).map((result, index) => [
      `## ${say(`explain.${sideOf(result)}`)}: ${outcomesText(result.outcomes, say)}`,
      `\`${stepTitle(result, index, say)}\``,
      result.happenings
        .filter(({ kind, code }) => !HIDDEN.has(kind) && !code.startsWith('old.'))
        .map((happening) => `- ${sentenceOf(happening, say)}`)
        .join('\n'),
    ]);
    const title = say('explain.title', { field });
    const parts = [`# ${title}`, named.map, ...told.flat(), say('explain.notFinal')];
    return { title, markdown: `${parts.join('\n\n')}\n` };
  }
  // Beside the field mappings it is the whole map that is meant.
  const whole = map.maps.find(({ span }) => contains(span, here)) ?? onlyOne(map.maps);
  if (whole === undefined || whole.legs.length === 0) return null;
  const own = legs.filter(({ leg }) => whole.legs.includes(leg));
  const { metadata, entityNames } = await session.index.current();
  const { say } = voicesOf(session);
  const title = say('explain.mapTitle', {
    map: whole.name === '' ? (own[0]?.map ?? '') : whole.name,
  });
  const changes = changesOfMap(own, { metadata, entityNames }, say);
  return { title, markdown: `# ${plain(title)}\n\n${changes}\n` };
}

const onlyOne = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

const sideOf = ({ step }: StepResult): string => (step.kind === 'transaction' ? step.side : 'fo');

const KINDS = {
  map: CompletionItemKind.Reference,
  table: CompletionItemKind.Class,
  field: CompletionItemKind.Field,
  code: CompletionItemKind.EnumMember,
} as const;

/** Names of maps, tables and fields that fit at a place of a rehearsal. */
export async function completeRehearsal(
  { session, files }: Pick<FeatureHost, 'session' | 'files'>,
  uri: string,
  position: Position,
): Promise<CompletionList | null> {
  const text = session.textOf(uri);
  if (text === undefined) return null;
  const { rehearsal, knowledge } = await rehearsed({ session, files }, uri, text, undefined);
  const lines = linesOf(text);
  const names = knownNames(rehearsal, knowledge);
  const offers = rehearsalOffers(text, lines.offsetOf(position), rehearsal, names);
  return {
    isIncomplete: false,
    items: offers.map(({ name, kind, span }) => {
      const newText = JSON.stringify(name);
      return {
        label: name,
        kind: KINDS[kind],
        filterText: newText,
        textEdit: { range: lines.rangeOf(span), newText },
      };
    }),
  };
}

/** Without a row, they say nothing that is of use. */
const HIDDEN = new Set(['payload', 'write', 'lookup', 'transform', 'roundTrip', 'order']);
