import { deepEqual, equal } from 'node:assert/strict';
import { readMetadataFile } from '../../../src/metadata/readFile.ts';
import { entityXml, mappedField, metadataIn } from '../../kit/metadata.ts';
import { enumXml } from '../../kit/types.ts';

const ENUM_URI = 'file:///m/Model/AxEnum/X.xml';

describe('what is broken or twice there', () => {
  const entity = (field: string): string =>
    entityXml({ fields: [mappedField(field, 'T')], root: { name: 'T' } });

  it('makes an enum that is cut off incomplete, and nothing else', () => {
    const whole = enumXml('X', ['A', 'B']);
    const { enums, problems } = readMetadataFile(ENUM_URI, whole.slice(0, -22));
    deepEqual([enums[0]?.isWhole, problems.length > 0], [false, true]);
    equal(readMetadataFile(ENUM_URI, whole).enums[0]?.isWhole, true);
  });

  it('takes the first of two entities of one name by address, whatever the order', () => {
    const a = ['file:///a/AxDataEntityView/E.xml', entity('A')] as const;
    const b = ['file:///b/AxDataEntityView/E.xml', entity('B')] as const;
    for (const pair of [
      [a, b],
      [b, a],
    ]) {
      const metadata = metadataIn(Object.fromEntries(pair));
      deepEqual(
        metadata.entityNamed('E')?.fields.map(({ name }) => name),
        ['A'],
      );
      deepEqual(
        metadata.duplicatesOf('e').map(({ origin }) => origin.uri),
        ['file:///b/AxDataEntityView/E.xml'],
      );
    }
  });

  it('sees no second entity in a copy of a file', () => {
    const metadata = metadataIn({
      'file:///a/AxDataEntityView/E.xml': entity('A'),
      'file:///b/AxDataEntityView/E.xml': entity('A'),
    });
    deepEqual(metadata.duplicatesOf('E'), []);
    deepEqual(metadata.duplicatesOf('F'), []);
  });
});
