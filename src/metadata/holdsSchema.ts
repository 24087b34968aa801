import type { Searchable } from '../text/longText.ts';
import { isDelimited } from './delimited.ts';

/** Whether a text that may hold a schema is worth reading: most JSON and XML of a workspace is not. */
export const holdsSchema = (uri: string, text: Searchable): boolean =>
  isDelimited(uri) ||
  mayBeProject(text) ||
  text.includes('<edmx:Edmx') ||
  text.includes('<EntityInfo');

/** Whether a text is worth parsing as the project of the gateway: most JSON of a workspace is not. */
export const mayBeProject = (text: Searchable): boolean =>
  text.includes('"environments"') &&
  text.includes('"schemas"') &&
  /^[\s\uFEFF]*\{/u.test(text.toString());
