import { Disposable } from 'vscode-languageserver';
import {
  type GuideParams,
  guideRequest,
  guidesRequest,
  type GuidesResult,
  type Report,
} from '../src/service/protocol/advice.ts';
import { GUIDE_NAMES } from '../src/messages/model.ts';
import { evidenceFor } from './evidence.ts';
import type { Feature } from './feature.ts';
import { explanations } from './health.ts';

/** Procedures as checklists that tick themselves where the workspace can prove a step. */
export const guides: Feature = {
  capabilities: {},
  register(host) {
    const { connection, handle } = host;
    const requests = [
      connection.onRequest<GuidesResult, never>(
        guidesRequest,
        handle<unknown, GuidesResult>('guides', { guides: [] }, async () => {
          const say = await explanations(host);
          return {
            guides: GUIDE_NAMES.map((name) => ({ name, title: say(`guide.${name}.title`) })),
          };
        }),
      ),
      connection.onRequest<Report | null, never>(
        guideRequest,
        handle<GuideParams, Report | null>('guide', null, async ({ name, uris }, token) => {
          const known = GUIDE_NAMES.find((each) => each === name);
          if (known === undefined) return null;
          const [{ guideReport }, say, evidence] = await Promise.all([
            import('../src/guides/report.ts'),
            explanations(host),
            evidenceFor(host, uris, token),
          ]);
          return {
            title: say(`guide.${known}.title`),
            markdown: guideReport(known, evidence, say),
          };
        }),
      ),
    ];
    return Disposable.create(() => {
      for (const each of requests) each.dispose();
    });
  },
};
