import type {
  BusinessRule,
  Calculation,
  FieldDefinition,
  FieldValues,
  Relation,
} from '../model/table.ts';
import type { RowSource, SideFile, TableFile } from './file.ts';
import {
  choice,
  either,
  flag,
  list,
  name,
  named,
  number,
  object,
  optional,
  required,
  text,
  value,
  type Shape,
} from './shape.ts';

const relation: Shape<Relation> = object<Relation>(
  {
    table: required(name('The table of the same side whose rows the value names.')),
    field: optional(name('The field that the value repeats; the id of the row if absent.')),
    blankFor: optional(
      list(text('A value.'), 'Values that mean none, such as the code of the local currency.'),
    ),
  },
  'The value names a row of another table, as a lookup does.',
);

const calculation: Shape<Calculation> = object<Calculation>(
  {
    method: required(choice(['count', 'sum', 'lookup'], 'How it is calculated.')),
    table: required(name('The table it is calculated over.')),
    field: optional(name('The field that is summed or looked up.')),
    where: required(
      named(
        name('A field of this table.'),
        'Fields of that table, and those of this one that they equal.',
      ),
    ),
  },
  'A FlowField: calculated when it is read, never written.',
);

const field: Shape<FieldDefinition> = object<FieldDefinition>(
  {
    name: required(name('Name of the field, or logical name of the column.')),
    type: required(
      choice(
        ['text', 'code', 'integer', 'decimal', 'boolean', 'date', 'datetime', 'guid', 'option'],
        'What it holds. A `code` is capitals without blanks around them.',
      ),
    ),
    number: optional(number('The field number that `Field18` of a stored view means.')),
    decimals: optional(number('Digits behind the point that the app keeps.')),
    length: optional(number('The longest text; what is longer is cut.')),
    relation: optional(relation),
    options: optional(list(text('A name.'), 'Names of the values of an option, value 0 first.')),
    calculated: optional(calculation),
  },
  'A field.',
);

const rule: Shape<BusinessRule> = object<BusinessRule>(
  {
    on: required(
      choice(['insert', 'modify', 'delete', 'validate', 'find'], 'What the app refuses.'),
    ),
    field: optional(name('The field whose validation refuses.')),
    when: optional(text('A view: the rule refuses the rows that pass it; every row if absent.')),
    error: required(name('What the app says.')),
    transient: optional(flag('A timeout, throttling or a lost session: worth another try.')),
  },
  'Code of the app that refuses a write: a missing permission, a plug-in, a validation.',
);

export const rowSource: Shape<RowSource> = object<RowSource>(
  {
    file: required(name('A file beside the project: csv, tsv, json, jsonl, xlsx or sqlite.')),
    idColumn: optional(name('The column with the id of the row.')),
    modifiedAtColumn: optional(name('The column with the time of the last change.')),
    modifiedByColumn: optional(name('The column with the user of the last change.')),
  },
  'Rows in a file of their own.',
);

/** A file of rows is named in an object, rows themselves stand in a list. */
export const isObject = ({ type }: { readonly type: string }): boolean => type === 'object';

const rows: Shape<readonly FieldValues[] | RowSource> = either(
  rowSource,
  isObject,
  list(
    named(value('The value of a field.'), 'A row: fields and their values.'),
    'The rows themselves.',
  ),
  'The rows of the table, or the file that has them. `id`, `modifiedAt` and `modifiedBy` may stand beside the fields.',
);

const table: Shape<TableFile> = object<TableFile>(
  {
    name: required(name('Name of the table, or logical name in Dataverse.')),
    number: optional(number('Table ID in Business Central.')),
    caption: optional(text('What people call it.')),
    fields: required(list(field, 'The fields that take part.')),
    primaryKey: optional(list(name('A field.'), 'The fields that tell its rows apart.')),
    numberSeries: optional(
      text('What numbers rows whose single key field is left blank: `C` gives `C00001`.'),
    ),
    companyField: optional(name('The column that belongs to one company; uncoupling clears it.')),
    isChild: optional(flag('A document line: its failures leave no mark on its coupling.')),
    uncouplesOnDelete: optional(flag('A document whose deletion takes its coupling along.')),
    rules: optional(list(rule, 'What the app refuses.')),
    rows: optional(rows),
  },
  'A table and its rows.',
);

export const sideShape = (doc: string): Shape<SideFile> =>
  object<SideFile>({ tables: required(list(table, 'The tables that take part.')) }, doc);
