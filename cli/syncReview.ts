import { message } from '../src/engine/model/message.ts';
import type { ReviewLineView, ReviewView } from '../src/engine/surface/views/review.ts';
import type { Translate } from '../src/problem/message.ts';
import { type Command, EXIT } from './command.ts';
import { showing } from './syncPages.ts';
import { syncArguments } from './syncArguments.ts';
import { tableText } from './syncText.ts';

/** `dual-write sync review`: Dataverse Full Synch. Review; what is recommended before `sync run --review` starts it. */
export const review: Command = async (words, around, translate) => {
  const asked = syncArguments('review', words, {});
  return showing(asked, around, translate, (surface) => {
    const found = surface.review();
    const head = [
      translate('cli.sync.mapping'),
      translate('cli.sync.wave'),
      translate('cli.sync.status'),
      translate('cli.sync.direction.ToIntegrationTable'),
      translate('cli.sync.direction.FromIntegrationTable'),
      translate('cli.sync.dependencies'),
    ];
    const circle =
      found.cycle === undefined
        ? ''
        : `${surface.say(message('dependencyCycle', { path: found.cycle.join(' -> ') })).text}\n`;
    const table = tableText([head, ...found.lines.map((line) => cellsOf(line, translate))]);
    return {
      value: found,
      text: `${table}${circle}${doubledText(found, translate)}`,
      exit: found.cycle === undefined ? EXIT.clean : EXIT.findings,
    };
  });
};

/** What to do first where full synchronization would create records a second time; blank where it would not. */
export function doubledText({ lines }: ReviewView, translate: Translate): string {
  const mappings = lines.flatMap(({ name, mayDouble }) => (mayDouble ? [name] : [])).join(', ');
  return mappings === '' ? '' : `${translate('cli.sync.mayDouble', { mappings })}\n`;
}

/** A line that was started tells how it goes, and the others what is recommended. */
function cellsOf(line: ReviewLineView, translate: Translate): readonly string[] {
  const { name, wave, status, recommendation, toStatus, fromStatus, dependencies } = line;
  const caption = (word: string | undefined): string =>
    word === undefined ? '-' : translate(`cli.sync.status.${word.replaceAll(' ', '')}`);
  return [
    name,
    wave === undefined ? '-' : String(wave),
    caption(status === '' ? recommendation : status),
    caption(toStatus),
    caption(fromStatus),
    dependencies.join('|'),
  ];
}
