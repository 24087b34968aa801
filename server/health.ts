import { type CancellationToken, Disposable } from 'vscode-languageserver';
import {
  type ErrorLogParams,
  errorLogRequest,
  type ErrorLogResult,
  type HealthParams,
  healthRequest,
  type HealthResult,
} from '../src/service/protocol/advice.ts';
import { readRowFile } from '../src/preview/rowFiles/readRowFile.ts';
import { sayNoLog } from '../src/service/rowProblems.ts';
import { loadedSqlJs } from '../src/workspace/sqlJs.ts';
import { yieldNow } from './cancel.ts';
import { evidenceFor, nameOf } from './evidence.ts';
import type { Feature, FeatureHost } from './feature.ts';

/** Reads what people export of an environment: its log of errors and its configuration. */
export const health: Feature = {
  capabilities: {},
  register(host) {
    const { connection, handle } = host;
    const requests = [
      connection.onRequest<ErrorLogResult | null, never>(
        errorLogRequest,
        handle<ErrorLogParams, ErrorLogResult | null>('log of errors', null, ({ uri }, token) =>
          errorLog(host, uri, token),
        ),
      ),
      connection.onRequest<HealthResult | null, never>(
        healthRequest,
        handle<HealthParams, HealthResult | null>('health', null, async ({ uris }, token) => {
          const evidence = await evidenceFor(host, uris, token);
          const [{ healthReport, sayFindings }, say] = await Promise.all([
            import('../src/health/report.ts'),
            explanations(host),
          ]);
          return {
            title: say('health.title'),
            markdown: healthReport(evidence.health, say, host.session.translate()),
            findings: sayFindings(evidence.health, say).map(
              ({ uri, rule, severity, message, range }) => ({
                uri,
                rule,
                severity,
                message,
                range,
              }),
            ),
            isEmpty: evidence.health.configuration.files.length === 0,
          };
        }),
      ),
    ];
    return Disposable.create(() => {
      for (const each of requests) each.dispose();
    });
  },
};

export async function explanations({ session }: FeatureHost) {
  const { explanationsIn } = await import('../src/messages/texts.ts');
  return explanationsIn(session.translate()('language'));
}

async function errorLog(
  host: FeatureHost,
  uri: string,
  token: CancellationToken,
): Promise<ErrorLogResult> {
  const { files, session } = host;
  const [{ readErrorLog }, { groupErrors }, { errorReport }, say] = await Promise.all([
    import('../src/errorLog/read.ts'),
    import('../src/errorLog/group.ts'),
    import('../src/errorLog/report.ts'),
    explanations(host),
  ]);
  const read = await readRowFile(uri, ['DualWriteErrorLog'], { files, sqlJs: loadedSqlJs });
  if ('problem' in read) {
    return { kind: 'none', reason: sayNoLog(read.problem, say, session.translate()) };
  }
  const entries = readErrorLog(read.value.table);
  if (entries === undefined) return { kind: 'none', reason: say('errors.noColumn') };
  const groups = await groupErrors(entries, () => yieldNow(token));
  const name = nameOf(uri);
  return {
    kind: 'report',
    title: say('errors.title', { name }),
    markdown: errorReport(name, groups, say),
    causes: groups.length,
  };
}
