import type { Command } from './command.ts';
import { compareMaps } from './compareMaps.ts';
import { explain } from './explain.ts';
import { errors } from './errors.ts';
import { explainMessage } from './explainMessage.ts';
import { generate } from './generate.ts';
import { exportMaps } from './exportMaps.ts';
import { guide } from './guide.ts';
import { health } from './health.ts';
import { importMaps } from './importMaps.ts';
import { rehearse } from './rehearse.ts';
import { sync } from './sync.ts';

export const commands: Readonly<Record<string, Command>> = {
  explain,
  'compare-maps': compareMaps,
  export: exportMaps,
  errors,
  'explain-message': explainMessage,
  generate,
  guide,
  health,
  import: importMaps,
  rehearse,
  sync,
};
