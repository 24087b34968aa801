import { equal, ok } from 'node:assert/strict';
import { translator } from '../../../src/problem/message.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { type SqlPreview, sqlPreviewOf } from '../../../src/service/sqlPreview.ts';
import { emptyWorkspace, type Workspace } from '../../../src/service/workspace.ts';
import { sampleWorkspace } from '../../kit/feature.ts';

const en = translator('en');

function documentOf(leg: object, index = 0, workspace: Workspace = emptyWorkspace): SqlPreview {
  const text = JSON.stringify({ name: 'm', legs: [leg] });
  const filter = analyse({ uri: 'file:///w/m.json', text }, workspace).filters[index];
  ok(filter);
  return sqlPreviewOf(filter, workspace, en);
}

const previewOf = (...asked: Parameters<typeof documentOf>): string => documentOf(...asked).text;

describe('the preview of a statement', () => {
  it('shows the request of Dataverse, an equivalent statement and the filter in words', () => {
    equal(
      previewOf(
        {
          sourceSchema: 'Projects',
          destinationSchema: 'msdyn_projects',
          reversedSourceFilter: "statecode eq 0 and name ne 'a&b'",
        },
        0,
      ),
      [
        '-- Filter of Dataverse: Projects to msdyn_projects',
        "-- Filter: statecode eq 0 and name ne 'a&b'",
        '-- In words: Keeps the rows in which statecode is 0 and name is not “a&b”.',
        "-- Request: GET /api/data/v9.2/msdyn_projects?$filter=statecode%20eq%200%20and%20name%20ne%20'a%26b'",
        '-- The statement below is an equivalent: Dataverse does not show its own.',
        '',
        'SELECT *',
        'FROM msdyn_projects',
        "WHERE ((statecode=0) AND (name<>N'a&b'))",
        '',
      ].join('\n'),
    );
  });

  it('says in words what a filter keeps, and that it loses rows', () => {
    const text = previewOf(
      {
        sourceSchema: 'Projects',
        destinationSchema: 'msdyn_projects',
        sourceFilter: '(ParentProject == "")',
      },
      0,
      sampleWorkspace(),
    );
    ok(text.includes('-- In words: Keeps the rows in which ParentProject is empty and not NULL.'));
    ok(text.includes('-- Rows with NULL are lost here: ParentProject.'));
    ok(text.includes("(PARENTPROJECT='')"));
  });

  it('shows neither words nor statement for what cannot be read', () => {
    const text = previewOf({ sourceSchema: 'S', destinationSchema: 'd', sourceFilter: '(A ==' });
    ok(!text.includes('In words'));
    ok(text.includes("can't be read"));
  });

  it('asks for every row where Dataverse has no filter', () => {
    const text = previewOf({
      sourceSchema: 'S',
      destinationSchema: 'accounts',
      reversedSourceFilter: '',
    });
    ok(text.includes('-- Request: GET /api/data/v9.2/accounts\n'), text);
    ok(text.endsWith('SELECT *\nFROM accounts\n'), text);
  });

  const side = { sourceSchema: 'Projects', destinationSchema: 'accounts' };
  const terms = [
    {
      id: 'a generated statement',
      leg: { ...side, sourceFilter: '(ParentProject == "x" || ProjectID == "y")' },
      term: "((PARENTPROJECT=N'x') OR (PROJECTID=N'y'))",
    },
    {
      id: 'a request of Dataverse',
      leg: { ...side, reversedSourceFilter: 'a eq 1' },
      term: '(a=1)',
    },
    {
      id: 'an entity that is not known',
      leg: { ...side, sourceSchema: 'Others', sourceFilter: '(A == "x")' },
      term: "(A=N'x')",
    },
    { id: 'a blank filter', leg: { ...side, sourceFilter: '' }, term: undefined },
    { id: 'one that can’t be read', leg: { ...side, sourceFilter: '(A ==' }, term: undefined },
  ];
  for (const { id, leg, term } of terms) {
    it(`tells where the filter stands in it: ${id}`, () => {
      const { text, term: span } = documentOf(leg, 0, sampleWorkspace());
      equal(span && text.slice(span.start, span.end), term);
    });
  }
});
