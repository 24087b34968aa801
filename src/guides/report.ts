import { productMessages } from '../messages/catalogue.ts';
import { templatesOf } from '../messages/recognize.ts';
import type { GuideName } from '../messages/model.ts';
import type { Translate } from '../problem/message.ts';
import { code } from '../text/markdown.ts';
import { guideNamed, type Step } from './guides.ts';
import { type Evidence, type Proof, prove } from './proofs.ts';
import { snippetOf } from './snippets.ts';

/** A step as it stands: `unknown` where the workspace can't tell. */
export interface JudgedStep {
  readonly step: Step;
  readonly state: 'done' | 'open' | 'unknown';
  readonly proof: Proof;
}

export const judgedSteps = (name: GuideName, evidence: Evidence): readonly JudgedStep[] =>
  guideNamed(name).steps.map((step) => {
    const found = step.proof === undefined ? undefined : prove(step.proof, evidence);
    const proof = found?.isDone === true && step.isDoubt === true ? undefined : found;
    const state = proof === undefined ? 'unknown' : proof.isDone ? 'done' : 'open';
    return { step, state, proof };
  });

/** A guide as a checklist in Markdown: what is proved is ticked, what was found instead is told. */
export function guideReport(name: GuideName, evidence: Evidence, say: Translate): string {
  const leading = productMessages.flatMap((message) =>
    message.guide === name && message.isGeneral !== true ? templatesOf(message).slice(0, 1) : [],
  );
  const texts = leading.map((template) => code(template.replaceAll(/\{\w*\}/gu, '…')));
  const parts = [
    `# ${say(`guide.${name}.title`)}`,
    say(`guide.${name}.intro`),
    say('guideUi.role', { role: say(`role.${guideNamed(name).role}`) }),
    ...(texts.length === 0 ? [] : [say('guideUi.messages', { messages: texts.join(', ') })]),
    judgedSteps(name, evidence)
      .map((judged, index) => stepDocs(name, index + 1, judged, evidence, say))
      .join('\n'),
    say('guideUi.ticks'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function stepDocs(
  name: GuideName,
  number: number,
  { step, state, proof }: JudgedStep,
  evidence: Evidence,
  say: Translate,
): string {
  // As characters: not every preview of Markdown draws a box for `[ ]`.
  const box = state === 'done' ? '☑' : '☐';
  const lines = [`- ${box} **${number}.** ${say(`guide.${name}.${number}`)}`];
  if (step.proof !== undefined && proof !== undefined) {
    const sign = proof.isDone ? '✔' : '✘';
    const sentence = say(`proof.${step.proof}.${proof.isDone ? 'done' : 'open'}`, proof.args);
    lines.push('', `  *${sign} ${sentence}*`);
  }
  if (step.snippet !== undefined) {
    const snippet = snippetOf(step.snippet, evidence, say);
    lines.push('', ...snippet.split('\n').map((line) => (line === '' ? '' : `  ${line}`)), '');
  }
  return lines.join('\n');
}
