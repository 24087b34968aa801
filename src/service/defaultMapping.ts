import type { Leg, Side } from '../map/model.ts';
import { separatorOf, styleOf, written } from '../map/written.ts';
import type { Edit } from '../text/edit.ts';

/**
 * The edit that adds a field mapping with a default value to a leg, written as the mappings before it are: their
 * blanks are copied from the document, so they are escaped already. Undefined where the leg has none to go by, or
 * where the field is mapped otherwise.
 */
export function addedDefault(
  { fieldMappings, encode }: Leg,
  documentText: string,
  { side, field, value }: { readonly side: Side; readonly field: string; readonly value: string },
): Edit | undefined {
  const last = fieldMappings.at(-1);
  const name = field.toLowerCase();
  const isMapped = fieldMappings.some(({ sourceField, destinationField }) => {
    const [column] = destinationField.toLowerCase().split('.');
    return side === 'fo' ? sourceField.toLowerCase() === name : column === name;
  });
  if (last === undefined || isMapped) return undefined;
  const example = documentText.slice(last.span.start, last.span.end);
  const separator = separatorOf(fieldMappings.at(-2)?.span.end, last.span.start, documentText);
  const direction = side === 'fo' ? 2 : 1;
  const isNumber = /syncDirection(?:\\*"|&quot;)\s*:\s*\d/u.test(example);
  const mapping = {
    syncDirection: isNumber ? direction : String(direction),
    // Finance and Operations writes its names in capitals there (`dualwrite.md` 1.3).
    sourceField: side === 'fo' ? field.toUpperCase() : '',
    destinationField: side === 'fo' ? '' : field,
    valueTransforms: [{ transformType: 'Default', defaultValue: value }],
    isSystemGenerated: false,
  };
  const text = written(mapping, styleOf(example), encode);
  return { span: { start: last.span.end, end: last.span.end }, text: separator + text };
}
