import type { Translate } from '../problem/message.ts';
import { pageOf } from '../problem/catalogue.ts';
import { code, plain } from '../text/markdown.ts';
import type { ProductMessage } from './model.ts';
import { LONGEST_TEXT, recognise, type Recognised } from './recognize.ts';

export interface ExplainedText {
  readonly found: readonly Recognised[];
  readonly markdown: string;
}

/** What a pasted text says: each message that is known, with cause, role and steps, as Markdown. */
export function explainText(pasted: string, say: Translate): ExplainedText {
  const found = recognise(pasted);
  const parts = [`# ${say('ui.explained')}`];
  if (pasted.length > LONGEST_TEXT) parts.push(`> ${say('ui.tooLong', { limit: LONGEST_TEXT })}`);
  if (found.length === 0) {
    const guide = say('guide.verbose-logging.title');
    parts.push(say('ui.none'), say('ui.none.help', { guide }));
  }
  parts.push(...found.map((each) => explanationOf(each, say)));
  return { found, markdown: `${parts.join('\n\n')}\n` };
}

/** One message: its text as heading, below it what is to be known and done. */
function explanationOf(recognised: Recognised, say: Translate): string {
  const { message, args } = recognised;
  const named = [...new Set(Object.values(args))];
  return [
    `## ${plain(titleOf(recognised))}`,
    `*${say(`ui.product.${message.product}`)}*`,
    causeOf(message, say),
    ...(named.length === 0 ? [] : [say('ui.names', { names: named.map(code).join(', ') })]),
    ...adviceOf(message, say),
  ].join('\n\n');
}

/** Role, steps, guide and diagnostics, a paragraph each. */
export function adviceOf(message: ProductMessage, say: Translate): readonly string[] {
  const { role, guide, codes = [] } = message;
  const links = codes.map((each) => `[${each}](${pageOf(each)})`).join(', ');
  const title = guide === undefined ? '' : say(`guide.${guide}.title`);
  return [
    say('ui.role', { role: say(`role.${role}`) }),
    `**${say('ui.steps')}**`,
    stepsOf(message, say)
      .map((step, index) => `${index + 1}. ${step}`)
      .join('\n'),
    ...(guide === undefined ? [] : [say('ui.guide', { guide: title, name: guide })]),
    ...(codes.length === 0 ? [] : [say('ui.codes', { codes: links })]),
  ];
}

export const causeOf = ({ id }: ProductMessage, say: Translate): string =>
  say(`message.${id}.cause`);

/** Steps are numbered without a gap. */
function stepsOf({ id }: ProductMessage, say: Translate): readonly string[] {
  const steps: string[] = [];
  for (let number = 1; ; number++) {
    const key = `message.${id}.${number}`;
    const step = say(key);
    if (step === key) return steps;
    steps.push(step);
  }
}

/** The text of the product as people search for it, with an ellipsis for what differs and before the middle of a sentence. */
export function titleOf({ template }: Recognised): string {
  const title = template.replaceAll(/\{\w*\}/gu, '…');
  return /^\p{Ll}/u.test(title) ? `… ${title}` : title;
}
