import { fieldNamed, type Metadata } from '../../src/metadata/metadata.ts';
import { typeOfField } from '../../src/metadata/fieldType.ts';
import type { FieldType } from '../../src/metadata/model.ts';

const XSI = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"';

export interface ElementParts {
  readonly name: string;
  readonly value?: number;
  readonly label?: string;
}

const elementXml = ({ name, value, label }: ElementParts): string =>
  `<AxEnumValue><Name>${name}</Name>${label === undefined ? '' : `<Label>${label}</Label>`}${value === undefined ? '' : `<Value>${value}</Value>`}</AxEnumValue>`;

const elementsXml = (elements: readonly (ElementParts | string)[]): string =>
  `<EnumValues>${elements.map((each) => elementXml(typeof each === 'string' ? { name: each } : each)).join('')}</EnumValues>`;

export const enumXml = (
  name: string,
  elements: readonly (ElementParts | string)[],
  more = '',
): string => `<AxEnum ${XSI}><Name>${name}</Name>${more}${elementsXml(elements)}</AxEnum>`;

export const EXTENSIBLE = '<IsExtensible>true</IsExtensible>';

export const enumExtensionXml = (name: string, elements: readonly string[]): string =>
  `<AxEnumExtension ${XSI}><Name>${name}</Name>${elementsXml(elements)}</AxEnumExtension>`;

export const edtXml = (name: string, type: string, more = ''): string =>
  `<AxEdt ${XSI} i:type="AxEdt${type}"><Name>${name}</Name>${more}</AxEdt>`;

export const tableFieldXml = (name: string, type: string, more = ''): string =>
  `<AxTableField xmlns="" i:type="AxTableField${type}"><Name>${name}</Name>${more}</AxTableField>`;

export const tableWith = (name: string, fields: readonly string[]): string =>
  `<AxTable ${XSI}><Name>${name}</Name><Fields>${fields.join('')}</Fields></AxTable>`;

export const tableExtensionXml = (name: string, fields: readonly string[]): string =>
  `<AxTableExtension ${XSI}><Name>${name}</Name><Fields>${fields.join('')}</Fields></AxTableExtension>`;

export const viewXml = (name: string, fields: readonly string[], dataSources: string): string =>
  `<AxView ${XSI}><Name>${name}</Name><Fields>${fields.join('')}</Fields><ViewMetadata><DataSources>${dataSources}</DataSources></ViewMetadata></AxView>`;

export const boundField = (name: string, dataSource: string): string =>
  `<AxViewField xmlns="" i:type="AxViewFieldBound"><Name>${name}</Name><DataField>${name}</DataField><DataSource>${dataSource}</DataSource></AxViewField>`;

/** A type in short: `text 20`, `enum E [A=0 B=1]`; what is not certain has a question mark. */
function shortType(type: FieldType): string {
  switch (type.kind) {
    case 'text':
      return `text ${type.size ?? '-'}`;
    case 'enum': {
      const elements = type.elements.map(({ name, value }) => `${name}=${value ?? '?'}`).join(' ');
      return `enum ${type.name} [${elements}]${type.isWhole ? '' : '?'}`;
    }
    default:
      return type.kind;
  }
}

export function typeIn(metadata: Metadata, field: string, entityName = 'E'): string {
  const entity = metadata.entityNamed(entityName);
  return entity === undefined || fieldNamed(entity, field) === undefined
    ? 'no such field'
    : shortType(typeOfField(entity, field, metadata));
}
