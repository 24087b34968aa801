import type { Translate } from '../../problem/message.ts';
import type { FilterPlace } from '../place.ts';
import { functionNamed, meaningOf, signatureOf } from './calls.ts';
import { callAt } from './completion/context.ts';
import { languageOf } from './docsContext.ts';

/** The call around a caret: how the function is called, and which parameter is being written. */
export interface FilterSignature {
  readonly label: string;
  /** Places in the label. */
  readonly parameters: readonly (readonly [number, number])[];
  /** Undefined where the function has no such parameter. */
  readonly active: number | undefined;
  readonly markdown: string;
}

export function signatureAt(
  { filter, offset }: FilterPlace,
  translate: Translate,
): FilterSignature | undefined {
  const language = languageOf(filter);
  const call = callAt(filter.site.text.value, offset, language);
  const known = call === undefined ? undefined : functionNamed(call.name, language);
  if (call === undefined || known === undefined) return undefined;
  const { label, parameters } = signatureOf(known);
  // Named arguments may stand in any order.
  const written = /^\s*(\w+)\s*=/u.exec(call.argument)?.[1];
  const byName = known.parameters.findIndex(({ name }) => name === written);
  const active = known.isNamed && byName >= 0 ? byName : call.index;
  return {
    label,
    parameters,
    active: active < parameters.length ? active : undefined,
    markdown: meaningOf(known, translate),
  };
}
