import type { SideLetter, SyncPair } from './pair.ts';
import { yjsModule, type YjsDocument } from './peers.ts';
import { EDITED, fieldsOf, guid } from './records.ts';

/** A map of rows in a document on each side. Where both changed a row, one of them wins without a word. */
export async function yjs(perSide: number): Promise<SyncPair> {
  const { Doc, applyUpdate, encodeStateAsUpdate, encodeStateVector } = yjsModule();
  const docs = { a: new Doc(), b: new Doc() };
  const rows = (on: SideLetter) => docs[on].getMap('rows');
  for (const side of ['a', 'b'] as const) {
    docs[side].transact(() => {
      for (let number = 0; number < perSide; number += 1) {
        rows(side).set(guid(side, number), fieldsOf(side, number));
      }
    });
  }
  const oneWay = (from: YjsDocument, to: YjsDocument): void =>
    applyUpdate(to, encodeStateAsUpdate(from, encodeStateVector(to)));
  return Promise.resolve({
    sync() {
      oneWay(docs.a, docs.b);
      oneWay(docs.b, docs.a);
    },
    idOn: (_, madeBy, number) => guid(madeBy, number),
    edit(on, ids, phone) {
      docs[on].transact(() => {
        for (const id of ids) rows(on).set(id, { ...rows(on).get(id), [EDITED]: phone });
      });
    },
    count: (on) => rows(on).size,
    phone: (on, id) => rows(on).get(id)?.[EDITED],
    image: () => encodeStateAsUpdate(docs.a),
  });
}
