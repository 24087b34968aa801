import { deepEqual, equal, ok } from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import {
  catalogue,
  type ProblemCode,
  problemCodes,
  pageOf,
} from '../../../src/problem/catalogue.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { legFilters } from '../../../src/service/checks/legFilters.ts';
import { checkSiblings } from '../../../src/service/checks/siblings.ts';
import { type Diagnostic, diagnosticsOf } from '../../../src/service/diagnostics.ts';
import { type Document, emptyWorkspace, type Workspace } from '../../../src/service/workspace.ts';
import { sampleTexts, workspaceWith } from '../../kit/metadata.ts';
import { pathInRepository, readInRepository } from '../../kit/repository.ts';
import { model } from './model.ts';

const FOLDER = 'docs/diagnostics';
const markdownOf = (code: string): string => readInRepository(`${FOLDER}/${code}.md`);

/** A fenced block that claims to be wrong or right: `xpp wrong`, `json right samples`. */
interface Example {
  readonly language: string;
  readonly isWrong: boolean;
  /** Which metadata is at hand. */
  readonly metadata: 'none' | 'samples' | 'model';
  readonly text: string;
}

function examplesIn(page: string): readonly Example[] {
  const blocks = page.matchAll(/^```(\w+) (wrong|right)(?: (samples|model))?\n([^]*?)\n```$/gmu);
  return [...blocks].map(([, language = '', claim, metadata, text = '']) => ({
    language,
    isWrong: claim === 'wrong',
    metadata: metadata === 'samples' || metadata === 'model' ? metadata : 'none',
    text,
  }));
}

const DOCUMENTS: Readonly<Record<string, (text: string) => Document>> = {
  xpp: (text) => ({ uri: 'file:///w/a.xppfilter', text, side: 'fo' }),
  odata: (text) => ({ uri: 'file:///w/a.odatafilter', text, side: 'dataverse' }),
  json: (text) => ({ uri: 'file:///w/map.json', text }),
  xml: (text) => ({ uri: 'file:///w/customizations.xml', text }),
  sync: (text) => ({ uri: 'file:///w/a.sync.json', text }),
};

function toldOf({ language, text }: Example, workspace: Workspace): readonly Diagnostic[] {
  const document = DOCUMENTS[language]?.(text);
  ok(document !== undefined, `nothing can check ${language}`);
  const analysed = analyse(document, workspace);
  const siblings = checkSiblings(legFilters(analysed, workspace), []);
  return diagnosticsOf(analysed, (key) => key, siblings);
}

/** What no example can show: a command line, a filter of a thousand characters, a broken file of metadata. */
const SHOWN_IN_WORDS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'file-unreadable',
  'no-map',
  'too-deep',
  'long-pattern',
  'metadata-broken',
  // It speaks of X++.
  'sync-skipped',
  // They speak of rehearsals, which are no maps.
  'rehearsal-invalid',
  'rehearsal-unknown',
  'rehearsal-failed',
  // They need metadata that the samples don't have.
  'no-such-element',
  'unknown-field',
  'virtual-field',
  'unknown-column',
  'unknown-option',
  'metadata-duplicate',
  'metadata-cycle',
  'lookup-key',
  'one-way-key',
  'key-in-filter',
  'hidden-range',
  'vanishing-rows',
  // It speaks of runs.
  'sync-errors',
  // It takes two maps.
  'tracked-by-many',
]);

describe('the pages of the diagnostics', () => {
  const workspaces = { none: emptyWorkspace, samples: emptyWorkspace, model: workspaceWith(model) };
  before(async () => {
    workspaces.samples = workspaceWith(await sampleTexts());
  });

  for (const code of problemCodes) {
    describe(code, () => {
      it('begins with its code, severity and phase', () => {
        const { severity, phase } = catalogue[code];
        const head = markdownOf(code).split('\n').slice(0, 3);
        deepEqual(head, [`# ${code}`, '', `Severity: ${severity} · Phase: ${phase}`]);
      });

      it('is what a diagnostic links', () => {
        ok(pageOf(code).endsWith(`/${FOLDER}/${code}.md`), pageOf(code));
      });

      it('says it in 12 to 50 lines', () => {
        const { length } = markdownOf(code).trimEnd().split('\n');
        ok(length >= 12 && length <= 50, `${length} lines`);
      });

      it('links to pages that exist and suppresses itself alone', () => {
        const page = markdownOf(code);
        for (const [, target = ''] of page.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/gu)) {
          ok(existsSync(pathInRepository(`${FOLDER}/${target}`)), target);
        }
        for (const [, named] of page.matchAll(/dual-write-disable-next-line ([\w-]+)/gu)) {
          equal(named, code);
        }
      });

      it('has examples that show it', () => {
        const examples = examplesIn(markdownOf(code));
        if (!SHOWN_IN_WORDS.has(code)) {
          ok(examples.some(({ isWrong }) => isWrong));
          ok(examples.some(({ isWrong }) => !isWrong));
        }
        for (const example of examples) {
          const told = toldOf(example, workspaces[example.metadata]);
          const codes = told.map((diagnostic) => diagnostic.code);
          equal(codes.includes(code), example.isWrong, `${example.text} has ${codes.join(', ')}`);
        }
      });

      it('shows nothing as right that has another problem', () => {
        for (const example of examplesIn(markdownOf(code)).filter(({ isWrong }) => !isWrong)) {
          const told = toldOf(example, workspaces[example.metadata]);
          const bad = told.filter(({ severity }) => severity === 'error' || severity === 'warning');
          deepEqual(
            bad.map((diagnostic) => diagnostic.code),
            [],
            example.text,
          );
        }
      });
    });
  }

  it('are those of the catalogue, and so is the table of contents', () => {
    const pages = readdirSync(pathInRepository(FOLDER)).filter((name) => name !== 'README.md');
    deepEqual(pages.toSorted(), problemCodes.map((code) => `${code}.md`).toSorted());

    const rows = markdownOf('README').matchAll(
      /^\| \[([\w-]+)\]\(([\w-]+)\.md\) +\| (\w+) +\| \S/gmu,
    );
    deepEqual(
      [...rows].map(([, code, target, severity]) => ({ code, target, severity })),
      problemCodes.map((code) => ({ code, target: code, severity: catalogue[code].severity })),
    );
  });

  it('mark each example in a way that is checked', () => {
    for (const code of problemCodes) {
      const marked = markdownOf(code).matchAll(/^```\w+ .*$/gmu);
      equal([...marked].length, examplesIn(markdownOf(code)).length, code);
    }
  });
});
