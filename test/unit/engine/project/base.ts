/** A project without any mistake; fixtures change one thing of it. */
export const baseProject = {
  settings: { mode: 'improved' },
  businessCentral: {
    tables: [
      {
        name: 'Customer',
        number: 18,
        primaryKey: ['No.'],
        fields: [
          { name: 'No.', type: 'code', number: 1, length: 20 },
          { name: 'Name', type: 'text', number: 2 },
          { name: 'Blocked', type: 'option', options: [' ', 'Ship', 'All'] },
          { name: 'Contact', type: 'guid', relation: { table: 'Contact' } },
        ],
      },
      { name: 'Contact', fields: [{ name: 'Name', type: 'text' }] },
    ],
  },
  dataverse: {
    tables: [
      {
        name: 'account',
        fields: [
          { name: 'name', type: 'text' },
          { name: 'primarycontactid', type: 'guid', relation: { table: 'contact' } },
        ],
      },
      { name: 'contact', fields: [{ name: 'fullname', type: 'text' }] },
    ],
  },
  mappings: [
    {
      name: 'CUSTOMER',
      table: 'Customer',
      integrationTable: 'account',
      direction: 'Bidirectional',
      dependencyFilter: 'PERSON',
      fields: [{ field: 'Name', integrationField: 'name', direction: 'Bidirectional' }],
    },
    {
      name: 'PERSON',
      table: 'Contact',
      integrationTable: 'contact',
      direction: 'Bidirectional',
      fields: [{ field: 'Name', integrationField: 'fullname', direction: 'Bidirectional' }],
    },
  ],
  templates: [{ code: 'T', table: 'Customer', values: { Name: 'x' } }],
} as const;

/** The text of the base project with a value at a path, or without what stands there if it is undefined. */
export function projectWith(path: string, value: unknown): string {
  const project: unknown = structuredClone(baseProject);
  const steps = path.split('.').map((step) => step.replaceAll('_', '.'));
  let at: unknown = project;
  for (const step of steps.slice(0, -1)) {
    at = typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined;
  }
  const last = steps.at(-1) ?? '';
  if (typeof at !== 'object' || at === null) throw new Error(`nothing at ${path}`);
  if (value === undefined) Reflect.deleteProperty(at, last);
  else Reflect.set(at, last, value);
  return JSON.stringify(project, undefined, 2);
}
