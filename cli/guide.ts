import { guideReport, judgedSteps } from '../src/guides/report.ts';
import { GUIDE_NAMES } from '../src/messages/model.ts';
import { explanationsIn } from '../src/messages/texts.ts';
import { type Command, EXIT } from './command.ts';
import { evidenceAt } from './evidence.ts';
import { formatIn, kindIn, readWords } from './words.ts';

/**
 * `dual-write guide`: a procedure as a checklist, with the steps ticked that the files at the paths prove. Without a
 * name it lists what there is.
 */
export const guide: Command = async (words, around, translate) => {
  const { values, positionals } = readWords(words, {
    metadata: { type: 'string', multiple: true, default: [] },
    format: { type: 'string' },
  });
  const format = formatIn(values.format, ['text', 'json']);
  const say = explanationsIn(around.locale);
  const [wanted, ...paths] = positionals;
  if (wanted === undefined) {
    const lines = GUIDE_NAMES.map((name) => `  ${name.padEnd(20)} ${say(`guide.${name}.title`)}\n`);
    around.out(`${say('guideUi.list')}\n${lines.join('')}`);
    return EXIT.clean;
  }
  const name = kindIn('guide', wanted, GUIDE_NAMES);
  const { evidence, unread } = await evidenceAt(paths, values.metadata, around);
  for (const { path, variant } of unread) {
    around.error(`${path}: ${translate(`problem.file-unreadable.${variant}`)}\n`);
  }
  const steps = judgedSteps(name, evidence);
  const listed = steps.map(({ state }, index) => ({
    step: index + 1,
    text: say(`guide.${name}.${index + 1}`),
    state,
  }));
  around.out(
    format === 'json'
      ? `${JSON.stringify(listed, undefined, 2)}\n`
      : guideReport(name, evidence, say),
  );
  const isOpen = steps.some(({ state }) => state === 'open');
  return isOpen || unread.length > 0 ? EXIT.findings : EXIT.clean;
};
