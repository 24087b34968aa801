import { projectShape } from './projectShape.ts';
import type { Schema } from './shape.ts';

/** The schema of project files: what the reader takes, in the words of JSON Schema. */
export function projectSchema(): Schema {
  const { properties, ...rest } = projectShape.schema;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'dualwrite://schemas/sync-project.schema.json',
    title: 'Sync project',
    allowComments: true,
    ...rest,
    properties: {
      $schema: { type: 'string' },
      ...(typeof properties === 'object' ? properties : {}),
    },
  };
}
