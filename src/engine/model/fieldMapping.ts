import type { MappingDirection } from './side.ts';
import type { FieldValue } from './table.ts';

/** A row of Integration Field Mapping (table 5336, `bc-sync.md` 1.3). */
export interface IntegrationFieldMapping {
  /** Absent where a constant is written into the integration table. */
  readonly field?: string;
  /** Absent where a constant is written into Business Central. */
  readonly integrationField?: string;
  readonly direction: MappingDirection;
  readonly status?: 'Enabled' | 'Disabled';
  readonly constantValue?: FieldValue;
  readonly validateField?: boolean;
  readonly validateIntegrationField?: boolean;
  readonly clearValueOnFailedSync?: boolean;
  readonly notNull?: boolean;
  readonly transformationRule?: TransformationRule;
  readonly transformationDirection?: MappingDirection;
  readonly useForMatchBasedCoupling?: boolean;
  readonly caseSensitiveMatching?: boolean;
  /** 0 is the highest. */
  readonly matchPriority?: number;
  readonly userDefined?: boolean;
}

/** What Transformation Rules of Business Central do to a text. */
export type TransformationRule =
  | { readonly kind: 'uppercase' | 'lowercase' | 'titlecase' | 'trim' }
  | { readonly kind: 'replace'; readonly find: string; readonly with: string }
  | { readonly kind: 'substring'; readonly start: number; readonly length?: number };

/** What a field mapping is called: the field of Business Central, or of Dataverse where a constant is written there. */
export const nameOfField = ({
  field,
  integrationField,
}: {
  readonly field?: string | undefined;
  readonly integrationField?: string | undefined;
}): string => field ?? integrationField ?? '';

export const isEnabled = ({ status }: IntegrationFieldMapping): boolean => status !== 'Disabled';
