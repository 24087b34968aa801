import type { FromPage, PageState, Preview, SavedPreview, ToPage } from '../panel/messages.ts';
import type { RowPage, RowQuery } from '../../src/preview/rowStore.ts';
import type { Labels } from '../panel/labels.ts';
import { type PreviewView, previewView } from './view.ts';

/** The page of the preview: what it is sent and what is done in it, and nothing else, decides what it shows. */
declare const acquireVsCodeApi: () => {
  readonly postMessage: (message: FromPage) => void;
  readonly setState: (state: SavedPreview) => void;
};

const editor = acquireVsCodeApi();
const pages = new Map<number, (page: RowPage | null) => void>();
let asked = 0;
let view: PreviewView | undefined;
let preview: Preview | undefined;

addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.kind) {
    case 'start':
      start(data.labels, data.state);
      break;
    case 'preview':
      ({ preview } = data);
      view?.show(preview, data.sought);
      break;
    case 'pinned':
      view?.pin(data.number);
      break;
    case 'page':
      pages.get(data.id)?.(data.page);
      pages.delete(data.id);
      break;
    case 'explained':
      view?.explain(data.number, data.explained);
      break;
    case 'asSql':
      view?.tellAsSql(data.revision, data.answer);
      break;
    case 'columns':
      view?.change({ columns: data.columns });
      break;
    case 'busy':
      view?.busy(data.text, data.isStoppable);
      break;
  }
});

editor.postMessage({ kind: 'ready' });

function start(labels: Labels, state: PageState): void {
  view = previewView(labels, state, {
    ask(query: RowQuery, offset: number, limit: number) {
      asked += 1;
      const id = asked;
      return new Promise((resolve) => {
        pages.set(id, resolve);
        editor.postMessage({ kind: 'page', id, query, offset, limit });
      });
    },
    post: (message) => editor.postMessage(message),
    keep(next) {
      editor.postMessage({ kind: 'state', state: next });
      if (preview !== undefined) editor.setState({ filter: preview.filter, state: next });
    },
  });
  document.body.replaceChildren(view.element);
}
