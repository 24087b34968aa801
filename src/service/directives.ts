import type { Problem } from '../problem/problem.ts';
import { type Comment, jsonComments, xmlComments } from '../text/comments.ts';
import type { Edit } from '../text/edit.ts';
import { type Lines, linesOf } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { isCode } from './diagnosticOptions.ts';
import { nearest } from '../filter/odata/nearest.ts';
import { type ProblemCode, problemCodes } from '../problem/catalogue.ts';
import type { Document } from './workspace.ts';

/** A comment such as `// dual-write-disable-next-line null-lost, wildcard -- reason`. */
export interface Directive {
  readonly comment: Span;
  /** The line it speaks of; undefined for the whole document. */
  readonly line: number | undefined;
  readonly codes: readonly { readonly text: string; readonly span: Span }[];
}

const WORD = 'dual-write-disable';

/** Comments exist in JSON and XML; a filter in a file of its own has none. */
function commentStyle({ text, side }: Document): 'json' | 'xml' | undefined {
  if (side !== undefined) return undefined;
  return /^[\s\uFEFF]*</u.test(text) ? 'xml' : 'json';
}

/** Most documents have none, and are not read a second time for it. */
export const mayHaveDirectives = (document: Document): boolean =>
  document.text.includes(WORD) && commentStyle(document) !== undefined;

export function directivesOf(document: Document): readonly Directive[] {
  const { text } = document;
  const style = commentStyle(document);
  if (style === undefined || !mayHaveDirectives(document)) return [];
  const comments = style === 'xml' ? xmlComments(text) : jsonComments(text);
  const lines = linesOf(text);
  return comments.flatMap((comment) => readDirective(comment, text, lines));
}

function readDirective(
  { span, content }: Comment,
  text: string,
  lines: Lines,
): readonly Directive[] {
  const written = text.slice(content.start, content.end);
  const match = /^\s*dual-write-disable(-next-line)?(?![\w-])/u.exec(written);
  if (match === null) return [];
  const [head, nextLine] = match;
  const [listed = ''] = written.slice(head.length).split(/\s--(?:\s|$)/u);
  const start = content.start + head.length;
  return [
    {
      comment: span,
      line: nextLine === undefined ? undefined : lines.placeOf(span.end).line + 1,
      codes: [...listed.matchAll(/[^\s,]+/gu)].map(({ 0: code, index }) => ({
        text: code,
        span: { start: start + index, end: start + index + code.length },
      })),
    },
  ];
}

/** What the text alone does not tell: a comment that suppresses nothing now may do so after the next run. */
const comesAndGoes: ReadonlySet<string> = new Set<ProblemCode>(['sync-errors']);

/** A problem for each code of a directive that does nothing. */
export function unusedDirectives(
  directives: readonly Directive[],
  isUsed: (directive: Directive, code: string) => boolean,
  text: string,
): readonly Problem[] {
  return directives.flatMap((directive): readonly Problem[] => {
    if (directive.codes.length === 0) {
      return [
        {
          code: 'unused-suppression',
          variant: 'empty',
          span: directive.comment,
          // Not preferred: whoever saves while writing the comment wants to go on with it.
          fixes: [{ title: 'remove-comment', edits: [removalOf(directive, 0, text)] }],
        },
      ];
    }
    return directive.codes.flatMap((code, index): readonly Problem[] => {
      if (isCode(code.text) && (isUsed(directive, code.text) || comesAndGoes.has(code.text))) {
        return [];
      }
      const removal = {
        title: 'remove-suppression',
        args: { code: code.text },
        edits: [removalOf(directive, index, text)],
      };
      if (isCode(code.text)) {
        return [
          {
            code: 'unused-suppression',
            span: code.span,
            args: { code: code.text },
            fixes: [{ ...removal, preferred: true }],
          },
        ];
      }
      const near = nearest(code.text, problemCodes);
      return [
        {
          code: 'unused-suppression',
          variant: 'unknown',
          span: code.span,
          args: { code: code.text },
          fixes: [
            ...(near === undefined
              ? []
              : [
                  {
                    title: 'replace-name',
                    args: { text: near },
                    edits: [{ span: code.span, text: near }],
                    preferred: true,
                  },
                ]),
            removal,
          ],
        },
      ];
    });
  });
}

/** The code with its comma; the whole comment where nothing else is in it, with its line if it has one to itself. */
function removalOf({ codes, comment }: Directive, index: number, text: string): Edit {
  const own = codes[index]?.span ?? comment;
  const before = codes[index - 1]?.span;
  const after = codes[index + 1]?.span;
  if (before !== undefined) return { span: { start: before.end, end: own.end }, text: '' };
  if (after !== undefined) return { span: { start: own.start, end: after.start }, text: '' };
  let { start, end } = comment;
  while (' \t'.includes(text[start - 1] ?? '\n')) start -= 1;
  if (start > 0 && !'\r\n'.includes(text[start - 1] ?? ''))
    return { span: { start, end }, text: '' };
  const rest = /[ \t]*(?:\r\n|\r|\n|$)/uy;
  rest.lastIndex = end;
  const line = rest.exec(text);
  if (line === null) return { span: comment, text: '' };
  end += line[0].length;
  return { span: { start, end }, text: '' };
}

/** Adds a code to the first directive of the document, or writes one where comments may stand. */
export function suppressionEdit(document: Document, code: string): Edit | undefined {
  const { text } = document;
  const style = commentStyle(document);
  if (style === undefined) return undefined;
  const existing = directivesOf(document).find(
    ({ line, codes }) => line === undefined && codes.length > 0,
  );
  const last = existing?.codes.at(-1);
  if (last !== undefined) {
    return { span: { start: last.span.end, end: last.span.end }, text: `, ${code}` };
  }
  const eol = /\r\n|\r|\n/u.exec(text)?.[0] ?? '\n';
  if (style === 'json') {
    // Comments are an error in JSON proper.
    if (!/\.jsonc$/iu.test(document.uri) && jsonComments(text).length === 0) return undefined;
    const start = text.startsWith('\uFEFF') ? 1 : 0;
    return { span: { start, end: start }, text: `// ${WORD} ${code}${eol}` };
  }
  // Nothing stands before the XML declaration.
  const declaration = /^\s*<\?xml[^]*?\?>/u.exec(text.replace(/^\uFEFF/u, ' '))?.[0];
  const comment = `<!-- ${WORD} ${code} -->`;
  if (declaration === undefined) {
    const start = text.startsWith('\uFEFF') ? 1 : 0;
    return { span: { start, end: start }, text: `${comment}${eol}` };
  }
  const place = declaration.length;
  return { span: { start: place, end: place }, text: `${eol}${comment}` };
}
