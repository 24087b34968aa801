import { deepEqual, equal } from 'node:assert/strict';
import { readMappingMethod } from '../../../src/tracking/mappingMethod.ts';

const method = (body: string): string =>
  `public static container getEntityDataSourceToFieldMapping(container mapping)\n{\n${body}\n    return mapping;\n}`;

const entry = (source: string, table: string, field: string): string =>
  `[identifierStr(${source}), tablenum(${table}), fieldstr(E, ${field})]`;

describe('getEntityDataSourceToFieldMapping', () => {
  it('is read in the forms that Microsoft documents', () => {
    const one = `mapping += [[tablestr(E), tablenum(LogisticsPostalAddress), fieldstr(E, AddressRecId)]];`;
    deepEqual(readMappingMethod(method(one)), {
      entries: [{ dataSource: 'E', table: 'LogisticsPostalAddress', field: 'AddressRecId' }],
      isWhole: true,
    });
    const many = `mapping += [\n${[entry('A', 'T', 'F'), entry('B1', 'T', 'G')].join(',\n')}];`;
    deepEqual(readMappingMethod(method(many)), {
      entries: [
        { dataSource: 'A', table: 'T', field: 'F' },
        { dataSource: 'B1', table: 'T', field: 'G' },
      ],
      isWhole: true,
    });
  });

  it('has no entries in comments', () => {
    const commented = `mapping += [\n${entry('A', 'T', 'F')},\n//${entry('B', 'T', 'G')},\n/* ${entry('C', 'T', 'H')} */ ];`;
    deepEqual(
      readMappingMethod(method(commented)).entries.map(({ dataSource }) => dataSource),
      ['A'],
    );
  });

  it('may go on with what it extends', () => {
    const next = `mapping = next getEntityDataSourceToFieldMapping(mapping); mapping += [${entry('A', 'T', 'F')}];`;
    deepEqual(readMappingMethod(method(next)).isWhole, true);
  });

  for (const [id, body] of Object.entries({
    'another method': 'mapping += OurMappings::all();',
    'a table in another form': `mapping += [[classStr(X), tablenum(T), someField]];`,
    'a field in another form': `mapping += [[tablestr(E), tablenum(T), 'RecId']];`,
  })) {
    it(`is known to do more: ${id}`, () => equal(readMappingMethod(method(body)).isWhole, false));
  }

  it('is read where it is broken', () => {
    deepEqual(readMappingMethod('').entries, []);
    deepEqual(readMappingMethod('tablenum(').isWhole, false);
    deepEqual(readMappingMethod(`tablenum(T), fieldstr(E, F)]`).entries, []);
  });
});
