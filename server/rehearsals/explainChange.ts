import { explainField } from '../../src/live/explainField.ts';
import type { StepResult } from '../../src/live/model.ts';
import { changesOfMap } from '../../src/service/explain/explainChanges.ts';
import type {
  ExplainChangeParams,
  ExplainChangeResult,
} from '../../src/service/protocol/rehearsals.ts';
import { legsIn, stepTitle } from '../../src/service/rehearsal/rehearsal.ts';
import { outcomesText, sentenceOf } from '../../src/service/rehearsal/report.ts';
import { plain } from '../../src/text/markdown.ts';
import { contains } from '../../src/text/span.ts';
import { mapAt } from '../maps.ts';
import type { Session } from '../session.ts';
import { voicesOf } from './rehearsed.ts';

/** What becomes of a change of the field that is mapped at a place, or of those of the whole map. */
export async function explainChange(
  session: Session,
  { uri, position }: ExplainChangeParams,
): Promise<ExplainChangeResult | null> {
  const document = await mapAt(session, uri);
  if (document === undefined) return null;
  const offset = document.lines.offsetOf(position);
  const here = { start: offset, end: offset };
  const { map } = document.analysed;
  const legs = legsIn(map, uri);
  for (const named of legs) {
    const mapping = named.leg.fieldMappings.find(({ span }) => contains(span, here));
    if (mapping === undefined) continue;
    const { metadata, entityNames } = await session.index.current();
    const { say } = voicesOf(session);
    const field = mapping.sourceField === '' ? mapping.destinationField : mapping.sourceField;
    const told = explainField(named, mapping, { metadata, entityNames }).map((result, index) => [
      `## ${say(`explain.${sideOf(result)}`)}: ${outcomesText(result.outcomes, say)}`,
      `\`${stepTitle(result, index, say)}\``,
      result.happenings
        .filter(({ kind, code }) => !HIDDEN.has(kind) && !code.startsWith('old.'))
        .map((happening) => `- ${sentenceOf(happening, say)}`)
        .join('\n'),
    ]);
    const title = say('explain.title', { field });
    const parts = [`# ${title}`, named.map, ...told.flat(), say('explain.notFinal')];
    return { title, markdown: `${parts.join('\n\n')}\n` };
  }
  // Beside the field mappings it is the whole map that is meant.
  const whole = map.maps.find(({ span }) => contains(span, here)) ?? onlyOne(map.maps);
  if (whole === undefined || whole.legs.length === 0) return null;
  const own = legs.filter(({ leg }) => whole.legs.includes(leg));
  const { metadata, entityNames } = await session.index.current();
  const { say } = voicesOf(session);
  const title = say('explain.mapTitle', {
    map: whole.name === '' ? (own[0]?.map ?? '') : whole.name,
  });
  const changes = changesOfMap(own, { metadata, entityNames }, say);
  return { title, markdown: `# ${plain(title)}\n\n${changes}\n` };
}

const onlyOne = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

const sideOf = ({ step }: StepResult): string => (step.kind === 'transaction' ? step.side : 'fo');

/** Without a row, they say nothing that is of use. */
const HIDDEN = new Set(['payload', 'write', 'lookup', 'transform', 'roundTrip', 'order']);
