import type { PageMessage, RowsMessage } from '../rowsView.ts';

/** The page of the rows view. It draws what it is sent and knows nothing else. */
declare const acquireVsCodeApi: () => { readonly postMessage: (message: PageMessage) => void };

const ORDER = ['lostToNull', 'kept', 'dropped'] as const;
const MARKS = { lostToNull: '⚠', kept: '✓', dropped: '–' } as const;

type Shown = Extract<RowsMessage['result'], { kind: 'rows' }>;

const editor = acquireVsCodeApi();

addEventListener('message', ({ data }: MessageEvent<RowsMessage>) => {
  const main = document.querySelector('#rows');
  main?.replaceChildren(...content(data));
  editor.postMessage('drawn');
});

editor.postMessage('ready');

function content(message: RowsMessage): readonly Node[] {
  const { result } = message;
  if (result.kind === 'none') return [element('p', { role: 'status' }, result.reason)];
  return [
    element('p', { role: 'status' }, element('code', {}, result.filter), ` ${message.summary}`),
    element('p', { class: 'rule' }, `${result.source}. ${message.rule}`),
    table(result, message),
  ];
}

function table(result: Shown, message: RowsMessage): Node {
  const used = new Set(result.filterColumns);
  const columnClass = (index: number): Readonly<Record<string, string>> =>
    used.has(result.columns[index]?.toUpperCase() ?? '') ? { class: 'used' } : {};
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, ''),
    element('th', { scope: 'col' }, '#'),
    ...result.columns.map((column, index) =>
      element('th', { scope: 'col', ...columnClass(index) }, column),
    ),
  );
  const groups = ORDER.filter((verdict) => result.counts[verdict] > 0).map((verdict) =>
    element(
      'tbody',
      { class: verdict },
      element(
        'tr',
        { class: 'group' },
        element(
          'th',
          { scope: 'rowgroup', colspan: String(result.columns.length + 2) },
          [
            `${MARKS[verdict]} ${message.labels[verdict]} (${result.counts[verdict]})`,
            message.more[verdict],
          ]
            .filter((text) => text !== undefined)
            .join('. '),
        ),
      ),
      ...result.rows
        .filter((row) => row.verdict === verdict)
        .map((row) =>
          element(
            'tr',
            {},
            element('td', { class: 'mark', title: message.labels[verdict] }, MARKS[verdict]),
            element('td', { class: 'number' }, String(row.number)),
            ...row.cells.map((cell, index) =>
              element('td', columnClass(index), cellContent(cell, message)),
            ),
          ),
        ),
    ),
  );
  return element('table', {}, element('thead', {}, head), ...groups);
}

/** NULL, the empty text and blanks look alike in a table unless they are told. */
function cellContent(cell: string | null, { labels }: RowsMessage): Node | string {
  if (cell === null) return element('span', { class: 'null' }, labels.null);
  return cell === '' ? element('span', { class: 'empty' }, labels.empty) : cell;
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElement {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value);
  created.append(...children);
  return created;
}
