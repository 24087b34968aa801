import { codeActions } from './codeActions.ts';
import { codeLenses } from './codeLenses.ts';
import type { Feature } from './feature.ts';
import { filterAtPlace } from './filterPlaces.ts';

/** Every feature that needs nothing but the session. */
export const features: readonly Feature[] = [codeActions, codeLenses, filterAtPlace];
