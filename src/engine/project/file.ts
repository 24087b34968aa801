import type {
  ConfigTemplate,
  IntegrationTableMapping,
  TemplateDefinition,
} from '../model/mapping.ts';
import type { IntegrationFieldMapping, TransformationRule } from '../model/fieldMapping.ts';
import type { EngineMode } from '../model/project.ts';
import type {
  BusinessRule,
  Calculation,
  FieldDefinition,
  FieldValues,
  Relation,
  TableDefinition,
} from '../model/table.ts';
import type { ConnectionFacts } from '../admin/facts.ts';
import { connectionShape } from '../admin/shape.ts';
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
  type Shape,
  text,
  value,
} from './shape.ts';

/** A sync project as its file says it; docs/sync-project.md explains every part. */
export interface ProjectFile {
  readonly settings?: ProjectSettings;
  readonly businessCentral: SideFile;
  readonly dataverse: SideFile;
  /** Standard mappings by name; those of `mappings` stand before them. */
  readonly useDefaults?: readonly string[];
  readonly mappings?: readonly IntegrationTableMapping[];
  readonly optionMappings?: readonly OptionMapping[];
  readonly templates?: readonly TemplateDefinition[];
  readonly couplings?: readonly InitialCoupling[] | RowSource;
  readonly jobQueue?: readonly QueueFile[];
  readonly connection?: ConnectionFacts;
}

export interface ProjectSettings {
  readonly mode?: EngineMode;
  readonly integrationUser?: string;
  readonly jobUser?: string;
  readonly company?: string;
}

export interface SideFile {
  readonly tables: readonly TableFile[];
}

export interface TableFile extends TableDefinition {
  readonly rows?: readonly FieldValues[] | RowSource;
}

/** A file of rows, and which of its columns are not fields. */
export interface RowSource {
  /** Relative to the project; csv, tsv, json, jsonl, xlsx or sqlite. */
  readonly file: string;
  /** The column with SystemId or the id of the row; `SystemId`, `id` or the table's own id column if absent. */
  readonly idColumn?: string;
  readonly modifiedAtColumn?: string;
  readonly modifiedByColumn?: string;
}

/** A pair that is coupled before the first run; each side by its id or by the values of its primary key. */
export interface InitialCoupling {
  readonly mapping: string;
  readonly record: string;
  readonly integrationRecord: string;
  /** Both sides were agreed on as they stand. */
  readonly synchronized?: boolean;
  /** When they were synchronized last: what changed later is news of its side. */
  readonly synchronizedAt?: string;
}

export interface OptionMapping {
  readonly mapping: string;
  readonly record: string;
  readonly option: string;
}

export interface QueueFile {
  readonly mapping: string;
  readonly minutes?: number;
  readonly inactivityMinutes?: number;
  readonly priority?: number;
  readonly category?: string;
}

const directions = ['Bidirectional', 'ToIntegrationTable', 'FromIntegrationTable'] as const;

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

const rowSource: Shape<RowSource> = object<RowSource>(
  {
    file: required(name('A file beside the project: csv, tsv, json, jsonl, xlsx or sqlite.')),
    idColumn: optional(name('The column with the id of the row.')),
    modifiedAtColumn: optional(name('The column with the time of the last change.')),
    modifiedByColumn: optional(name('The column with the user of the last change.')),
  },
  'Rows in a file of their own.',
);

const isObject = ({ type }: { readonly type: string }): boolean => type === 'object';

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

const side = (doc: string): Shape<SideFile> =>
  object<SideFile>({ tables: required(list(table, 'The tables that take part.')) }, doc);

