import type { ExplainedPart, RowExplained } from '../../src/service/explain/explainRow.ts';
import type { Labels } from '../panel/labels.ts';
import { branches, isOpenAtFirst, MOST_PARTS } from './branches.ts';
import { element, seen, spoken } from './dom.ts';
import { fill } from './fill.ts';

const SIGNS = { true: '✓', false: '✗', unknown: '?' } as const;

/** The filter as a tree that says at each of its parts what it answers for a row, and which part decided. */
export function explainTree({ root, sentence }: RowExplained, labels: Labels): HTMLElement {
  const tree = element('ul', { role: 'tree', class: 'tree', 'aria-label': sentence });

  const item = (part: ExplainedPart, level: number): HTMLElement => {
    const hasParts = part.parts.length > 0;
    const isOpen = hasParts && isOpenAtFirst(part, root);
    const created = element(
      'li',
      {
        role: 'treeitem',
        'aria-level': String(level),
        'aria-expanded': hasParts ? String(isOpen) : undefined,
        tabindex: '-1',
        class: part.decides ? 'decides' : undefined,
      },
      line(part, hasParts, labels),
    );
    if (!hasParts) return created;
    const group = element('ul', { role: 'group' });
    created.append(group);
    const fillGroup = (): void => {
      if (group.childElementCount > 0) return;
      const parts = branches(part);
      group.append(...parts.slice(0, MOST_PARTS).map((inner) => item(inner, level + 1)));
      const more = parts.length - MOST_PARTS;
      if (more > 0) {
        const text = fill(labels.more, more.toLocaleString(labels.language));
        group.append(
          element(
            'li',
            { role: 'treeitem', 'aria-level': String(level + 1), tabindex: '-1', class: 'rest' },
            text,
          ),
        );
      }
    };
    if (isOpen) fillGroup();
    created.addEventListener('open', fillGroup);
    return created;
  };

  tree.append(item(root, 1));
  tree.querySelector('[role="treeitem"]')?.setAttribute('tabindex', '0');
  useByKeyboard(tree);
  return tree;
}

function line(part: ExplainedPart, hasParts: boolean, labels: Labels): HTMLElement {
  const created = element(
    'div',
    { class: 'part', title: part.written },
    seen(hasParts ? '›' : '', 'twistie'),
    element(
      'span',
      { class: `truth ${part.truth}` },
      seen(`${SIGNS[part.truth]} `, 'sign'),
      labels.truths[part.truth],
    ),
    ' ',
    element('span', { class: 'label' }, part.label),
  );
  for (const { field, shown } of part.cells) {
    created.append(
      ' ',
      element('span', { class: 'value' }, element('code', {}, field), ' = ', shown),
    );
  }
  if (part.decides)
    created.append(spoken(', '), ' ', element('span', { class: 'badge' }, labels.decides));
  return created;
}

/** Keys and clicks of a tree (ARIA Authoring Practices, tree view). */
function useByKeyboard(tree: HTMLElement): void {
  const items = (): readonly HTMLElement[] =>
    [...tree.querySelectorAll<HTMLElement>('[role="treeitem"]')].filter(
      (each) => each.parentElement?.closest('[aria-expanded="false"]') === null,
    );
  const focus = (target: HTMLElement | null | undefined): void => {
    if (target === null || target === undefined) return;
    for (const each of tree.querySelectorAll('[tabindex="0"]')) each.setAttribute('tabindex', '-1');
    target.tabIndex = 0;
    target.focus();
  };
  const setOpen = (target: HTMLElement, isOpen: boolean): void => {
    if (isOpen) target.dispatchEvent(new Event('open'));
    target.setAttribute('aria-expanded', String(isOpen));
  };
  const inner = (target: HTMLElement): HTMLElement | null =>
    target.querySelector<HTMLElement>('[role="treeitem"]');
  const outer = (target: HTMLElement): HTMLElement | null | undefined =>
    target.parentElement?.closest<HTMLElement>('[role="treeitem"]');

  const actions: Readonly<Record<string, (current: HTMLElement) => void>> = {
    ArrowDown: (current) => focus(items()[items().indexOf(current) + 1]),
    ArrowUp: (current) => focus(items()[items().indexOf(current) - 1]),
    Home: () => focus(items()[0]),
    End: () => focus(items().at(-1)),
    ArrowRight(current) {
      if (current.ariaExpanded === 'false') setOpen(current, true);
      else focus(inner(current));
    },
    ArrowLeft(current) {
      if (current.ariaExpanded === 'true') setOpen(current, false);
      else focus(outer(current));
    },
  };
  const itemOf = (target: EventTarget | null): HTMLElement | null =>
    target instanceof Element ? target.closest<HTMLElement>('[role="treeitem"]') : null;

  tree.addEventListener('keydown', (event) => {
    const current = itemOf(event.target);
    const action = actions[event.key];
    if (current === null || action === undefined) return;
    action(current);
    event.preventDefault();
  });
  tree.addEventListener('click', ({ target }) => {
    const current = itemOf(target);
    if (current === null || document.getSelection()?.isCollapsed === false) return;
    focus(current);
    if (current.ariaExpanded !== null) setOpen(current, current.ariaExpanded === 'false');
  });
}
