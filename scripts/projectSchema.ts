import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectSchema } from '../src/engine/project/schema.ts';

/** Writes the schema of sync projects; `npm run build:schema`, whenever a shape under src/engine/project has changed. */
const file = join(import.meta.dirname, '../schemas/sync-project.schema.json');
writeFileSync(file, `${JSON.stringify(projectSchema(), undefined, 2)}\n`);
