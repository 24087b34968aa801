import { type FilterDocument, filterDocument, type Place } from '../corpus/documents.ts';
import { random } from '../random.ts';
import type { Server } from './servers.ts';
import { type Diagnostic, openSession, type Session } from './session.ts';

/** What one run of one server gave; times in milliseconds. */
export interface Latencies {
  readonly opened: number;
  readonly edits: readonly number[];
  /** Each after a pause like that between two keys. */
  readonly typed: readonly number[];
  readonly completions: readonly number[];
  readonly hovers: readonly number[];
  /** From the last keystroke to the diagnostics of the final text, once per burst. */
  readonly bursts: readonly number[];
  readonly memory: number | undefined;
  readonly baseline: number;
}

export interface Load {
  readonly filters: number;
  readonly edits: number;
  readonly bursts: number;
}

/** Edits in random filters, requests between them, then bursts of typing. */
export async function latenciesOf(server: Server, load: Load, seed: number): Promise<Latencies> {
  const document = filterDocument(server.form, load.filters);
  const session = await openSession(server, document);
  try {
    return await measure(server, session, document, load, seed);
  } finally {
    await session.client.stop();
  }
}

async function measure(
  server: Server,
  session: Session,
  document: FilterDocument,
  load: Load,
  seed: number,
): Promise<Latencies> {
  const from = random(seed);
  const { starts } = document;
  const [first] = starts;
  if (first === undefined) throw new Error('A document without filters');
  const places: readonly [Place, ...Place[]] = [first, ...starts.slice(1)];
  const times = { edits: [] as number[], completions: [] as number[], hovers: [] as number[] };
  // The first edits are those that the runtime compiles the code of the others in.
  for (let index = -4; index < load.edits / 2; index += 1) {
    const place = from.pick(places);
    const broken = await editTime(server, session, place, true);
    const mended = await editTime(server, session, place, false);
    if (index < 0) continue;
    times.edits.push(broken, mended);
    await requestTime(server, session, 'completion', place, times.completions);
    await requestTime(server, session, 'hover', place, times.hovers);
  }
  const memory = await session.client.memory();
  const typed: number[] = [];
  for (let index = 0; index < load.edits / 4; index += 1) {
    const place = from.pick(places);
    for (const breaks of [true, false]) {
      await pause();
      typed.push(await editTime(server, session, place, breaks));
    }
  }
  const bursts: number[] = [];
  for (let index = 0; index < load.bursts; index += 1) {
    bursts.push(await burstTime(server, session, first));
  }
  return {
    opened: session.opened,
    ...times,
    typed,
    bursts,
    memory,
    baseline: session.baseline.length,
  };
}

/** Puts in what no filter may have, or takes it out; the answer has to tell. */
async function editTime(
  server: Server,
  session: Session,
  place: Place,
  breaks: boolean,
): Promise<number> {
  const start = performance.now();
  session.change(place, breaks ? 0 : 1, breaks ? '~' : '');
  const found = await session.diagnostics().answer;
  const time = performance.now() - start;
  const differs = saidOf(found ?? [], place.line) !== saidOf(session.baseline, place.line);
  if (found === undefined || differs !== breaks) {
    throw new Error(`${server.name}: a filter that is ${breaks ? 'broken' : 'mended'} is not told`);
  }
  return time;
}

/** What is said about a line. */
const saidOf = (diagnostics: readonly Diagnostic[], line: number): string =>
  JSON.stringify(diagnostics.filter(({ range }) => range.start.line === line));

async function requestTime(
  server: Server,
  session: Session,
  name: 'completion' | 'hover',
  { line, character }: Place,
  times: number[],
): Promise<void> {
  if (session.capabilities[`${name}Provider`] === undefined) return;
  const start = performance.now();
  await session.client.request(`textDocument/${name}`, {
    textDocument: { uri: server.uri },
    position: { line, character: character + 3 },
  });
  times.push(performance.now() - start);
}

const TYPED: Readonly<Record<Server['form'], string>> = {
  map: 'CREDITLIMIT == 123 || ',
  yaml: 'CREDITLIMIT == 123 || ',
  workflow: 'github.actor == 123 || ',
};

const KEYSTROKES = 25;
const PAUSE = 30;

/** A server that gets the next edit at once answers it in half the time: the processor has forgotten nothing. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE));

/** Types a condition key by key; an editor gives up on answers for a text that has changed since. */
async function burstTime(server: Server, session: Session, place: Place): Promise<number> {
  const typed = TYPED[server.form].padEnd(KEYSTROKES, ' ');
  let pending: ReturnType<Session['diagnostics']> | undefined;
  let isAnswered = true;
  let last = 0;
  for (const [index, key] of Array.from(typed).entries()) {
    if (index > 0) await pause();
    last = performance.now();
    session.change({ line: place.line, character: place.character + index }, 0, key);
    if (!server.pulls) continue;
    if (!isAnswered) pending?.cancel();
    isAnswered = false;
    const asked = session.diagnostics();
    pending = asked;
    void asked.answer.then(() => {
      if (pending === asked) isAnswered = true;
    });
  }
  let end = 0;
  let found: readonly Diagnostic[] | undefined;
  if (pending === undefined) {
    ({ at: end, diagnostics: found } = await session.settled());
  } else {
    found = await pending.answer;
    end = performance.now();
  }
  // What was typed is a whole condition; other lines are as they were.
  const others = (all: readonly Diagnostic[] = []): number =>
    all.filter(({ range }) => range.start.line !== place.line).length;
  if (found === undefined || others(found) !== others(session.baseline)) {
    throw new Error(`${server.name}: ${found?.length} diagnostics after a burst`);
  }
  session.change(place, KEYSTROKES, '');
  if (server.pulls) await session.diagnostics().answer;
  else await session.settled();
  return end - last;
}
