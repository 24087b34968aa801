import type { CountedRows } from '../../src/preview/rowEngine.ts';
import type { Labels } from '../panel/labels.ts';
import type { Tab } from '../panel/messages.ts';
import { element, setAll } from './dom.ts';
import { ofNull, tabCount, TABS } from './panes.ts';

/** The tabs above the rows, each with how many there are (ARIA Authoring Practices, tabs). */
export function createTabs(
  labels: Labels,
  choose: (tab: Tab) => void,
): {
  readonly element: HTMLElement;
  readonly show: (tab: Tab, isNullEmpty: boolean, counts: CountedRows, hasNull?: boolean) => void;
} {
  const tabs = TABS.map((tab) => {
    const created = element('button', {
      type: 'button',
      role: 'tab',
      class: `tab ${tab}`,
      'aria-controls': 'panes',
    });
    created.addEventListener('click', () => choose(tab));
    return { tab, element: created };
  });
  const list = element(
    'div',
    { role: 'tablist', class: 'tabs', 'aria-label': labels.views },
    ...tabs.map((each) => each.element),
  );
  list.addEventListener('keydown', (event) => {
    const shown = tabs.filter((each) => !each.element.hidden);
    const current = shown.findIndex((each) => each.element === event.target);
    const to = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? undefined : shown.at(to % shown.length);
    if (next === undefined) return;
    choose(next.tab);
    next.element.focus();
    event.preventDefault();
  });
  return {
    element: list,
    show(tab, isNullEmpty, counts, hasNull = true) {
      for (const each of tabs) {
        each.element.hidden = !hasNull && ofNull.has(each.tab);
        const isSelected = each.tab === tab;
        const name = labels[each.tab === 'lostToNull' && isNullEmpty ? 'gained' : each.tab];
        const count = tabCount(each.tab, isNullEmpty, counts);
        each.element.replaceChildren(
          name,
          ...(count === undefined
            ? []
            : [' ', element('span', { class: 'count' }, count.toLocaleString(labels.language))]),
        );
        setAll(each.element, {
          'aria-selected': String(isSelected),
          tabindex: isSelected ? '0' : '-1',
        });
      }
    },
  };
}
