import { deepEqual, equal, ok } from 'node:assert/strict';
import { metadataOf } from '../../../src/metadata/metadataOf.ts';
import { nullabilityOf } from '../../../src/metadata/nullability.ts';
import { readMetadataFile } from '../../../src/metadata/readFile.ts';
import { decodeText } from '../../../src/workspace/files.ts';
import { ENTITY_URI, entityXml, mappedField } from '../../kit/metadata.ts';

const LABEL = 'Kundenaufträge';

const text = entityXml({
  label: LABEL,
  fields: [mappedField('A', 'O')],
  root: { name: 'T', below: [{ name: 'O', join: 'OuterJoin' }] },
});

const utf16 = (source: string, isLittle: boolean): Uint8Array => {
  const bytes = new Uint8Array(source.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < source.length; index += 1) {
    view.setUint16(index * 2, source.charCodeAt(index), isLittle);
  }
  return bytes;
};

/** Of Windows-1252 the letters used here are those of Latin 1. */
const windows1252 = (source: string): Uint8Array =>
  Uint8Array.from(source.split(''), (letter) => letter.charCodeAt(0));

const OTHER_URI = 'file:///m/Model/AxDataEntityView/F.xml';
const other = entityXml({
  name: 'F',
  label: 'Others',
  fields: [mappedField('A', 'T')],
  root: { name: 'T' },
});

describe('a file of metadata', () => {
  for (const [id, bytes] of [
    ['in UTF-8', new TextEncoder().encode(text)],
    ['in UTF-8 with its mark', new TextEncoder().encode(`\uFEFF${text}`)],
    ['in UTF-16, little end first', utf16(`\uFEFF${text}`, true)],
    ['in UTF-16, big end first', utf16(`\uFEFF${text}`, false)],
  ] as const) {
    it(`${id} is read whole`, () => {
      const file = readMetadataFile(ENTITY_URI, decodeText(bytes) ?? '');
      deepEqual(file.problems, []);
      equal(file.entities[0]?.label, LABEL);
    });
  }

  it('in a code page of Windows is told, and all but its lost letters counts', () => {
    const read = decodeText(windows1252(text)) ?? '';
    const file = readMetadataFile(ENTITY_URI, read);
    deepEqual(
      file.problems.map(({ code, variant, span }) => [code, variant, span.start]),
      [['metadata-broken', 'encoding', read.indexOf('\uFFFD')]],
    );
    const metadata = metadataOf([file, readMetadataFile(OTHER_URI, other)]);
    const [broken, whole] = ['E', 'F'].map(metadata.entityNamed);
    ok(broken !== undefined && whole !== undefined);
    equal(nullabilityOf(broken, 'A', metadata).kind, 'outerJoin');
    equal(metadata.entitiesLabelled('Others').length, 1);
  });

  it('of labels is told as well', () => {
    const uri = 'file:///m/Model/LabelResources/de/L.de.label.txt';
    const file = readMetadataFile(uri, decodeText(windows1252('A=Verträge\nB=Orte\n')) ?? '');
    deepEqual(
      file.problems.map(({ variant }) => variant),
      ['encoding'],
    );
    equal(file.labels[0]?.texts.get('b'), 'Orte');
  });

  it('that is cut off or empty harms no other', () => {
    for (const broken of [
      '',
      '<',
      '<AxDataEntityView',
      text.slice(0, 300),
      '{"environments":[{"schemas"',
    ]) {
      const files = [readMetadataFile(ENTITY_URI, broken), readMetadataFile(OTHER_URI, other)];
      const metadata = metadataOf(files);
      equal(metadata.entityNamed('F')?.fields.length, 1, broken);
      equal(metadata.entitiesLabelled('Others').length, 1, broken);
    }
  });
});
