import type { IToken } from 'chevrotain';
import type { Analysed } from '../../problem/problem.ts';
import { spanOfToken } from '../tokenSpan.ts';
import type { ODataLiteral } from './ast.ts';
import { foreignLiteral } from './notation.ts';
import { isSpatial } from './spatial.ts';

const DURATION = /^[+-]?P(?!$)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/iu;
const BINARY = /^(?:[\w-]{4})*(?:[\w-]{2}[AEIMQUYcgkosw048]=?|[\w-][AQgw](?:==)?)?$/u;
const ENUM_MEMBERS = /^(?:[\p{L}_][\p{L}\p{N}_]*|-?\d+)(?:,(?:[\p{L}_][\p{L}\p{N}_]*|-?\d+))*$/u;

/** `duration'PT1H'`, `binary'T0RhdGE'`, `geography'…'`, `Sales.Pattern'Yellow,Red'`. */
export function readPrefixed(token: IToken): Analysed<ODataLiteral> {
  const { image } = token;
  const quote = image.indexOf("'");
  const prefix = image.slice(0, quote);
  const value = image.slice(quote + 1, -1).replaceAll("''", "'");
  const base = { text: image, span: spanOfToken(token) };
  const read = (literal: ODataLiteral, isValid: boolean): Analysed<ODataLiteral> => ({
    value: literal,
    problems: isValid
      ? []
      : [
          {
            code: 'invalid-literal',
            span: base.span,
            variant: literal.kind,
            args: { text: value },
          },
        ],
  });
  const type = prefix.toLowerCase();
  switch (type) {
    case 'duration':
      return read({ ...base, kind: type, value }, DURATION.test(value));
    case 'binary':
      return read({ ...base, kind: type, value }, BINARY.test(value));
    case 'geography':
    case 'geometry':
      return read({ ...base, kind: type, value }, isSpatial(value));
    case 'guid':
      return { value: { ...base, kind: 'guid', value }, problems: [foreignLiteral(token, value)] };
    case 'datetime':
    case 'datetimeoffset': {
      // `datetime` of OData 2 had no offset; UTC is what Dataverse stores.
      const isDateTime = /T/iu.test(value);
      const meant = isDateTime && !/(?:Z|[+-]\d{2}:\d{2})$/iu.test(value) ? `${value}Z` : value;
      const kind = isDateTime ? 'dateTimeOffset' : 'date';
      return { value: { ...base, kind, value: meant }, problems: [foreignLiteral(token, meant)] };
    }
    default:
      return read(
        { ...base, kind: 'enum', typeName: prefix, members: value.split(',') },
        prefix.includes('.') && ENUM_MEMBERS.test(value),
      );
  }
}
