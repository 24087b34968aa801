import type { FieldValue } from '../../src/engine/model/table.ts';
import type { ComparedField, ExplainedRecord } from '../../src/engine/surface/views/explained.ts';

/**
 * One version of a coupled pair as text, a line per field mapping: two versions put side by side differ in the lines
 * whose values differ, and in no others.
 */
export function recordText(
  version: 'businessCentral' | 'base' | 'dataverse',
  { fields }: Pick<ExplainedRecord, 'fields'>,
): string {
  const lines = fields.map((field) => `${fieldName(field)}: ${shown(valueOf(version, field))}`);
  return `${lines.join('\n')}\n`;
}

export const fieldName = ({ field, integrationField }: ComparedField): string =>
  field ?? integrationField ?? '';

function valueOf(
  version: 'businessCentral' | 'base' | 'dataverse',
  { value, integrationRead, base }: ComparedField,
): FieldValue | undefined {
  switch (version) {
    case 'businessCentral':
      return value;
    case 'dataverse':
      return integrationRead;
    case 'base':
      return base;
  }
}

/** A value as people read it; nothing and the empty text look different. */
export const shown = (value: FieldValue | undefined): string =>
  value === undefined || value === null ? '∅' : value === '' ? '""' : String(value);
