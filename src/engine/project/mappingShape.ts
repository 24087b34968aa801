import type { IntegrationFieldMapping, TransformationRule } from '../model/fieldMapping.ts';
import type { ConfigTemplate, IntegrationTableMapping } from '../model/mapping.ts';
import {
  choice,
  either,
  flag,
  list,
  name,
  number,
  object,
  optional,
  required,
  text,
  value,
  type Shape,
} from './shape.ts';

const directions = ['Bidirectional', 'ToIntegrationTable', 'FromIntegrationTable'] as const;

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

export const mappingShape: Shape<IntegrationTableMapping> = object<
  Omit<IntegrationTableMapping, 'parentName'>
>(
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