const transformation: Shape<TransformationRule> = either<TransformationRule, TransformationRule>(
  object<Extract<TransformationRule, { readonly kind: 'replace' }>>(
    {
      kind: required(choice(['replace'], 'Replaces a text by another.')),
      find: required(text('What is replaced.')),
      with: required(text('What it is replaced by.')),
    },
    'Replace.',
  ),
  (node) => hasText(node, 'replace'),
  either<TransformationRule, TransformationRule>(
    object<Extract<TransformationRule, { readonly kind: 'substring' }>>(
      {
        kind: required(choice(['substring'], 'Takes a part of the text.')),
        start: required(number('The first character, counted from 1.')),
        length: optional(number('How many; the rest if absent.')),
      },
      'Substring.',
    ),
    (node) => hasText(node, 'substring'),
    object<{ readonly kind: 'uppercase' | 'lowercase' | 'titlecase' | 'trim' }>(
      {
        kind: required(choice(['uppercase', 'lowercase', 'titlecase', 'trim'], 'What is done.')),
      },
      'A change of case, or no blanks around the text.',
    ),
    'A transformation.',
  ),
  'The Transformation Rule of the field.',
);

const hasText = (
  {
    children = [],
  }: {
    readonly children?: readonly { readonly children?: readonly { readonly value?: unknown }[] }[];
  },
  kind: string,
): boolean => children.some(({ children: pair }) => pair?.[1]?.value === kind);

const fieldMapping: Shape<IntegrationFieldMapping> = object<IntegrationFieldMapping>(
  {
    field: optional(name('Field of Business Central; absent where a constant goes to Dataverse.')),
    integrationField: optional(
      name('Column of Dataverse; absent where a constant goes to Business Central.'),
    ),
    direction: required(choice(directions, 'Where the value goes.')),
    status: optional(choice(['Enabled', 'Disabled'], 'Enabled if absent.')),
    constantValue: optional(value('Written instead of the value of a field.')),
    validateField: optional(flag('Validate Field: the code of the field runs.')),
    validateIntegrationField: optional(flag('Validate Integration Table Field.')),
    clearValueOnFailedSync: optional(
      flag('Clear Value on Failed Sync: a lookup that has no partner becomes blank.'),
    ),
    notNull: optional(flag('Not Null: an empty id is not transferred.')),
    transformationRule: optional(transformation),
    transformationDirection: optional(choice(directions, 'Where the transformation applies.')),
    useForMatchBasedCoupling: optional(flag('Use For Match-Based Coupling.')),
    caseSensitiveMatching: optional(flag('Case-Sensitive Matching.')),
    matchPriority: optional(number('Match Priority; 0 is the highest.')),
    userDefined: optional(flag('Somebody added it to the standard mapping.')),
  },
  'A row of Integration Field Mapping.',
);

const configTemplate: Shape<ConfigTemplate> = object<ConfigTemplate>(
  {
    code: required(name('Code of a template under `templates`.')),
    priority: optional(number('The smallest is tried first.')),
    filter: optional(text('A view of the source table; blank applies to every row.')),
  },
  'A template and when it applies.',
);

const mapping: Shape<IntegrationTableMapping> = object<Omit<IntegrationTableMapping, 'parentName'>>(
  {
    name: required(name('Name of the mapping.')),
    table: required(name('Table of Business Central.')),
    integrationTable: required(name('Table of Dataverse.')),
    direction: required(choice(directions, 'Direction of the synchronization.')),
    tableFilter: optional(text('Table Filter: a view such as `WHERE(Blocked=CONST(" "))`.')),
    integrationTableFilter: optional(text('Integration Table Filter.')),
    synchOnlyCoupledRecords: optional(flag('Synch. Only Coupled Records; true if absent.')),
    deletionConflictResolution: optional(
      choice(['None', 'Restore Records', 'Remove Coupling'], 'Resolve Deletion Conflicts.'),
    ),
    updateConflictResolution: optional(
      choice(
        ['None', 'Send data update to integration table', 'Get data update from integration table'],
        'Resolve Update Conflicts.',
      ),
    ),
    templates: optional(list(configTemplate, 'Templates for rows inserted in Business Central.')),
    integrationTemplates: optional(
      list(configTemplate, 'Templates for rows inserted in Dataverse.'),
    ),
    fields: required(list(fieldMapping, 'Integration Field Mapping.')),
    dependencyFilter: optional(text('`A|B|C`: mappings whose full synchronization comes first.')),
    synchAfterBulkCoupling: optional(flag('Synch. After Match-Based Coupling.')),
    createNewInCaseOfNoMatch: optional(flag('Create New if Unable to Find a Match.')),
    uncoupleInBackground: optional(flag('Couplings are deleted by a job.')),
    disableEventJobRescheduling: optional(flag('Disable Event-driven Synch. Job Rescheduling.')),
    multiCompanySynchEnabled: optional(flag('Multi-Company Synchronization Enabled.')),
    uidType: optional(
      choice(
        ['Guid', 'Option'],
        '`Option`: the integration table is the list of values of a column.',
      ),
    ),
  },
  'A row of Integration Table Mapping.',
);

