import { deepEqual, equal, match, ok } from 'node:assert/strict';
import {
  type CompletionList,
  CompletionRequest,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import {
  explainChangeRequest,
  type ExplainChangeResult,
  explainRowChangeRequest,
  rehearsalsRequest,
  type RehearsalsResult,
  rehearseRequest,
  type RehearseResult,
} from '../../../src/service/protocol/rehearsals.ts';
import { mappingOf } from '../../kit/maps.ts';
import { type Editor, startEditor, stopEditors } from '../../kit/protocol.ts';
import { readInRepository } from '../../kit/repository.ts';

const FOLDER = 'file:///workspace';
const MAP = `${FOLDER}/map.json`;
const OTHER = `${FOLDER}/other.json`;
const FILE = `${FOLDER}/a.rehearsal.json`;
const map = JSON.stringify(mappingOf({ fields: ['PROJECTID', 'SCHEDULED'] }), undefined, 2);

const text = (result: string, table = 'Projects'): string =>
  JSON.stringify(
    {
      description: 'Projects',
      steps: [
        {
          transaction: 'Another note',
          changes: [{ update: table, where: { ProjectId: 'P1' }, values: { Note: 'x' } }],
          expect: { result },
        },
        { wait: { days: 1 } },
      ],
    },
    undefined,
    2,
  );

const played = (editor: Editor, uri = FILE): Promise<RehearseResult | null> =>
  editor.connection.sendRequest<RehearseResult | null>(rehearseRequest, { uri });

/** What is told of the rehearsal, once it is what is expected. */
const told = (
  editor: Editor,
  expected: (codes: readonly unknown[]) => boolean,
): Promise<PublishDiagnosticsParams> =>
  editor.message<PublishDiagnosticsParams>(
    PublishDiagnosticsNotification.method,
    ({ uri, diagnostics }) => uri === FILE && expected(diagnostics.map(({ code }) => code)),
  );

afterEach(stopEditors);

describe('rehearsals in an editor', () => {
  it('are listed with their steps', async () => {
    const editor = await startEditor({ files: { [MAP]: map, [FILE]: text('notTriggered') } });
    const { files } = await editor.connection.sendRequest<RehearsalsResult>(rehearsalsRequest, {});
    deepEqual(
      files.map(({ uri, title, steps }) => [uri, title, steps.map((step) => step.title)]),
      [[FILE, 'Projects', ['Another note', 'Days go by: 1.']]],
    );
    equal(files[0]?.steps[0]?.range.start.line, 3);
    const gone = await editor.connection.sendRequest<RehearsalsResult>(rehearsalsRequest, {
      uris: [`${FOLDER}/gone.rehearsal.json`],
    });
    deepEqual(gone.files[0]?.steps, []);
  });

  it('are played against the maps of the workspace, as they are edited', async () => {
    const editor = await startEditor({ files: { [MAP]: map, [FILE]: text('notTriggered') } });
    const before = await played(editor);
    deepEqual(
      before?.steps.map(({ state }) => state),
      ['passed', 'shown'],
    );
    match(before?.steps[0]?.output ?? '', /Note: not mapped/u);
    editor.open(FILE, text('synchronized'));
    const after = await played(editor);
    equal(after?.steps[0]?.state, 'failed');
    equal(after?.steps[0]?.failures[0]?.range.start.line, 17);
    equal(await played(editor, `${FOLDER}/gone.rehearsal.json`), null);
  });

  it('have their problems at their places', async () => {
    const editor = await startEditor({ files: { [MAP]: map } });
    editor.open(FILE, text('synchronized', 'Project'));
    const { diagnostics } = await told(editor, (codes) => codes.length === 2);
    deepEqual(diagnostics.map(({ code }) => String(code)).toSorted(), [
      'rehearsal-failed',
      'rehearsal-unknown',
    ]);
    editor.change(FILE, text('notTriggered'));
    await told(editor, (codes) => codes.length === 0);
  });

  it('explain a change of the field at a place of a map', async () => {
    const editor = await startEditor({ files: { [MAP]: map } });
    const line = map.split('\n').findIndex((each) => each.includes('"PROJECTID"'));
    const ask = (at: number): Promise<ExplainChangeResult | null> =>
      editor.connection.sendRequest<ExplainChangeResult | null>(explainChangeRequest, {
        uri: MAP,
        position: { line: at, character: 12 },
      });
    const explained = await ask(line);
    ok(explained);
    match(explained.title, /PROJECTID/u);
    match(explained.markdown, /## In Finance and Operations[^]*## In Dataverse/u);
  });

  it('explain which changes of a map arrive, where no field is meant', async () => {
    const editor = await startEditor({ files: { [MAP]: map, [OTHER]: '{"a": 1}' } });
    const ask = (uri: string): Promise<ExplainChangeResult | null> =>
      editor.connection.sendRequest<ExplainChangeResult | null>(explainChangeRequest, {
        uri,
        position: { line: 0, character: 0 },
      });
    const explained = await ask(MAP);
    equal(explained?.title, 'Which changes of [Projects] - [msdyn_projects] arrive');
    match(explained.markdown, /\| Field mapping \| In Finance and Operations \| In Dataverse \|/u);
    match(explained.markdown, /\n\| `PROJECTID` ↔ `\w+` \| [^|]+ \| [^|]+ \|\n/u);
    equal(await ask(OTHER), null);
  });

  describe('explain which changes of a row arrive', () => {
    const ROWS = `${FOLDER}/Projects.csv`;
    const written = readInRepository('samples/maps/projects.json');
    const ask = async (
      files: Readonly<Record<string, string>>,
      index: number,
      number: number,
    ): Promise<ExplainChangeResult | null> => {
      const editor = await startEditor({ files: { [MAP]: written, ...files } });
      return editor.connection.sendRequest<ExplainChangeResult | null>(explainRowChangeRequest, {
        filter: { uri: MAP, index },
        number,
      });
    };
    const rows =
      'PROJECTID,PROJECTNAME,PARENTPROJECT,SCHEDULED\nP1,*One*,"",yes\nP2,Two,P1,maybe\nP3,Three,"",1\n';

    it('by its values: those that the filter keeps, with what is sent', async () => {
      const told = await ask({ [ROWS]: rows }, 0, 1);
      equal(told?.title, 'Which changes of row 1 of [Projects] - [msdyn_projects] arrive');
      match(told.markdown, /## The row is inserted: synchronized\b/u);
      match(told.markdown, /- After the change, the filter is true\./u);
      match(told.markdown, /value map makes True of yes/u);
      // What stands in a cell is no markup.
      match(told.markdown, /subject = \\\*One\\\*/u);
      match(told.markdown, /\n\| `PROJECTNAME` ↔ `msdyn_subject` \| synchronized/u);
    });

    it('and why none does of a row that the filter drops', async () => {
      const told = await ask({ [ROWS]: rows }, 0, 2);
      match(told?.markdown ?? '', /## The row is inserted: not triggered\n/u);
      equal(
        told?.markdown.match(/\| not triggered – After the change, the filter is false\. \|/gu)
          ?.length,
        4,
      );
    });

    it('and blames no value map for a number that may stand for one of its elements', async () => {
      const told = await ask({ [ROWS]: rows }, 0, 3);
      match(told?.markdown ?? '', /value map makes … of 1\b/u);
      ok(!told?.markdown.includes('has no entry'));
    });

    it('of Dataverse, too, with what is mapped the other way', async () => {
      const file = `${FOLDER}/msdyn_projects.csv`;
      const text =
        '_msdyn_parent_value,statecode,msdyn_externalprojectid,msdyn_subject\n,0,P1,One\n,1,P2,Two\n';
      const kept = await ask({ [file]: text }, 1, 1);
      match(kept?.markdown ?? '', /msdyn\\_projects: In Dataverse/u);
      match(kept?.markdown ?? '', /\| `PROJECTNAME` ↔ `msdyn_subject` \| synchronized/u);
      match(kept?.markdown ?? '', /\| `SCHEDULED` → `msdyn_scheduled` \| [^|]*not mapped towards/u);
      const dropped = await ask({ [file]: text }, 1, 2);
      match(dropped?.markdown ?? '', /## The row is inserted: not triggered\n/u);
    });

    it('but of no row that is not there', async () => {
      equal(await ask({ [ROWS]: rows }, 0, 9), null);
      equal(await ask({ [ROWS]: rows }, 7, 1), null);
    });
  });

  const completed = [
    ['{"steps":[{"action":"run","map":"|"}]}', ['[Projects] - [msdyn_projects]']],
    ['{"environment":{"states":[{"map":|}]}}', ['[Projects] - [msdyn_projects]']],
    ['{"steps":[{"transaction":"t","changes":[{"update":"|"}]}]}', ['Projects']],
    [
      '{"steps":[{"transaction":"t","side":"dataverse","changes":[{"update":"m|"}]}]}',
      ['msdyn_projects'],
    ],
    [
      '{"steps":[{"transaction":"t","changes":[{"update":"Projects","values":{"|":1}}]}]}',
      ['PROJECTID', 'SCHEDULED'],
    ],
    ['{"rows":{"dataverse":{"msdyn_projects":[{"|"}]}}}', ['msdyn_projectid', 'msdyn_scheduled']],
    ['{"rows":{"fo":{"|":[]}}}', ['Projects']],
    ['{"description":"|"}', []],
  ] as const;
  for (const [marked, expected] of completed) {
    it(`are completed: ${marked}`, async () => {
      const editor = await startEditor({ files: { [MAP]: map } });
      const position = editor.open(FILE, marked);
      const list = await editor.connection.sendRequest<CompletionList>(CompletionRequest.method, {
        textDocument: { uri: FILE },
        position,
      });
      deepEqual(
        list.items.map(({ label }) => label),
        expected,
      );
      for (const { label, textEdit } of list.items) {
        equal(textEdit?.newText, JSON.stringify(label));
      }
    });
  }

  it('have the codes of what can happen', async () => {
    const editor = await startEditor({ files: { [MAP]: map } });
    const position = editor.open(
      FILE,
      '{"steps":[{"wait":{"days":1},"expect":{"happens":["|"]}}]}',
    );
    const { items } = await editor.connection.sendRequest<CompletionList>(
      CompletionRequest.method,
      { textDocument: { uri: FILE }, position },
    );
    ok(items.some(({ label }) => label === 'filter.new.lost'));
    ok(!items.some(({ label }) => label.startsWith('report.')));
  });
});
