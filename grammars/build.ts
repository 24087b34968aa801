/** Writes the grammars that the manifest names: `node grammars/build.ts`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonInjection, odata, xmlInjection, xpp } from './source/grammars.ts';
import type { Grammar } from './source/rule.ts';

export const grammarFiles: Readonly<Record<string, Grammar>> = {
  'xpp.tmLanguage.json': xpp,
  'odata.tmLanguage.json': odata,
  'json.injection.tmLanguage.json': jsonInjection,
  'xml.injection.tmLanguage.json': xmlInjection,
};

export const grammarText = (grammar: Grammar): string => `${JSON.stringify(grammar, null, 2)}\n`;

if (import.meta.main) {
  for (const [name, grammar] of Object.entries(grammarFiles)) {
    writeFileSync(join(import.meta.dirname, name), grammarText(grammar));
  }
}
