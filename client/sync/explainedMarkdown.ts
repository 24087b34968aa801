import * as vscode from 'vscode';
import type { ComparedField, ExplainedRecord } from '../../src/engine/surface/views/explained.ts';
import { couplingStateCaption, runCaption, timeCaption } from './captions.ts';
import { fieldName, shown } from './recordText.ts';

const { t } = vscode.l10n;

/** "Why was this record skipped, failed, unchanged?" as a document: the answer, the next step, the values, the runs. */
export function explainedMarkdown(record: ExplainedRecord): string {
  const { description, coupledTo, table, integrationTable, verdict, notice, nextSteps, mapping } =
    record;
  const state =
    record.state === 'uncoupled' ? t('Not coupled') : couplingStateCaption(record.state);
  const parts = [
    `# ${text(description === '' ? coupledTo : description)}`,
    `${text(`${table} ↔ ${integrationTable} (${mapping})`)}  \n${text(state)}`,
    `**${text(verdict.text)}**`,
    ...(notice === undefined
      ? []
      : [`> ${t('The card of the record in Business Central says: {0}', text(notice.text))}`]),
    ...(nextSteps.length === 0
      ? []
      : [`## ${t('Next step')}`, nextSteps.map((step) => `- ${text(step.text)}`).join('\n')]),
    ...(record.excludedBy === undefined
      ? []
      : [
          t('The filter of {0} leaves this record out:', sideName(record.excludedBy.side)),
          `\`\`\`\n${record.excludedBy.filter}\n\`\`\``,
          t('The button in the title of this page shows it over all records.'),
        ]),
    ...(record.fields.length === 0 ? [] : [`## ${t('Values')}`, fieldTable(record.fields)]),
    ...(record.outcomes.length === 0 ? [] : [`## ${t('Runs')}`, outcomes(record)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

const sideName = (side: 'BusinessCentral' | 'Dataverse'): string =>
  side === 'BusinessCentral' ? 'Business Central' : 'Dataverse';

/** Both versions beside what was last agreed on; what differs comes first, and says so in words. */
function fieldTable(fields: readonly ComparedField[]): string {
  const head = [t('Field'), 'Business Central', t('Last agreed'), 'Dataverse', ''];
  const ranked = fields.toSorted((a, b) => rank(a) - rank(b));
  const lines = ranked.map((field) => [
    fieldName(field),
    shown(field.value),
    shown(field.base),
    shown(field.integrationRead),
    noteOf(field),
  ]);
  return [head, head.map(() => '---'), ...lines]
    .map(
      (cells, index) => `| ${cells.map((cell) => (index === 1 ? cell : text(cell))).join(' | ')} |`,
    )
    .join('\n');
}

const rank = ({ conflicts, differs }: ComparedField): number => (conflicts ? 0 : differs ? 1 : 2);

function noteOf({ conflicts, changed, integrationChanged, differs }: ComparedField): string {
  if (conflicts) return t('both changed it');
  if (changed) return t('changed in {0}', 'Business Central');
  if (integrationChanged) return t('changed in {0}', 'Dataverse');
  return differs ? t('differs') : '';
}

const outcomes = ({ outcomes: found }: ExplainedRecord): string =>
  found
    .map((outcome) => {
      const { at, direction, meaning, line, error, about, faithfulMeaning } = outcome;
      const facts = [
        meaning.text,
        ...(about === undefined ? [] : [t('It is about the field {0}.', about)]),
        ...(error === undefined ? [] : [error.text]),
        ...(faithfulMeaning === undefined
          ? []
          : [t('Business Central itself: {0}', faithfulMeaning.text)]),
      ];
      const when = `${timeCaption(at)} ${runCaption(direction)}`;
      const rule = t('rule {0} of the decision table', line);
      return `- ${text(when)} (${text(rule)})\n${facts.map((fact) => `  - ${text(fact)}`).join('\n')}`;
    })
    .join('\n');

/** What comes from data is text, and never markup. */
const text = (value: string): string =>
  value.replaceAll(/[\\`*_{}[\]<>()#+!|~]/gu, String.raw`\$&`).replaceAll(/\s*[\r\n]+\s*/gu, ' ');
