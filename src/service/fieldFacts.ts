import { columnIn } from '../metadata/dataverse/tables.ts';
import { nullabilityOf } from '../metadata/nullability.ts';
import type { FieldFacts } from '../preview/witness.ts';
import type { AnalysedFilter } from './analysed.ts';
import { legEntity } from './checks/legEntity.ts';
import type { Workspace } from './workspace.ts';

/** What metadata tell of the fields of a filter's entity: NULL, and the elements of enums and option sets. */
export function fieldFactsOf(
  { site, resolution }: Pick<AnalysedFilter, 'site' | 'resolution'>,
  workspace: Workspace,
): (field: string) => FieldFacts {
  if (site.leg === undefined) return () => ({ isNullable: true });
  const { typeOf, table } = legEntity(site.leg, workspace);
  if (site.side === 'dataverse') {
    return (field) => {
      const column = table === undefined ? undefined : columnIn(table, field);
      return {
        isNullable: column?.nullable ?? true,
        values: column?.options?.map(({ value }) => String(value)),
      };
    };
  }
  return (field) => {
    const type = typeOf(field);
    return {
      isNullable:
        resolution.kind !== 'found' ||
        nullabilityOf(resolution.entity, field, workspace.metadata).kind !== 'never',
      values: type.kind === 'enum' ? type.elements.map(({ name }) => name) : undefined,
    };
  };
}
