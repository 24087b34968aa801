import type { IToken } from 'chevrotain';
import type { Analysed } from '../../problem/problem.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { RangeValue } from './ast.ts';
import { readDate, readDateTime, readNumber } from './constants.ts';
import * as tokens from './tokens.ts';

/** Reads the value of a token. Nothing in quotes is a pattern or a date: they are there to say so. */
export function readValue(token: IToken): Analysed<RangeValue> {
  const { image } = token;
  const base = { text: image, span: spanOfToken(token) };
  if (token.tokenType === tokens.Quoted) {
    return { value: { ...base, kind: 'text', value: image.slice(1, -1) }, problems: [] };
  }
  if (token.tokenType === tokens.UnterminatedString) {
    const { end } = base.span;
    return {
      value: { ...base, kind: 'text', value: image.slice(1) },
      problems: [
        {
          code: 'unterminated-string',
          span: base.span,
          args: { quote: '"' },
          fixes: [
            {
              title: 'close-string',
              args: { quote: '"' },
              edits: [{ span: { start: end, end }, text: '"' }],
            },
          ],
        },
      ],
    };
  }
  return readWord(image, base);
}

function readWord(text: string, base: Pick<RangeValue, 'text' | 'span'>): Analysed<RangeValue> {
  const found = (value: RangeValue): Analysed<RangeValue> => ({ value, problems: [] });
  if (/^t$/iu.test(text)) return found({ ...base, kind: 'today' });
  if (/[*?]/u.test(text)) return found({ ...base, kind: 'pattern', value: text });
  const number = readNumber(text);
  if (number !== undefined) return found({ ...base, kind: 'number', value: number });
  const [, enumName, element] = /^([A-Za-z_]\w*)::([A-Za-z_]\w*)$/u.exec(text) ?? [];
  if (enumName !== undefined && element !== undefined) {
    return found({ ...base, kind: 'enum', enumName, element });
  }
  const moment = readDateTime(text);
  const date = moment ?? readDate(text);
  if (date === undefined) return found({ ...base, kind: 'text', value: text });
  if (date === 'ambiguous') return found({ ...base, kind: 'ambiguousDate' });
  if (date === 'invalid') {
    return {
      value: { ...base, kind: 'text', value: text },
      problems: [{ code: 'invalid-date', span: base.span, args: { text } }],
    };
  }
  return found({ ...base, kind: moment === undefined ? 'date' : 'datetime', value: date.iso });
}
