import { explainField } from '../../live/explainField.ts';
import type { Knowledge, NamedLeg } from '../../live/legs.ts';
import type { StepResult } from '../../live/model.ts';
import type { FieldMapping } from '../../map/model.ts';
import type { Translate } from '../../problem/message.ts';
import { code, plain, table } from '../../text/markdown.ts';
import { outcomesText, sentenceOf } from '../rehearsal/report.ts';

/** Which changes of a map arrive: its field mappings, and what becomes of a change on each side, as Markdown. */
export function changesOfMap(
  legs: readonly NamedLeg[],
  knowledge: Omit<Knowledge, 'maps'>,
  say: Translate,
): string {
  const parts = legs.flatMap((named) => [
    `## ${plain(`${named.leg.sourceSchema} – ${named.leg.destinationSchema}`)}`,
    table(
      [say('explain.field'), say('explain.fo'), say('explain.dataverse')],
      named.leg.fieldMappings.map((mapping) => rowOf(named, mapping, knowledge, say)),
    ),
  ]);
  return [...parts, say('explain.notFinal')].join('\n\n');
}

function rowOf(
  named: NamedLeg,
  mapping: FieldMapping,
  knowledge: Omit<Knowledge, 'maps'>,
  say: Translate,
): readonly string[] {
  const results = explainField(named, mapping, knowledge);
  const cell = (side: 'fo' | 'dataverse'): string => {
    const result = results.find(({ step }) => step.kind === 'transaction' && step.side === side);
    return result === undefined ? '' : told(result, say);
  };
  return [mappingText(mapping), cell('fo'), cell('dataverse')];
}

/** Both fields of a mapping, as Markdown. */
export const mappingText = ({ sourceField, destinationField, direction }: FieldMapping): string =>
  [sourceField, destinationField]
    .filter((name) => name !== '')
    .map(code)
    .join(` ${ARROWS[direction]} `);

const ARROWS = { 1: '→', 2: '←', 3: '↔' } as const;

/** What comes of it, and why where nothing does or nobody knows. */
export function told({ outcomes, happenings }: StepResult, say: Translate): string {
  const isNothing = outcomes.every((outcome) => outcome === 'notTriggered');
  const reason = happenings.findLast(
    ({ kind, code: name }) =>
      (kind === 'filter' && isNothing) ||
      ((kind === 'trigger' || kind === 'field') &&
        (isNothing || name.startsWith('unknown.') || name.startsWith('maybe'))),
  );
  const outcome = outcomesText(outcomes, say);
  if (reason !== undefined) return `${outcome} – ${sentenceOf(reason, say)}`;
  const isOpen = happenings.some(
    ({ kind, code: name }) => kind === 'filter' && name.endsWith('.open'),
  );
  return isOpen ? `${outcome} – ${say('explain.filterDecides')}` : outcome;
}
