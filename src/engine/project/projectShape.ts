import { connectionShape } from '../admin/shape.ts';
import type { TemplateDefinition } from '../model/mapping.ts';
import type {
  InitialCoupling,
  OptionMapping,
  ProjectFile,
  ProjectSettings,
  QueueFile,
  RowSource,
} from './file.ts';
import { mappingShape } from './mappingShape.ts';
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
  value,
  type Shape,
} from './shape.ts';
import { isObject, rowSource, sideShape } from './tableShape.ts';

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
    businessCentral: required(sideShape('Business Central.')),
    dataverse: required(sideShape('Dataverse.')),
    useDefaults: optional(
      list(
        name('Name of a standard mapping.'),
        'Use Default Synchronization Setup for these mappings.',
      ),
    ),
    mappings: optional(list(mappingShape, 'Integration Table Mappings.')),
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