const coupling: Shape<InitialCoupling> = object<InitialCoupling>(
  {
    mapping: required(name('Name of the mapping.')),
    record: required(name('Id or primary key of the record in Business Central.')),
    integrationRecord: required(name('Id or primary key of the row in Dataverse.')),
    synchronized: optional(flag('Both sides were agreed on as they stand.')),
    synchronizedAt: optional(
      name('When they were synchronized last, ISO 8601: what changed later is news of its side.'),
    ),
  },
  'A pair that is coupled before the first run.',
);

const templateDefinition: Shape<TemplateDefinition> = object<TemplateDefinition>(
  {
    code: required(name('Code of the template.')),
    table: required(name('The table it fills.')),
    values: required(named(value('The value.'), 'Fields and the values they get.')),
  },
  'The values of a configuration template.',
);

export const projectShape: Shape<ProjectFile> = object<ProjectFile>(
  {
    settings: optional(
      object<ProjectSettings>(
        {
          mode: optional(
            choice(
              ['improved', 'faithful'],
              '`improved`, the default, merges per field and loses nothing; `faithful` decides as Business Central does.',
            ),
          ),
          integrationUser: optional(name('The user of Dataverse that the connection writes as.')),
          jobUser: optional(name('Whoever runs the jobs in Business Central.')),
          company: optional(
            name('Id of the company, as the company column of Dataverse holds it.'),
          ),
        },
        'What holds for the whole project.',
      ),
    ),
    businessCentral: required(side('Business Central.')),
    dataverse: required(side('Dataverse.')),
    useDefaults: optional(
      list(
        name('Name of a standard mapping.'),
        'Use Default Synchronization Setup for these mappings.',
      ),
    ),
    mappings: optional(list(mapping, 'Integration Table Mappings.')),
    optionMappings: optional(
      list(
        object<OptionMapping>(
          {
            mapping: required(name('A mapping whose `uidType` is `Option`.')),
            record: required(name('Id or primary key of the record.')),
            option: required(name('Id or primary key of the option value.')),
          },
          'A record and the option value that it stands for.',
        ),
        'Dataverse Option Mapping.',
      ),
    ),
    templates: optional(list(templateDefinition, 'Configuration templates.')),
    couplings: optional(
      either<RowSource, readonly InitialCoupling[]>(
        rowSource,
        isObject,
        list(coupling, 'The pairs themselves.'),
        'Pairs that are coupled before the first run, or the file that lists them in columns of the same names.',
      ),
    ),
    jobQueue: optional(
      list(
        object<QueueFile>(
          {
            mapping: required(name('Name of the mapping.')),
            minutes: optional(number('Minutes between two runs; 30 if absent.')),
            inactivityMinutes: optional(
              number('Inactivity Timeout Period; 0 never wakes by time.'),
            ),
            priority: optional(number('The smaller goes first.')),
            category: optional(name('Entries of one category run one after the other.')),
          },
          'A job queue entry.',
        ),
        'Job Queue Entries.',
      ),
    ),
    connection: optional(connectionShape),
  },
  'A sync project: how Business Central and Dataverse are integrated, and the rows of both sides.',
);
