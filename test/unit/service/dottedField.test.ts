import { deepEqual } from 'node:assert/strict';
import { applied, check, fixesFor, MAP_URI } from '../../kit/check.ts';
import { mapForms } from '../../kit/maps.ts';
import { ENTITY_URI, entityXml, mappedField, type MetadataTexts } from '../../kit/metadata.ts';

const METADATA: MetadataTexts = {
  [ENTITY_URI]: entityXml({
    name: 'ProjectEntity',
    label: 'Projects',
    fields: [
      mappedField('ProjectId', 'ProjTable', 'ProjId'),
      mappedField('Parent', 'ParentTable', 'ProjId'),
      mappedField('Twice', 'ProjTable', 'Name'),
      mappedField('Again', 'ProjTable', 'Name'),
    ],
    root: { name: 'ProjTable', below: [{ name: 'ParentTable', join: 'OuterJoin' }] },
  }),
};

/** The filter after the fix, in each form of a map; and whether the problem is gone. */
function fixes(filter: string, metadata: MetadataTexts): ReadonlySet<string> {
  const results = mapForms.flatMap(({ write }) => {
    const document = { uri: MAP_URI, text: write({ sourceFilter: filter }) };
    return check(document, metadata)
      .filter(({ code }) => code === 'dotted-field')
      .map((diagnostic) => {
        const fix = fixesFor(diagnostic, document, metadata).find(({ preferred }) => preferred);
        if (fix === undefined) return 'none';
        const after = applied(fix, document, metadata).document;
        const left = check(after, metadata).filter(({ code }) => code === 'dotted-field');
        return `${fix.change.edits[0]?.edits[0]?.text ?? ''}, ${left.length} left`;
      });
  });
  return new Set(results);
}

describe('a field with a data source in front of it', () => {
  const cases = [
    { filter: '(ProjectEntity.Parent == "x")', metadata: METADATA, expected: 'Parent, 0 left' },
    { filter: '(projects.projectid == "x")', metadata: METADATA, expected: 'ProjectId, 0 left' },
    { filter: '(ProjTable.ProjId == "x")', metadata: METADATA, expected: 'ProjectId, 0 left' },
    { filter: '(ParentTable.PROJID == "x")', metadata: METADATA, expected: 'Parent, 0 left' },
    { filter: '(Projects.Anything == "x")', metadata: {}, expected: 'Anything, 0 left' },
    // What nobody knows is not guessed.
    { filter: '(Projects.Anything == "x")', metadata: METADATA, expected: 'none' },
    { filter: '(ProjTable.Name == "x")', metadata: METADATA, expected: 'none' },
    { filter: '(ProjTable.Other == "x")', metadata: METADATA, expected: 'none' },
    { filter: '(Elsewhere.ProjId == "x")', metadata: METADATA, expected: 'none' },
    { filter: '(ProjTable.ProjId == "x")', metadata: {}, expected: 'none' },
  ];
  for (const { filter, metadata, expected } of cases) {
    const known = metadata === METADATA ? 'with metadata' : 'without metadata';
    it(`is the field that is meant where that is known: ${filter}, ${known}`, () => {
      deepEqual([...fixes(filter, metadata)], [expected]);
    });
  }
});
