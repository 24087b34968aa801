import { deepEqual, equal, match, ok } from 'node:assert/strict';
import {
  errorLogRequest,
  type ErrorLogResult,
  explainMessageRequest,
  type ExplainMessageResult,
  guideRequest,
  guidesRequest,
  type GuidesResult,
  healthRequest,
  type HealthResult,
  type Report,
} from '../../../src/service/protocol/advice.ts';
import { GUIDE_NAMES } from '../../../src/messages/model.ts';
import { mappingOf } from '../../kit/maps.ts';
import { startEditor, stopEditors } from '../../kit/protocol.ts';

const FOLDER = 'file:///workspace';
const files = {
  [`${FOLDER}/m.json`]: JSON.stringify(mappingOf({ sourceFilter: '(PROJECTID != "")' })),
  [`${FOLDER}/export/p.csv`]:
    'PROJECTNAME,INTERNALENTITYNAME,EXTERNALENTITYNAME,QUERYFILTEREXPRESSION\nDWM-1,Projects,msdyn_projects,"(PROJECTID == """")"',
  [`${FOLDER}/log.csv`]: 'ErrorMessage\n0x80072560\n',
  [`${FOLDER}/rows.csv`]: 'Name\nx\n',
};

afterEach(stopEditors);

describe('advice that an editor asks for', () => {
  it('explains a message in the language of the editor', async () => {
    const editor = await startEditor({ locale: 'cs' });
    const { found, title, markdown } = await editor.connection.sendRequest<ExplainMessageResult>(
      explainMessageRequest,
      { text: 'The user is not a member of the organization.' },
    );
    deepEqual(found, ['not-a-member']);
    equal(title, 'Vysvětlená chybová zpráva');
    match(markdown, /Správce systému/u);
  });

  it('groups a log of errors, or says why it can not', async () => {
    const editor = await startEditor({ files });
    const ask = (name: string): Promise<ErrorLogResult> =>
      editor.connection.sendRequest<ErrorLogResult>(errorLogRequest, { uri: `${FOLDER}/${name}` });
    const log = await ask('log.csv');
    ok(log.kind === 'report');
    equal(log.causes, 1);
    match(log.markdown, /^# Errors in log\.csv$/mu);
    const rows = await ask('rows.csv');
    ok(rows.kind === 'none');
    match(rows.reason, /No column/u);
    equal((await ask('nothing.csv')).kind, 'none');
  });

  it('checks exported configuration against the maps of the workspace', async () => {
    const editor = await startEditor({ files, folders: [FOLDER] });
    const { findings, isEmpty, markdown } = await editor.connection.sendRequest<HealthResult>(
      healthRequest,
      { uris: [`${FOLDER}/export`] },
    );
    equal(isEmpty, false);
    deepEqual(
      findings.map(({ uri, rule, range }) => [uri, rule, range.start]),
      [
        [`${FOLDER}/export/p.csv`, 'record-count', { line: 1, character: 0 }],
        [`${FOLDER}/export/p.csv`, 'filter-differs', { line: 1, character: 0 }],
      ],
    );
    match(markdown, /^### Warning · `filter-differs`$/mu);
  });

  it('opens guides by name, held against what was exported', async () => {
    const editor = await startEditor({ files, folders: [FOLDER] });
    const { guides } = await editor.connection.sendRequest<GuidesResult>(guidesRequest, {});
    deepEqual(
      guides.map(({ name }) => name),
      GUIDE_NAMES,
    );
    const ask = (name: string): Promise<Report | null> =>
      editor.connection.sendRequest<Report | null>(guideRequest, {
        name,
        uris: [`${FOLDER}/export`],
      });
    match((await ask('changed-environment'))?.markdown ?? '', /has 1 record\./u);
    equal(await ask('nope'), null);
  });
});
