import type { SqlPreview } from '../../src/service/sqlPreview.ts';
import type { Labels } from '../panel/labels.ts';
import type { Action } from '../panel/messages.ts';
import { button, element } from './dom.ts';
import { createStatement } from './statement.ts';

/** The generated statement, which is opened where somebody wants it, and what can be done with it. */
export interface SqlSection {
  readonly element: HTMLElement;
  /** Hidden where there is no statement. */
  readonly show: (sql: SqlPreview | undefined) => void;
  /** A few words beside its name. */
  readonly note: (text: string) => void;
}

interface SqlSectionHost {
  readonly labels: Labels;
  readonly isOpen: boolean;
  readonly toggled: (isOpen: boolean) => void;
  readonly act: (action: Action) => () => void;
}

export function createSqlSection({ labels, isOpen, toggled, act }: SqlSectionHost): SqlSection {
  const statement = createStatement(labels);
  const note = element('span', { class: 'source' });
  const section = element(
    'details',
    { class: 'sql' },
    element('summary', {}, labels.sql, note),
    statement.element,
    element(
      'div',
      { class: 'buttons' },
      button(labels.copy, act('copySql')),
      button(labels.save, act('saveSql')),
      button(labels.open, act('openSql')),
    ),
  );
  section.open = isOpen;
  section.hidden = true;
  section.addEventListener('toggle', () => {
    toggled(section.open);
    if (section.open) statement.showTerm();
  });
  return {
    element: section,
    show(sql) {
      section.hidden = sql === undefined;
      if (sql !== undefined) statement.show(sql);
    },
    note(text) {
      note.textContent = text;
    },
  };
}
