import { type IntegrationFieldMapping, isEnabled } from '../model/fieldMapping.ts';
import type { IntegrationTableMapping } from '../model/mapping.ts';
import type { DataType } from '../model/table.ts';

/** Why the product's page refuses Not Null on a field mapping (`bc-sync.md` 1.3); undefined where it does not. */
export function notNullRefusal(
  { notNull, clearValueOnFailedSync }: IntegrationFieldMapping,
  integrationType: DataType | undefined,
): 'notNullOrClear' | 'notNullForGuids' | undefined {
  if (notNull !== true) return undefined;
  if (clearValueOnFailedSync === true) return 'notNullOrClear';
  return integrationType === undefined || integrationType === 'guid'
    ? undefined
    : 'notNullForGuids';
}

/** An option is a list of values of a column: it goes one way (`bc-sync.md` 1.2). */
export const isOptionBothWays = ({ uidType, direction }: IntegrationTableMapping): boolean =>
  uidType === 'Option' && direction === 'Bidirectional';

export const enabledFields = ({
  fields,
}: IntegrationTableMapping): readonly IntegrationFieldMapping[] => fields.filter(isEnabled);
