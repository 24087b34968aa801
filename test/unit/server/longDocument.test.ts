import { deepEqual, equal, ok } from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { OpenText } from '../../../server/documents.ts';
import { reporter } from '../../../server/reports.ts';
import { startSession } from '../../../server/session.ts';
import { readSettings } from '../../../server/settings.ts';
import { siblingsOf } from '../../../server/siblings.ts';
import { workspaceIndex } from '../../../server/workspaceIndex.ts';
import type { Edit } from '../../../src/text/edit.ts';
import { type LongText, longText } from '../../../src/text/longText.ts';
import { mappingOf } from '../../kit/maps.ts';

const URI = 'file:///workspace/map.json';

/** A server of one open document, which counts how often somebody wants the whole text of an edited one. */
function typing(first: string) {
  let joined = 0;
  const counting = (text: LongText): LongText => ({
    ...text,
    toString() {
      joined += 1;
      return text.toString();
    },
    edited: (edit) => counting(text.edited(edit)),
  });
  const connection = createConnection(ProposedFeatures.all, new PassThrough(), new PassThrough());
  const index = workspaceIndex(
    { list: () => Promise.resolve([]), read: () => Promise.reject(new Error('no file')) },
    () => [],
    () => readSettings(connection, undefined, false),
    () => undefined,
  );
  let document: OpenText = { uri: URI, version: 1, text: counting(longText(first)) };
  let edits: readonly Edit[] | undefined;
  const session = startSession(connection, index, {
    documents: { get: () => document },
    takeEdits() {
      const taken = edits;
      edits = [];
      return taken;
    },
  });
  const siblings = siblingsOf(session, () => undefined);
  const reportOf = reporter(session, siblings);
  const codes = async (): Promise<unknown[]> => {
    index.documentChanged(URI, document.text);
    const open = await session.open(URI);
    ok(open);
    return reportOf(open).items.map(({ code }) => code);
  };
  return {
    codes,
    joined: () => joined,
    edit: (edit: Edit) => {
      edits = [...(edits ?? []), edit];
      document = {
        uri: URI,
        version: document.version + 1,
        text: document.text.edited(edit),
      };
    },
  };
}

describe('typing in a filter of an open document', () => {
  const text = JSON.stringify(
    mappingOf({ sourceFilter: '(A == 1)' }, { sourceFilter: '(B == 1)' }),
    undefined,
    1,
  );

  it('never puts the text together, and tells what is wrong', async () => {
    const { codes, joined, edit } = typing(text);
    const before = await codes();
    const at = joined();
    const start = text.indexOf('(B == 1)') + 1;
    edit({ span: { start, end: start }, text: '~' });
    const told = await codes();
    ok(told.includes('unexpected-character'));
    ok(!before.includes('unexpected-character'));
    edit({ span: { start, end: start + 1 }, text: '' });
    deepEqual(await codes(), before);
    equal(joined(), at);
  });

  it('reads all of it again after an edit of anything else', async () => {
    const { codes, joined, edit } = typing(text);
    await codes();
    const at = joined();
    const start = text.indexOf('"legs"');
    edit({ span: { start, end: start }, text: '~' });
    ok((await codes()).includes('json-syntax'));
    ok(joined() > at);
  });
});
