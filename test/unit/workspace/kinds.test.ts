import { deepEqual } from 'node:assert/strict';
import {
  filterFileSide,
  isJsonRows,
  isMetadataFile,
  isRowFile,
  isTable,
  isXppFile,
  mayHoldMap,
  rowFilesIn,
  mayTellMetadata,
} from '../../../src/workspace/kinds.ts';

const files = [
  { uri: 'file:///m/AxDataEntityView/E.xml', kinds: ['metadata', 'xpp'] },
  { uri: 'file:///m/axdataentityview/E.XML', kinds: ['metadata', 'xpp'] },
  { uri: 'file:///m/AxDataEntityViewExtension/E.Ours.xml', kinds: ['metadata'] },
  { uri: 'file:///m/AxTable/T.xml', kinds: ['metadata', 'xpp'] },
  { uri: 'file:///m/AxTableExtension/T.Ours.xml', kinds: ['metadata'] },
  { uri: 'file:///m/AxEnum/N.xml', kinds: ['metadata'] },
  { uri: 'file:///m/AxEnumExtension/N.Ours.xml', kinds: ['metadata'] },
  { uri: 'file:///m/AxEdt/N.xml', kinds: ['metadata'] },
  { uri: 'file:///m/AxView/V.xml', kinds: ['metadata'] },
  { uri: 'file:///m/AxClass/E_Ours_Extension.xml', kinds: ['metadata', 'xpp'] },
  { uri: 'file:///m/AxClass/Other.xml', kinds: ['xpp'] },
  { uri: 'file:///m/AxForm/F.xml', kinds: ['xpp'] },
  { uri: 'file:///m/job.XPP', kinds: ['xpp'] },
  { uri: 'file:///m/AxDataEntityView/Folder/E.xml', kinds: ['map'] },
  { uri: 'file:///m/LabelResources/en-US/Proj.en-US.label.txt', kinds: ['metadata'] },
  { uri: 'file:///m/map.json', kinds: ['map', 'rows'] },
  { uri: 'file:///m/map.jsonc', kinds: ['map'] },
  { uri: 'file:///m/map.JSONC', kinds: ['map'] },
  { uri: 'file:///m/map.jsonl', kinds: ['rows'] },
  { uri: 'file:///m/customizations.xml', kinds: ['map'] },
  { uri: 'file:///m/rows.CSV', kinds: ['rows'] },
  { uri: 'file:///m/a.xppfilter', kinds: ['fo'] },
  { uri: 'file:///m/a.ODataFilter', kinds: ['dataverse'] },
  { uri: 'file:///m/readme.md', kinds: [] },
] as const;

describe('the kind of a file', () => {
  for (const { uri, kinds } of files) {
    it(`is told by place and name: ${uri}`, () => {
      const side = filterFileSide(uri);
      deepEqual(
        [
          ...(isMetadataFile(uri) ? ['metadata'] : []),
          ...(mayHoldMap(uri) ? ['map'] : []),
          ...(isXppFile(uri) ? ['xpp'] : []),
          ...(isRowFile(uri) ? ['rows'] : []),
          ...(side === undefined ? [] : [side]),
        ],
        kinds,
      );
    });
  }

  const rows = [
    { listed: ['ProjectEntity.csv'], names: ['ProjectEntity', 'Projects'], found: 0 },
    { listed: ['customers%20v3.csv'], names: ['CustCustomerV3Entity', 'Customers V3'], found: 0 },
    { listed: ['CUSTOMERS-V3.CSV'], names: ['Customers V3'], found: 0 },
    { listed: ['Project.csv'], names: ['ProjectEntity', ''], found: undefined },
    { listed: ['.csv'], names: [''], found: undefined },
    // A map may be named like its entity.
    { listed: ['Projects.json', 'Projects.sqlite', 'Projects.tsv'], names: ['Projects'], found: 2 },
    { listed: ['Projects.json'], names: ['ProjectEntity', 'Projects'], found: 0 },
    { listed: ['Label.csv', 'Entity.xlsx'], names: ['Entity', 'Label'], found: 1 },
    { listed: ['Projects.xml', 'Projects.txt'], names: ['Projects'], found: undefined },
  ];
  for (const { listed, names, found } of rows) {
    it(`of rows is told by the name of their entity: ${listed.join(', ')}`, () => {
      const uris = listed.map((name) => `file:///r/${name}`);
      deepEqual(rowFilesIn(uris).of(names), found === undefined ? undefined : uris[found]);
    });
  }

  const schemas = [
    { uri: 'file:///m/AxEnum/N.xml', may: true },
    { uri: 'file:///m/customizations.xml', may: true },
    { uri: 'file:///m/$metadata', may: true },
    { uri: 'file:///m/%24metadata.xml', may: true },
    { uri: 'file:///m/org.metadata.xml', may: true },
    { uri: 'file:///m/org.csdl', may: true },
    { uri: 'file:///m/project.json', may: true },
    { uri: 'file:///m/solution.xml', may: false },
    { uri: 'file:///m/rows.csv', may: true },
    // Its columns tell something only of the entity that somebody asks for.
    { uri: 'file:///m/rows.xlsx', may: false },
  ];
  for (const { uri, may } of schemas) {
    it(`that may tell of tables is told by its name: ${uri}`, () => {
      deepEqual(mayTellMetadata(uri), may);
    });
  }

  const formats = ['csv', 'XLSX', 'jsonl', 'json', 'ndjson', 'sqlite', 'sqlite3', 'db', 'parquet'];
  it('with rows is told by its ending: text, JSON, or read by a library', () => {
    const uris = formats.map((ending) => `file:///m/rows.${ending}`);
    deepEqual(uris.filter(isTable), [uris[1], uris[5], uris[6], uris[7]]);
    deepEqual(uris.filter(isJsonRows), [uris[2], uris[3], uris[4]]);
    deepEqual(uris.filter(isRowFile), uris);
  });
});
