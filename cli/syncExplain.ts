import type { ComparedField, ExplainedRecord } from '../src/engine/surface/views/explained.ts';
import type { Translate } from '../src/problem/message.ts';
import { type Command, EXIT } from './command.ts';
import { showing, unknownRecord } from './syncPages.ts';
import { syncArguments } from './syncArguments.ts';
import { tableText, timeText } from './syncText.ts';
import { WrongUsage } from './words.ts';

/** `dual-write sync explain PROJECT RECORD…`: why a record was skipped, failed or unchanged, and what to do. */
export const explain: Command = async (words, around, translate) => {
  const asked = syncArguments('explain', words, { mapping: { type: 'string' } }, Infinity);
  if (asked.rest.length === 0) throw new WrongUsage('noRecord', { command: 'sync explain' });
  return showing(asked, around, translate, (surface) => {
    const found = asked.rest.map((named) => {
      const explained = surface.explain(asked.text('mapping'), named);
      if (explained === undefined) throw unknownRecord(named, translate);
      return explained;
    });
    return {
      value: found,
      text: found.map((each) => explainedText(each, translate)).join('\n'),
      exit: EXIT.clean,
    };
  });
};

function explainedText(record: ExplainedRecord, translate: Translate): string {
  const { mapping, table, integrationTable, fields, outcomes } = record;
  const heading = `${mapping}: ${table} ${record.description} <-> ${integrationTable} ${record.coupledTo}`;
  const steps = record.nextSteps.map(({ text }, index) => `  ${index + 1}. ${text}\n`);
  const compared =
    fields.length === 0
      ? ''
      : tableText([
          [
            translate('cli.sync.field'),
            table,
            integrationTable,
            translate('cli.sync.base'),
            translate('cli.sync.change'),
          ],
          ...fields.map((field) => fieldCells(field, translate)),
        ]);
  const runs = outcomes.flatMap(({ job, at, line, meaning, faithfulMeaning, error }) => [
    `${timeText(at)}  ${translate('cli.sync.job', { job })}  [${line}] ${meaning.text}\n`,
    ...(error === undefined ? [] : [`    ${error.text}\n`]),
    ...(faithfulMeaning === undefined
      ? []
      : [`    ${translate('cli.sync.faithful', { meaning: faithfulMeaning.text })}\n`]),
  ]);
  const notice =
    record.notice === undefined
      ? ''
      : `${translate('cli.sync.notice', { notice: record.notice.text })}\n`;
  return [`${heading}\n${record.verdict.text}\n${notice}`, ...steps, compared, ...runs].join('');
}

function fieldCells(field: ComparedField, translate: Translate): readonly string[] {
  const name = [field.field, field.integrationField].filter((each) => each !== undefined);
  const change = changeOf(field);
  return [
    name.join(' / '),
    valueText(field.value),
    valueText(field.integrationRead),
    valueText(field.base),
    translate(`cli.sync.change.${change}`),
  ];
}

/** Who made the values differ; equal ones need no story. */
function changeOf({ differs, conflicts, changed, integrationChanged }: ComparedField): string {
  if (!differs) return 'none';
  if (conflicts) return 'conflict';
  if (changed === integrationChanged) return 'differs';
  return changed ? 'record' : 'partner';
}

const valueText = (value: ComparedField['value']): string =>
  value === undefined ? '-' : value === null ? 'NULL' : JSON.stringify(value);
