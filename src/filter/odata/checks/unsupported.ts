import type { Fix, Problem } from '../../../problem/problem.ts';
import { textOf } from '../../../text/span.ts';
import type { ODataComparison } from '../ast.ts';
import { dataverseFunction } from '../dataverseFunctions.ts';
import type { ODataPlace } from '../visit.ts';
import { type CheckContext, isLiteral, rewriting } from './check.ts';

/** What OData has and Dataverse has not (`dualwrite.md` 3.2, last items; filter-rows, list of operators). */
export function checkUnsupported(place: ODataPlace, context: CheckContext): readonly Problem[] {
  const { expression, above } = place;
  const { source } = context;
  const unsupported = (
    variant: string,
    span: Problem['span'],
    fixes?: readonly Fix[],
  ): Problem => ({
    code: 'not-in-dataverse',
    span,
    variant,
    args: { text: textOf(source, span) },
    ...(fixes === undefined ? {} : { fixes }),
  });
  switch (expression.kind) {
    case 'arithmetic':
      return expression.operators.map(({ span }) => unsupported('operator', span));
    case 'negation':
      return [unsupported('operator', expression.operator.span)];
    case 'comparison': {
      const { name, span } = expression.operator;
      if (name === 'has') return [unsupported('operator', span)];
      return name === 'in' ? [unsupported('in', span, listFixes(expression, source))] : [];
    }
    case 'variable':
      return expression.name.startsWith('$')
        ? [unsupported('name', expression.span, rowFixes(place))]
        : [];
    case 'alias':
    case 'annotation':
      return above?.expression.kind === 'path' ? [] : [unsupported('name', expression.span)];
    case 'array':
    case 'object': {
      const owner = above?.expression;
      const isArgument = owner?.kind === 'call' && dataverseFunction(owner.name) !== undefined;
      const isReported = owner?.kind === 'array' || owner?.kind === 'object';
      // The right side of `in` is part of that problem.
      const isList = owner?.kind === 'comparison' && owner.operator.name === 'in';
      return isArgument || isReported || isList ? [] : [unsupported('json', expression.span)];
    }
    case 'placeholder':
      return [
        {
          code: 'placeholder',
          span: expression.span,
          variant: 'odata',
          args: { text: expression.text },
        },
      ];
    default:
      return [];
  }
}

/** A list longer than this is no text to be typed by a fix. */
const LONGEST_LIST = 100;

/** Dataverse answers `The query node In is not supported`; a comparison per value says the same. */
function listFixes({ left, right, span }: ODataComparison, source: string): readonly Fix[] {
  const items = right.kind === 'list' || right.kind === 'array' ? right.items : [];
  if (left.kind !== 'property' || items.length === 0 || items.length > LONGEST_LIST) return [];
  if (!items.every(isLiteral)) return [];
  const terms = items.map((item) => `${left.name} eq ${textOf(source, item.span)}`);
  return [rewriting('expand-list', span, `(${terms.join(' or ')})`)];
}

/** `$it/name` is the column of the row itself. */
function rowFixes({ expression, above }: ODataPlace): readonly Fix[] {
  if (above?.expression.kind !== 'path') return [];
  const [variable, column, ...others] = above.expression.steps;
  return variable === expression && column?.kind === 'property' && others.length === 0
    ? [rewriting('replace-name', above.expression.span, column.name)]
    : [];
}
