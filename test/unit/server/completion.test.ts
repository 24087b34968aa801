import { deepEqual, equal, ok } from 'node:assert/strict';
import type { ClientCapabilities, CompletionItem } from 'vscode-languageserver/node';
import { analyse } from '../../../src/service/analysis.ts';
import { emptyWorkspace } from '../../../src/service/workspace.ts';
import {
  type Editor,
  fullEditor,
  pushedEditor,
  startEditor,
  stopEditors,
} from '../../kit/protocol.ts';
import { readInRepository } from '../../kit/repository.ts';

const FOLDER = 'file:///workspace';
const MAP = `${FOLDER}/projects.json`;
const map = readInRepository('samples/maps/projects.json');

const inserting: ClientCapabilities = {
  ...fullEditor,
  textDocument: {
    ...fullEditor.textDocument,
    completion: { completionItem: { snippetSupport: true, insertReplaceSupport: true } },
  },
};

afterEach(stopEditors);

const offered = (items: readonly CompletionItem[], label: string): CompletionItem => {
  const item = items.find((each) => each.label === label);
  ok(item, `${label} is among ${items.map((each) => each.label).join()}`);
  return item;
};

describe('What an item of completion replaces', () => {
  const ask = async (
    marked: string,
    capabilities: ClientCapabilities,
  ): Promise<readonly CompletionItem[]> => {
    const editor = await startEditor({ capabilities });
    return editor.completion(MAP, editor.open(MAP, map.replace('ParentProject ==', marked)));
  };
  const columnsOf = (edit: CompletionItem['textEdit']): readonly number[] => {
    ok(edit && 'insert' in edit, JSON.stringify(edit));
    equal(edit.insert.start.character, edit.replace.start.character);
    const { start } = edit.insert;
    return [
      edit.insert.end.character - start.character,
      edit.replace.end.character - start.character,
    ];
  };

  it('is left to an editor that can keep the rest of the word', async () => {
    const { textEdit } = offered(await ask('Par|ent ==', inserting), 'PARENTPROJECT');
    deepEqual(columnsOf(textEdit), [3, 6]);
    equal(textEdit?.newText, 'PARENTPROJECT');
  });

  it('is one range where nothing follows the caret, and for an editor that knows no other', async () => {
    for (const items of [await ask('Par| ==', inserting), await ask('Par|ent ==', fullEditor)]) {
      const { textEdit } = offered(items, 'PARENTPROJECT');
      ok(textEdit && 'range' in textEdit, JSON.stringify(textEdit));
    }
  });

  it('is a text with its closing quote, always', async () => {
    const editor = await startEditor({ capabilities: inserting });
    const marked = map.replace(String.raw`ParentProject == \"\"`, String.raw`Scheduled == \"N|o\"`);
    const { textEdit } = offered(await editor.completion(MAP, editor.open(MAP, marked)), '"No"');
    ok(textEdit && 'range' in textEdit, JSON.stringify(textEdit));
    const { start, end } = textEdit.range;
    equal(end.character - start.character, String.raw`\"No\"`.length);
  });
});

/** A map with a caret in one of its lists. */
const withLists = (legs: string): string => `{ "name": "x", "legs": [${legs}] }`;
const leg = (fieldMappings: string): string =>
  `{ "sourceSchema": "Projects", "destinationSchema": "p", "fieldMappings": [${fieldMappings}] }`;
const field = (transforms: string): string =>
  `{ "syncDirection": 3, "sourceField": "A", "destinationField": "b", "valueTransforms": [${transforms}] }`;

const FIELDS = [
  'dw-field',
  'dw-field-to-dataverse',
  'dw-field-to-finance',
  'dw-field-lookup',
  'dw-field-valuemap',
  'dw-default-dataverse',
  'dw-default-finance',
];
const TRANSFORMS = ['dw-valuemap', 'dw-default'];

describe('Parts of a map', () => {
  const places = [
    { id: 'an empty list of legs', marked: withLists('|'), names: ['dw-leg'] },
    { id: 'behind a leg', marked: withLists(`${leg('')}, |`), names: ['dw-leg'] },
    { id: 'before a leg', marked: withLists(`dw|, ${leg('')}`), names: ['dw-leg'] },
    { id: 'a list of fields', marked: withLists(leg('|')), names: FIELDS },
    {
      id: 'a word in a list of fields',
      marked: withLists(leg(`${field('')}, dw-fi|eld`)),
      names: FIELDS,
    },
    {
      id: 'behind a comment',
      marked: withLists(leg(`${field('')}, // the next\n  |`)),
      names: FIELDS,
    },
    { id: 'a list of transforms', marked: withLists(leg(field('|'))), names: TRANSFORMS },
    { id: 'behind a leg without a comma', marked: withLists(`${leg('')} |`), names: [] },
    { id: 'the map itself', marked: `{ |"legs": [] }`, names: [] },
    { id: 'in a comment', marked: withLists(leg(`// dw|\n`)), names: [] },
    { id: 'in a name', marked: withLists(leg(field('')).replace('"A"', '"A|"')), names: [] },
    { id: 'a property of a leg', marked: withLists(leg('').replace('{ ', '{ |')), names: [] },
    { id: 'another list', marked: '{ "legs": [], "others": [|] }', names: [] },
    { id: 'a file that is no map', marked: '{ "fieldMappings": [|] }', names: [] },
    { id: 'a broken map', marked: `{ "legs": [${leg('|')}`, names: FIELDS },
  ];
  for (const { id, marked, names } of places) {
    it(`are offered where they fit: ${id}`, async () => {
      const editor = await startEditor();
      const items = await editor.completion(MAP, editor.open(MAP, marked, 'json'));
      deepEqual(
        items.map(({ label }) => label),
        names,
      );
    });
  }

  it('leave a map that can be read, whether or not the editor knows snippets', async () => {
    for (const capabilities of [fullEditor, pushedEditor, inserting]) {
      const editor = await startEditor({ capabilities });
      for (const marked of [
        withLists('dw|'),
        withLists(leg('dw|')),
        withLists(leg(field('dw|'))),
      ]) {
        for (const item of await partsAt(editor, marked)) {
          const { textEdit, insertTextFormat } = item;
          equal(insertTextFormat, capabilities === pushedEditor ? undefined : 2);
          if (insertTextFormat === 2) continue;
          const text = marked.replace('dw|', () => textEdit?.newText ?? '');
          const { map: read, problems } = analyse({ uri: MAP, text }, emptyWorkspace);
          equal(read.kind, 'mapping');
          deepEqual(
            problems.filter(({ code }) => code === 'json-syntax'),
            [],
            item.label,
          );
        }
      }
    }
  });

  it('say what they are in the language of the editor', async () => {
    const details = new Set<string | undefined>();
    for (const locale of ['en', 'cs', 'fr']) {
      const editor = await startEditor({ locale });
      const [item] = await partsAt(editor, withLists('|'));
      details.add(item?.detail);
    }
    equal(details.size, 3);
    ok(!details.has(undefined));
  });

  it('do not come by a character that triggers completion in a filter', async () => {
    const editor = await startEditor();
    const position = editor.open(MAP, withLists(' |'), 'json');
    deepEqual(await editor.completion(MAP, position, ' '), []);
  });
});

const partsAt = (editor: Editor, marked: string): Promise<readonly CompletionItem[]> => {
  const uri = `${FOLDER}/${marked.length}.json`;
  return editor.completion(uri, editor.open(uri, marked, 'json'));
};
