import type { Comparison, Condition, LiteralOperand, Value } from '../filter/meaning/condition.ts';
import { fieldWithLiteral } from '../filter/meaning/evaluate.ts';
import { decide } from '../filter/meaning/values.ts';
import { columnIn } from '../metadata/dataverse/tables.ts';
import type { ColumnContents } from '../preview/columns.ts';
import type { AnalysedFilter } from './analysed.ts';
import { legEntity } from './checks/legEntity.ts';
import { inEachComparison, withEmptyElements } from './emptyElements.ts';
import type { Workspace } from './workspace.ts';

/** A value under one of its names; several names may have one value. */
interface NamedValue {
  readonly name: string;
  readonly value: number;
}

/**
 * What a filter means for rows as a file holds them: a database stores the numbers of enums and option sets, exports
 * write one or the other. Where metadata tells the elements, a filter that names one finds its number, and one that
 * asks for a number finds the name; by order, numbers are compared as the database does.
 *
 * @param contents what the column of a field holds in the file.
 */
export function conditionOfRows(
  filter: Pick<AnalysedFilter, 'meaning' | 'site'>,
  workspace: Workspace,
  contents: (field: string) => ColumnContents | undefined,
): Condition {
  const condition = withEmptyElements(filter, workspace);
  const elementsOf = elementsIn(filter, workspace);
  return inEachComparison(condition, (comparison) => {
    const compared = fieldWithLiteral(comparison);
    if (compared === undefined || compared.operator === 'like') return comparison;
    const { field, literal, operator } = compared;
    const held = contents(field.name);
    if (held !== 'numbers' && held !== 'texts') return comparison;
    const elements = elementsOf(field.name, literal.value);
    const asked = numberOf(literal.value, elements);
    if (asked === undefined) return comparison;
    const comparedWith = (value: Value, by: Comparison['operator']): Comparison => ({
      ...comparison,
      left: field,
      operator: by,
      right: { ...literal, value } satisfies LiteralOperand,
    });
    if (held === 'numbers') return comparedWith({ type: 'number', number: asked }, operator);
    const isNamed = literal.value.type !== 'number' && (operator === 'eq' || operator === 'ne');
    if (isNamed) return comparison;
    const wanted = operator === 'ne' ? 'eq' : operator;
    const empty = elements.find(({ value }) => value === 0)?.name;
    const terms = elements
      .filter(({ value }) => decide(value, asked, wanted) === true)
      .map(({ name }) =>
        comparedWith(
          { type: 'enum', enumName: '', element: name, ...(empty === undefined ? {} : { empty }) },
          'eq',
        ),
      );
    const [only, ...others] = terms;
    if (only === undefined) return comparison;
    const { span } = comparison;
    const either: Condition = others.length === 0 ? only : { kind: 'or', terms, span };
    return operator === 'ne' ? { kind: 'not', term: either, span } : either;
  });
}

function elementsIn(
  { site }: Pick<AnalysedFilter, 'site'>,
  workspace: Workspace,
): (field: string, value: Value) => readonly NamedValue[] {
  if (site.leg === undefined) return (_, value) => elementsNamed(value, workspace);
  const { typeOf, table } = legEntity(site.leg, workspace);
  if (site.side === 'dataverse') {
    return (field) =>
      (table && columnIn(table, field)?.options)?.flatMap(({ value, labels }) =>
        labels.map((name) => ({ name, value })),
      ) ?? [];
  }
  return (field, value) => {
    const type = typeOf(field);
    return type.kind === 'enum' ? numbered(type.elements) : elementsNamed(value, workspace);
  };
}

/** The elements of the enum that a literal names. */
const elementsNamed = (value: Value, { metadata }: Workspace): readonly NamedValue[] =>
  value.type === 'enum' ? numbered(metadata.enumNamed(value.enumName)?.elements ?? []) : [];

const numbered = (
  elements: readonly { readonly name: string; readonly value: number | undefined }[],
): readonly NamedValue[] =>
  elements.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]));

/** The number of what a filter asks for, where it is among the elements. */
function numberOf(value: Value, elements: readonly NamedValue[]): number | undefined {
  if (elements.length === 0) return undefined;
  if (value.type === 'number') return value.number;
  if (value.type !== 'enum' && value.type !== 'text') return undefined;
  const text = (value.type === 'enum' ? value.element : value.text).trim().toLowerCase();
  return elements.find(({ name }) => name.toLowerCase() === text)?.value;
}
