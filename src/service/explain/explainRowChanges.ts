import type { Condition } from '../../filter/meaning/condition.ts';
import { explainInsert, explainUpdate, type KnownRow } from '../../live/explainField.ts';
import type { NamedLeg } from '../../live/legs.ts';
import { type StepResult, UNTOLD } from '../../live/model.ts';
import type { FieldMapping, ValueTransform } from '../../map/model.ts';
import { columnIn } from '../../metadata/dataverse/tables.ts';
import { key } from '../../metadata/merge.ts';
import type { Translate } from '../../problem/message.ts';
import { legEntity } from '../checks/legEntity.ts';
import { mappingText, told } from './explainChanges.ts';
import { plain, table } from '../../text/markdown.ts';
import { outcomesText, sentenceOf } from '../rehearsal/report.ts';
import type { Workspace } from '../workspace.ts';

/**
 * What becomes of a row on the way to the other side, as Markdown: inserted as it is, and with each mapped field as the
 * one that was changed last.
 *
 * @param condition what the filter means for the rows of the file, as the preview judges them.
 */
export function changesOfRow(
  named: NamedLeg,
  row: KnownRow,
  condition: Condition,
  workspace: Workspace,
  say: Translate,
): string {
  const { leg } = named;
  const { side } = row;
  const own: NamedLeg = {
    ...named,
    leg: { ...leg, fieldMappings: asHeld(named, row, workspace) },
    conditions: { [side]: condition },
  };
  const inserted = explainInsert(own, row, workspace);
  const rows = own.leg.fieldMappings.flatMap((mapping) => {
    if ((side === 'fo' ? mapping.sourceField : mapping.destinationField) === '') return [];
    const result = explainUpdate(own, mapping, row, workspace);
    return result === undefined ? [] : [[mappingText(mapping), told(result, say)]];
  });
  const parts = [
    `${plain(`${leg.sourceSchema} – ${leg.destinationSchema}`)}: ${say(`explain.${side}`)}`,
    ...(inserted === undefined ? [] : insertion(inserted, say)),
    `## ${say('explain.updated')}`,
    table([say('explain.field'), say('explain.outcome')], rows),
    say('explain.rowNotFinal'),
  ];
  return parts.join('\n\n');
}

const insertion = ({ outcomes, happenings }: StepResult, say: Translate): readonly string[] => [
  `## ${say('explain.inserted')}: ${outcomesText(outcomes, say)}`,
  happenings
    .filter(({ kind }) => !HIDDEN.has(kind))
    .map((happening) => {
      const sentence = sentenceOf(happening, say);
      return `- ${WITH_CELLS.has(happening.kind) ? plain(sentence) : sentence}`;
    })
    .join('\n'),
];

/** What is written follows from what is sent, as long as one row is all there is. */
const HIDDEN = new Set(['write', 'order', 'roundTrip']);
/** Cells of a file may hold what Markdown takes for its own. */
const WITH_CELLS = new Set(['payload', 'transform', 'lookup', 'error']);

/** The field mappings with value maps that know what the row holds: a file may hold the number of an element. */
const asHeld = (
  { leg }: NamedLeg,
  { side, cells }: KnownRow,
  workspace: Workspace,
): readonly FieldMapping[] => {
  const { typeOf, table: dataverse } = legEntity(leg, workspace);
  /** The other writing of a cell: the name of an element in Finance and Operations, the value of an option in Dataverse. */
  const otherNameOf = (field: string, cell: string): string | undefined => {
    if (side === 'fo') {
      const type = typeOf(field);
      return type.kind === 'enum' && isNumber(cell)
        ? type.elements.find(({ value }) => value === Number(cell))?.name
        : undefined;
    }
    const options = (dataverse && columnIn(dataverse, field)?.options) ?? [];
    const option = options.find(({ labels }) => labels.some((label) => key(label) === key(cell)));
    return option === undefined ? undefined : String(option.value);
  };
  return leg.fieldMappings.map((mapping) => {
    const field = side === 'fo' ? mapping.sourceField : mapping.destinationField;
    const cell = cells.get(key(field));
    if (typeof cell !== 'string' || cell === '') return mapping;
    const other = otherNameOf(field, cell);
    return {
      ...mapping,
      transforms: mapping.transforms.map((each) => withCell(each, side, cell, other)),
    };
  });
};

/** A value map with an entry for a cell that is written otherwise; what can't be compared gets one that tells nothing. */
function withCell(
  transform: ValueTransform,
  side: KnownRow['side'],
  cell: string,
  other: string | undefined,
): ValueTransform {
  if (transform.kind !== 'valueMap') return transform;
  const { pairs } = transform;
  const entryOf = (name: string) =>
    pairs.find(([element, value]) => key(side === 'fo' ? element : value) === key(name));
  if (entryOf(cell) !== undefined) return transform;
  const withEntry = (partner: string): ValueTransform => ({
    ...transform,
    pairs: [...pairs, side === 'fo' ? [cell, partner] : [partner, cell]],
  });
  if (other !== undefined) {
    const entry = entryOf(other);
    return entry === undefined ? transform : withEntry(entry[side === 'fo' ? 1 : 0]);
  }
  const hasNumbers = pairs.some(([element, value]) => isNumber(side === 'fo' ? element : value));
  const isComparable = isNumber(cell) ? hasNumbers : side === 'fo';
  return isComparable ? transform : withEntry(UNTOLD);
}

const isNumber = (text: string): boolean => /^\s*-?\d+\s*$/u.test(text);
