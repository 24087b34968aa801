import type { CodeLens } from 'vscode-languageserver';
import {
  previewSyncFilterCommand,
  type SyncFilterParams,
} from '../../src/service/protocol/sync.ts';
import { plainText } from '../../src/text/embedded.ts';
import { itemsOf, nodeSpan, propertyOf, readJson, stringOf } from '../../src/text/json.ts';
import type { OpenDocument, Session } from '../session.ts';

const FILTERS = [
  { key: 'tableFilter', side: 'BusinessCentral' },
  { key: 'integrationTableFilter', side: 'Dataverse' },
] as const;

/** A lens over each filter of a mapping in a sync project: to its records. */
export function syncLenses(session: Session, { analysed, lines }: OpenDocument): CodeLens[] {
  const { uri, text } = analysed.document;
  const { value: json } = readJson(plainText(text));
  return itemsOf(propertyOf(json.root, 'mappings')).flatMap((mapping) => {
    const name = stringOf(propertyOf(mapping, 'name'));
    if (name === undefined) return [];
    return FILTERS.flatMap(({ key, side }): readonly CodeLens[] => {
      const node = propertyOf(mapping, key);
      if (node === undefined || (stringOf(node) ?? '').trim() === '') return [];
      const sought: SyncFilterParams = { project: uri, mapping: name, side };
      return [
        {
          range: lines.rangeOf(nodeSpan(json, node)),
          command: {
            title: session.translate()('lens.records'),
            command: previewSyncFilterCommand,
            arguments: [sought],
          },
        },
      ];
    });
  });
}
