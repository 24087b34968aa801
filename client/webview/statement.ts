import type { SqlPreview } from '../../src/service/sqlPreview.ts';
import type { Labels } from '../panel/labels.ts';
import { element } from './dom.ts';

/** A generated statement with the filter's own term marked, which stands below all that the product adds. */
export interface StatementView {
  readonly element: HTMLElement;
  readonly show: (sql: SqlPreview) => void;
  /** Scrolls to the term, once the statement is open: what is closed can't be scrolled. */
  readonly showTerm: () => void;
}

export function createStatement(labels: Labels): StatementView {
  const text = element('pre', { tabindex: '0', 'aria-label': labels.sql });
  let shown: SqlPreview | undefined;

  const showTerm = (): void => {
    const mark = text.querySelector('mark');
    if (mark === null) return;
    const { top, height } = mark.getBoundingClientRect();
    const pane = text.getBoundingClientRect();
    const isSeen = top >= pane.top && top + height <= pane.bottom;
    // Its begin in any case; the line above tells what it follows. What is seen already is left where it is.
    if (!isSeen) text.scrollTop += top - pane.top - LINE_ABOVE;
  };

  return {
    element: text,
    show(sql) {
      const isSame = shown?.text === sql.text;
      shown = sql;
      // Somebody may have scrolled, or be selecting.
      if (isSame) return;
      const { start, end } = sql.term ?? { start: sql.text.length, end: sql.text.length };
      const parts = [sql.text.slice(0, start), sql.text.slice(start, end), sql.text.slice(end)];
      const [before = '', term = '', after = ''] = parts;
      text.replaceChildren(before, ...(term === '' ? [] : [element('mark', {}, term)]), after);
      showTerm();
    },
    showTerm,
  };
}

/** Pixels: about a line of the statement. */
const LINE_ABOVE = 24;
