import { deepEqual, match, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { pathInRepository, readInRepository } from '../../kit/repository.ts';

const page = readInRepository('docs/features.md');

/** Name and last column of each row of the table. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map((cells) => ({ feature: cells[1] ?? '', ours: cells.at(-2) ?? '', width: cells.length }))
  .slice(2);

/** The test that proves a cell: a part of its title, as it stands in the file that the cell links. */
const PROOFS: Readonly<Record<string, string>> = {
  'Push diagnostics': 'are told to an editor that does not ask',
  'Pull diagnostics': 'are not sent again while they stay the same',
  'Workspace diagnostics (closed files)': 'are those of every map, and unchanged afterwards',
  'Code + docs link (codeDescription)': 'is what a diagnostic links',
  'Tags unnecessary/deprecated': 'reach the editor',
  'Related information': 'is warned of, with the outer join as its reason',
  'Severity per code setting': 'change a severity or switch a code off',
  'Suppress comment/by code': 'work for a document, a line, and several codes',
  'Quick fixes': 'fixes leave a whole document',
  'source.fixAll': 'fixes both filters and broken escapes of a map',
  Refactorings: 'writes the filter in the names and values of the other side',
  Completion: 'Completion of X++',
  'Completion resolve/docs': 'and documents an item later',
  Hover: 'speaks the language of its reader',
  'Signature help': 'Signature help',
  Definition: 'leads from a field to the entity, else to its field mapping',
  References: 'finds a field in every map of its entity, by label or by name',
  'Rename (prepare)': 'renames field mappings, in capitals where they were',
  'Document highlight': 'shows the field mappings of the leg weaker',
  'Document symbols': 'shows map, legs, filters and the number of field mappings',
  'Workspace symbols': 'finds maps and filters by name, closed ones as well',
  'Semantic tokens': 'tells a computed column from one that can be written',
  Folding: 'folds parentheses that reach over lines',
  'Selection range': 'selection ranges',
  'Formatting / range / on type': 'formats what a parenthesis closes',
  'Inlay hints': 'Inlay hints',
  'Code lens': 'count the rows once they come into view',
  'Document links': 'lead from the schema to its entity',
  'Snippets contribution': 'are filters that parse, in their own file and escaped in a map',
  'Tree views + inline': 'stand in a tree down to their field mappings',
  viewsWelcome: 'say so where there are none',
  'Language status': 'says that the metadata of a map are known, and of which entity',
  Walkthrough: 'opens, with its first step',
  'a11y info on tree items / axe': 'is told in words what the nodes of the map tree show as signs',
  'Webview/preview': 'shows its statement and the rows it loses',
  'Virtual read-only document': 'shows a statement and follows the filter',
  'jsonValidation / schema': 'accepts the maps that Microsoft ships',
  'l10n UI (languages)': 'of the client are those that its code asks for',
  'l10n of language messages': 'have the plural forms of the language',
  'Untrusted / virtual declared': 'what the manifest says of workspaces',
  'CLI sharing the service': 'prints SARIF 2.1.0 for code scanning',
  'Ext-host tests': 'is that of problems, hovers and code lenses',
  'Property tests of mapping': 'stay inside the filter',
};

describe('the table of features', () => {
  it('has as many cells in every row', () => {
    ok(rows.length > 40);
    deepEqual([...new Set(rows.map(({ width }) => width))], [13]);
  });

  for (const { feature, ours } of rows) {
    it(`names the test of what there is: ${feature}`, () => {
      match(ours, /^(?:\[[●◐]+\]\(\.\.\/test\/\S+\.test\.ts\)|open|–)/u);
    });
  }

  for (const { feature, ours } of rows) {
    const file = /\]\(\.\.\/([^)]+)\)/u.exec(ours)?.[1];
    if (file === undefined || PROOFS[feature] === undefined) continue;
    it(`is proved by a test of that name: ${feature}`, () => {
      ok(readInRepository(file).includes(PROOFS[feature] ?? ''), `${file}: ${PROOFS[feature]}`);
    });
  }

  it('has no cell without a named test', () => {
    deepEqual(
      rows
        .filter(({ feature, ours }) => /^\[[●◐]/u.test(ours) && PROOFS[feature] === undefined)
        .map(({ feature }) => feature),
      [],
    );
  });

  it('links what exists', () => {
    const links = [...page.matchAll(/\]\(\.\.\/([^)]+)\)/gu)].map(([, path = '']) => path);
    deepEqual(
      links.filter((path) => !existsSync(pathInRepository(path))),
      [],
    );
  });
});
