import { childNamed, listNamed, type XmlElement, xmlValueOf } from '../text/xml.ts';
import type {
  DeclaredType,
  EnumElement,
  EnumType,
  ExtendedType,
  Table,
  TableField,
  TextCase,
} from './model.ts';

/** What an AxTableExtension adds to the table it names. */
export interface TableExtension {
  readonly table: string;
  readonly name: string;
  readonly fields: readonly TableField[];
  readonly uri: string;
}

/** What an AxEnumExtension adds to the enum it names. */
export interface EnumExtension {
  readonly enumName: string;
  readonly name: string;
  readonly elements: readonly EnumElement[];
  readonly uri: string;
}

/** The value of a child, empty where it is missing: the AOT leaves out what is not set. */
export function valueOf(text: string, element: XmlElement, name: string): string {
  const child = childNamed(element, name);
  return child === undefined ? '' : xmlValueOf(text, child);
}

const integerOf = (text: string): number | undefined =>
  /^-?\d{1,15}$/u.test(text) ? Number(text) : undefined;

export const declaredType = (element: XmlElement, text: string, type: string): DeclaredType => ({
  type,
  extendedDataType: valueOf(text, element, 'ExtendedDataType'),
  enumType: valueOf(text, element, 'EnumType'),
  stringSize: integerOf(valueOf(text, element, 'StringSize')),
});

const fieldsOf = (root: XmlElement, text: string, uri: string): readonly TableField[] =>
  listNamed(root, 'Fields').map((field) => ({
    name: valueOf(text, field, 'Name'),
    // The AOT writes a property only where it is not the default, which is Yes here.
    isEditable: valueOf(text, field, 'AllowEdit') !== 'No',
    origin: { uri, span: field.span },
    ...declaredType(field, text, (field.attributes['i:type'] ?? '').replace('AxTableField', '')),
  }));

export const readTable = (root: XmlElement, text: string, uri: string): Table => ({
  name: valueOf(text, root, 'Name'),
  // The AOT writes a property only where it is not the default, which is Yes here.
  isPerCompany: valueOf(text, root, 'SaveDataPerCompany') !== 'No',
  fields: fieldsOf(root, text, uri),
  origin: { uri, span: (childNamed(root, 'Name') ?? root).span },
});

/** An extension is named `Table.Extension`. */
export function readTableExtension(root: XmlElement, text: string, uri: string): TableExtension {
  const name = valueOf(text, root, 'Name');
  return { table: name.split('.')[0] ?? name, name, fields: fieldsOf(root, text, uri), uri };
}

export function readEnum(root: XmlElement, text: string, uri: string): EnumType {
  const isExtensible = /^(?:true|yes)$/iu.test(valueOf(text, root, 'IsExtensible'));
  const values = listNamed(root, 'EnumValues');
  const written = values.map((element) => integerOf(valueOf(text, element, 'Value')));
  const byOrder =
    valueOf(text, root, 'UseEnumValue') === 'No' || written.every((value) => value === undefined);
  const missing = written.filter((value) => value === undefined).length;
  // The AOT leaves out what is not set, so a single value that is missing among others is 0.
  const unwritten = (index: number): number | undefined =>
    missing === 1 && !written.includes(0) ? 0 : written.includes(index) ? undefined : index;
  return {
    name: valueOf(text, root, 'Name'),
    isExtensible,
    isWhole: !isExtensible,
    elements: values.map((element, index) => ({
      name: valueOf(text, element, 'Name'),
      label: valueOf(text, element, 'Label'),
      value: byOrder ? index : (written[index] ?? unwritten(index)),
      origin: { uri, span: element.span },
    })),
    origin: { uri, span: (childNamed(root, 'Name') ?? root).span },
  };
}

export function readEnumExtension(root: XmlElement, text: string, uri: string): EnumExtension {
  const name = valueOf(text, root, 'Name');
  return {
    enumName: name.split('.')[0] ?? name,
    name,
    elements: listNamed(root, 'EnumValues').map((element) => ({
      name: valueOf(text, element, 'Name'),
      label: valueOf(text, element, 'Label'),
      // Each system numbers the elements of extensions itself (`dualwrite.md` 4.8).
      value: undefined,
      origin: { uri, span: element.span },
    })),
    uri,
  };
}

export const readExtendedType = (root: XmlElement, text: string, uri: string): ExtendedType => ({
  name: valueOf(text, root, 'Name'),
  extends: valueOf(text, root, 'Extends'),
  type: (root.attributes['i:type'] ?? '').replace('AxEdt', ''),
  enumType: valueOf(text, root, 'EnumType'),
  stringSize: integerOf(valueOf(text, root, 'StringSize')),
  textCase: textCaseOf(valueOf(text, root, 'ChangeCase')),
  origin: { uri, span: (childNamed(root, 'Name') ?? root).span },
});

const textCaseOf = (text: string): TextCase | undefined =>
  /^upper/iu.test(text) ? 'upper' : /^lower/iu.test(text) ? 'lower' : undefined;
