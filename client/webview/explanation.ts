import type { RowExplained } from '../../src/service/explain/explainRow.ts';
import type { Labels } from '../panel/labels.ts';
import { button, element, setAll } from './dom.ts';
import { explainTree } from './explainTree.ts';
import { fill } from './fill.ts';

/** The part of the page that says why a row is kept or not. */
export interface Explanation {
  readonly element: HTMLElement;
  readonly show: (number: number, explained: RowExplained) => void;
  readonly hide: () => void;
  /** Says which row is pinned. */
  readonly pin: (pinned: number | undefined) => void;
}

export function createExplanation(
  labels: Labels,
  pin: (number: number | undefined) => void,
  close: () => void,
): Explanation {
  const section = element('section', { class: 'explanation', hidden: '' });
  section.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close();
  });
  let shown: { readonly number: number; readonly explained: RowExplained } | undefined;
  let pinned: number | undefined;

  const draw = (): void => {
    if (shown === undefined) return;
    const { number, explained } = shown;
    const isPinned = pinned === number;
    const hadFocus = section.contains(document.activeElement);
    const tree = explainTree(explained, labels);
    section.replaceChildren(
      element(
        'div',
        { class: 'bar' },
        element('h2', {}, fill(labels.explanation, number.toLocaleString(labels.language))),
        element(
          'div',
          { class: 'buttons' },
          button(isPinned ? labels.unpin : labels.pin, () => pin(isPinned ? undefined : number)),
          button(labels.close, close),
        ),
      ),
      element('p', { role: 'status' }, explained.sentence),
      tree,
    );
    setAll(section, { 'aria-label': explained.sentence });
    section.hidden = false;
    if (hadFocus) tree.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  };

  return {
    element: section,
    show(number, explained) {
      shown = { number, explained };
      draw();
    },
    hide() {
      shown = undefined;
      section.hidden = true;
      section.replaceChildren();
    },
    pin(next) {
      pinned = next;
      draw();
    },
  };
}
