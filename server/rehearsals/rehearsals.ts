import { type CancellationToken, Disposable } from 'vscode-languageserver';
import { readRehearsal } from '../../src/live/read.ts';
import { messageOf } from '../../src/problem/message.ts';
import { stepTitle } from '../../src/service/rehearsal/rehearsal.ts';
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
} from '../../src/service/protocol/rehearsals.ts';
import { outcomesText, stepLines } from '../../src/service/rehearsal/report.ts';
import { linesOf } from '../../src/text/lines.ts';
import { isRehearsal } from '../../src/workspace/kinds.ts';
import { yieldNow } from '../cancel.ts';
import type { Feature, FeatureHost } from '../feature.ts';
import type { Session } from '../session.ts';
import { explainChange } from './explainChange.ts';
import { checkerOf } from './openRehearsals.ts';
import { rehearsed, textAt, voicesOf } from './rehearsed.ts';

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
          (params) => explainChange(session, params),
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
