import { metadataDiagnostics } from '../../src/service/diagnostics.ts';
import { linesOf } from '../../src/text/lines.ts';
import { lspDiagnostic } from '../convert.ts';
import type { FeatureHost } from '../feature.ts';
import type { Session } from '../session.ts';
import { whenQuiet } from '../whenQuiet.ts';
import { rehearsed } from './rehearsed.ts';

interface Checker {
  readonly openOnes: Set<string>;
  readonly check: () => void;
}

const checkers = new WeakMap<Session, Checker>();

/** Tells the problems of open rehearsals whenever they or what surrounds them have changed. */
export function checkerOf(host: FeatureHost): Checker {
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
