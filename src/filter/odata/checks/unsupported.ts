import type { Fix, Problem } from '../../../problem/problem.ts';
import { textOf } from '../../../text/span.ts';
import type { ODataComparison } from '../ast.ts';
import { isLiteral } from '../compared.ts';
import { dataverseFunction } from '../dataverseFunctions.ts';
import type { ODataPlace } from '../visit.ts';
import { type CheckContext, rewriting } from './check.ts';

/** What OData has and Dataverse has not (`dualwrite.md` 3.2, last items; filter-rows, list of operators). */
export function checkUnsupported(place: ODataPlace, { source }: CheckContext): readonly Problem[] {
  const { expression, above } = place;
  switch (expression.kind) {
    case 'arithmetic':
      return expression.operators.map(({ span }) => unsupported(source, 'operator', span));
    case 'negation':
      return [unsupported(source, 'operator', expression.operator.span)];
    case 'comparison': {
      const { name, span } = expression.operator;
      if (name === 'has') return [unsupported(source, 'operator', span)];
      return name === 'in' ? [unsupported(source, 'in', span, listFixes(expression, source))] : [];
    }
    case 'variable':
      return expression.name.startsWith('$')
        ? [unsupported(source, 'name', expression.span, rowFixes(place))]
        : [];
    case 'alias':
    case 'annotation':
      return above?.expression.kind === 'path'
        ? []
        : [unsupported(source, 'name', expression.span)];
    case 'array':
    case 'object': {
      const owner = above?.expression;
      const isArgument = owner?.kind === 'call' && dataverseFunction(owner.name) !== undefined;
      const isReported = owner?.kind === 'array' || owner?.kind === 'object';
      // The right side of `in` is part of that problem.
      const isList = owner?.kind === 'comparison' && owner.operator.name === 'in';
      return isArgument || isReported || isList
        ? []
        : [unsupported(source, 'json', expression.span)];
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

const unsupported = (
  source: string,
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
