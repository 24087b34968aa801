import {
  type ExplainMessageParams,
  explainMessageRequest,
  type ExplainMessageResult,
} from '../src/service/protocol/advice.ts';
import type { Feature } from './feature.ts';

/** Explains error messages that people paste. */
export const messages: Feature = {
  capabilities: {},
  register: ({ connection, session, handle }) =>
    connection.onRequest<ExplainMessageResult | null, never>(
      explainMessageRequest,
      handle<ExplainMessageParams, ExplainMessageResult | null>(
        'explanation of a message',
        null,
        async ({ text }) => {
          // The catalogue speaks three languages; nobody needs it to start.
          const [{ explainText }, { explanationsIn }] = await Promise.all([
            import('../src/messages/explain.ts'),
            import('../src/messages/texts.ts'),
          ]);
          const say = explanationsIn(session.translate()('language'));
          const { found, markdown } = explainText(text, say);
          return {
            title: say('ui.explained'),
            markdown,
            found: found.map(({ message: { id } }) => id),
          };
        },
      ),
    ),
};
