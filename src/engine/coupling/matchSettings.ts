import type { Engine } from '../engine.ts';
import { setMapping } from '../mappings/setMapping.ts';
import { type IntegrationFieldMapping, isEnabled, nameOfField } from '../model/fieldMapping.ts';
import type { IntegrationTableMapping, UpdateConflictResolution } from '../model/mapping.ts';
import { EngineRefusal, message } from '../model/message.ts';
import type { CoupledTables } from '../store/couplings.ts';
import { fieldOf } from '../store/rowTables.ts';
import { knownMapping, tablesOf } from './couple.ts';

/** Select Coupling Criteria (page 5363, `bc-sync.md` 3.2): what Match-Based Coupling goes by, as a mapping keeps it. */
export interface MatchSettings {
  readonly criteria: readonly MatchCriterion[];
  readonly synchAfterCoupling: boolean;
  readonly createNew: boolean;
  /** Who wins after coupling, in a mapping that goes both ways; as it is set if absent. */
  readonly updateConflictResolution?: UpdateConflictResolution;
}

export interface MatchCriterion {
  /** The field mapping (`nameOfField`). */
  readonly field: string;
  readonly caseSensitive: boolean;
  /** 0 is the highest; criteria of one priority must all agree. */
  readonly priority: number;
}

/** Business Central creates no users of Dataverse for its salespeople (`bc-oracle.md` K13). */
export const createsUnmatched = ({ name }: IntegrationTableMapping): boolean =>
  name !== 'SALESPEOPLE';

export const isCriterion = (field: IntegrationFieldMapping): boolean =>
  isEnabled(field) && field.useForMatchBasedCoupling === true;

/** Fields that can be criteria: no constants, and no id that is to equal something else (`bc-sync.md` 1.3). */
export const matchableFields = (
  { fields }: IntegrationTableMapping,
  { table, integrationTable }: CoupledTables,
): readonly (IntegrationFieldMapping & {
  readonly field: string;
  readonly integrationField: string;
})[] =>
  fields.flatMap((mapped) => {
    const { field, integrationField, constantValue } = mapped;
    if (!isEnabled(mapped) || constantValue !== undefined) return [];
    if (field === undefined || integrationField === undefined) return [];
    const [own, other] = [fieldOf(table, field), fieldOf(integrationTable, integrationField)];
    if (own === undefined || other === undefined) return [];
    return (own.type === 'guid') === (other.type === 'guid')
      ? [{ ...mapped, field, integrationField }]
      : [];
  });

export const matchSettings = (mapping: IntegrationTableMapping): MatchSettings => ({
  criteria: mapping.fields.filter(isCriterion).map((field) => ({
    field: nameOfField(field),
    caseSensitive: field.caseSensitiveMatching === true,
    priority: field.matchPriority ?? 0,
  })),
  synchAfterCoupling: mapping.synchAfterBulkCoupling === true,
  createNew: mapping.createNewInCaseOfNoMatch === true,
  updateConflictResolution: mapping.updateConflictResolution ?? 'None',
});

/** Keeps criteria on the mapping, as the page does. Throws an EngineRefusal where a criterion is none of its fields. */
export function setMatchSettings(engine: Engine, name: string, settings: MatchSettings): void {
  const { criteria, synchAfterCoupling, createNew, updateConflictResolution } = settings;
  if (criteria.length === 0) throw new EngineRefusal(message('noMatchCriteria', { mapping: name }));
  const mapping = knownMapping(engine, name);
  const possible = new Set(matchableFields(mapping, tablesOf(engine, mapping)).map(nameOfField));
  const unknown = criteria.find(({ field }) => !possible.has(field));
  if (unknown !== undefined) {
    throw new EngineRefusal(message('noCriterion', { field: unknown.field, mapping: name }));
  }
  const chosen = new Map(criteria.map((criterion) => [criterion.field, criterion]));
  setMapping(engine, name, {
    fields: mapping.fields.map((field) => {
      const criterion = possible.has(nameOfField(field))
        ? chosen.get(nameOfField(field))
        : undefined;
      return {
        ...field,
        useForMatchBasedCoupling: criterion !== undefined,
        caseSensitiveMatching: criterion?.caseSensitive ?? false,
        matchPriority: criterion?.priority ?? 0,
      };
    }),
    synchAfterBulkCoupling: synchAfterCoupling,
    createNewInCaseOfNoMatch: createNew && createsUnmatched(mapping),
    ...(updateConflictResolution === undefined ? {} : { updateConflictResolution }),
  });
}
