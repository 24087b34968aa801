import { deepEqual } from 'node:assert/strict';
import { analyse } from '../../../src/service/analysis.ts';
import { legFilters } from '../../../src/service/checks/legFilters.ts';
import { checkSharedTables } from '../../../src/service/checks/sharedTables.ts';
import { emptyWorkspace } from '../../../src/service/workspace.ts';
import { textOf } from '../../../src/text/span.ts';
import { run } from '../../kit/commandLine.ts';
import { mapForms } from '../../kit/maps.ts';
import { entityXml, mappedField, workspaceWith } from '../../kit/metadata.ts';
import { tableFieldXml, tableWith } from '../../kit/types.ts';

const entity = (name: string, label: string, table: string): string =>
  entityXml({ name, label, fields: [mappedField('ID', table)], root: { name: table } });
const metadata = {
  'file:///w/AxDataEntityView/A.xml': entity('AEntity', 'Alphas', 'DirPartyTable'),
  'file:///w/AxDataEntityView/B.xml': entity('BEntity', 'Betas', 'DirPartyTable'),
  'file:///w/AxDataEntityView/C.xml': entity('CEntity', 'Gammas', 'OtherTable'),
  'file:///w/AxTable/DirPartyTable.xml': tableWith('DirPartyTable', [
    tableFieldXml('ID', 'String'),
  ]),
  'file:///w/AxTable/OtherTable.xml': tableWith('OtherTable', [tableFieldXml('ID', 'String')]),
};
const workspace = workspaceWith(metadata);

describe('a table that several entities follow', () => {
  const cases = [
    { id: 'two entities', others: ['Betas'], told: { tables: '`DirPartyTable`', count: 1 } },
    { id: 'entities of other tables', others: ['Gammas'], told: undefined },
    { id: 'another map of the same entity', others: ['Alphas'], told: undefined },
    { id: 'no other map', others: [], told: undefined },
    { id: 'an entity that nobody knows', others: ['Deltas'], told: undefined },
  ];
  for (const form of mapForms.filter(({ id }) => ['mapping', 'record', 'solution'].includes(id))) {
    for (const { id, others, told } of cases) {
      it(`is told once, at the name of the entity: ${id}, ${form.id}`, () => {
        const legsOf = (sourceSchema: string, uri: string, context = workspace) => {
          const text = form.write({ sourceSchema, fields: ['ID'] });
          const analysed = analyse({ uri, text }, context);
          return { text, legs: legFilters(analysed, context) };
        };
        const { text, legs } = legsOf('Alphas', 'file:///w/m.json');
        const elsewhere = others.flatMap(
          (label, index) => legsOf(label, `file:///w/${index}.json`).legs,
        );
        const problems = checkSharedTables(legs, elsewhere);
        deepEqual(
          problems.map(({ code, span, args }) => [code, textOf(text, span), args]),
          told === undefined ? [] : [['tracked-by-many', 'Alphas', told]],
        );
        // Without metadata nobody knows.
        const unknown = legsOf('Alphas', 'file:///w/m.json', emptyWorkspace);
        const unknownOther = legsOf('Betas', 'file:///w/n.json', emptyWorkspace);
        deepEqual(checkSharedTables(unknown.legs, unknownOther.legs), []);
      });
    }
  }

  it('is told by a check of both maps', async () => {
    const write = (sourceSchema: string): string =>
      mapForms[0]?.write({ sourceSchema, fields: ['ID'] }) ?? '';
    const table = Object.fromEntries(
      Object.entries(metadata).map(([uri, text]) => [uri.replace('file:///w/', 'w/'), text]),
    );
    const { out } = await run(['check', 'w', '--format', 'json'], {
      ...table,
      'w/a.json': write('Alphas'),
      'w/b.json': write('Betas'),
    });
    const told: readonly { readonly code: string; readonly file: string }[] = JSON.parse(out);
    deepEqual(
      told.filter(({ code }) => code === 'tracked-by-many').map(({ file }) => file),
      ['w/a.json', 'w/b.json'],
    );
  });
});
