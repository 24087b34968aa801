import type { ODataExpression } from '../../filter/odata/ast.ts';
import type { XppOperand } from '../../filter/xpp/ast.ts';
import { placesOf } from '../../filter/xpp/places.ts';
import { visitOData } from '../../filter/odata/visit.ts';
import type { Leg, Side } from '../../map/model.ts';
import type { Origin } from '../../metadata/model.ts';
import type { Span } from '../../text/span.ts';
import type { AnalysedDocument } from '../analysis.ts';
import type { AnalysedFilter } from '../analysed.ts';
import { inDocument, placeAt } from '../place.ts';
import type { Workspace } from '../workspace.ts';
import { columnName, columnOf, keyOf, type Mention, mentionAt } from './mentions.ts';
import { declarationOf, targetOf } from './references.ts';

export interface Definition {
  /** The words that lead there, in the document. */
  readonly from: Span;
  readonly targets: readonly Origin[];
}

/**
 * Where the thing at an offset is said to be what it is: a field or entity in the AOT; what the AOT doesn't tell,
 * and every column, in the field mappings of the leg; a value in the value map of its field.
 */
export function definitionAt(
  document: AnalysedDocument,
  offset: number,
  workspace: Workspace,
): Definition | undefined {
  const { uri } = document.document;
  const mention = mentionAt(document, offset);
  if (mention !== undefined) {
    const declared = declarationOf(targetOf(mention, document, workspace), workspace.metadata);
    // A column of a workbook or a database stands in no text that could be shown.
    const isShown = declared !== undefined && workspace.textOf(declared.uri) !== undefined;
    const targets = !isShown ? mappingsOf(mention).map(({ span }) => ({ uri, span })) : [declared];
    return targets.length === 0 ? undefined : { from: mention.span, targets };
  }
  const place = placeAt(document, offset);
  if (place === undefined) return undefined;
  const value = valuesOf(place.filter).find(
    ({ span }) => span.start <= place.offset && place.offset <= span.end,
  );
  const { leg, side } = place.filter.site;
  if (value === undefined || leg === undefined) return undefined;
  const targets = linesOf(value, leg, side).map((span) => ({ uri, span }));
  return targets.length === 0 ? undefined : { from: inDocument(place.filter, value.span), targets };
}

function mappingsOf({ kind, side, key, leg }: Mention): Leg['fieldMappings'] {
  return kind === 'entity' || leg === undefined ? [] : mappingsNamed(leg, side, key);
}

const mappingsNamed = (leg: Leg, side: Side, key: string): Leg['fieldMappings'] =>
  leg.fieldMappings.filter(
    (mapping) => keyOf(side === 'fo' ? mapping.sourceField : columnOf(mapping)) === key,
  );

/** A constant that a field is compared with. */
interface ComparedValue {
  readonly field: string;
  readonly value: string;
  readonly span: Span;
}

/** F&O names the elements of the value map, Dataverse the values (`dualwrite.md` 1.3). */
function linesOf({ field, value }: ComparedValue, leg: Leg, side: Side): readonly Span[] {
  return mappingsNamed(leg, side, keyOf(field)).flatMap(({ transforms }) =>
    transforms.flatMap((transform) =>
      transform.kind === 'valueMap'
        ? transform.spans.filter((_span, index) => {
            const [element, code] = transform.pairs[index] ?? ['', ''];
            return keyOf(side === 'fo' ? element : code) === keyOf(value);
          })
        : [],
    ),
  );
}

function valuesOf({ parsed }: AnalysedFilter): readonly ComparedValue[] {
  const values: ComparedValue[] = [];
  const note = (field: string | undefined, value: string | undefined, span: Span): void => {
    if (field !== undefined && value !== undefined) values.push({ field, value, span });
  };
  if (parsed.expression === undefined) return values;
  if (parsed.language === 'xpp') {
    for (const { node } of placesOf(parsed.expression)) {
      if (node.kind !== 'comparison') continue;
      note(xppField(node.left), xppValue(node.right), node.right.span);
      note(xppField(node.right), xppValue(node.left), node.left.span);
    }
    return values;
  }
  visitOData(parsed.expression, ({ expression: node }) => {
    if (node.kind !== 'comparison') return;
    note(odataColumn(node.left), odataValue(node.right), node.right.span);
    note(odataColumn(node.right), odataValue(node.left), node.left.span);
  });
  return values;
}

const xppField = (operand: XppOperand): string | undefined =>
  operand.kind === 'field' ? operand.name : undefined;

function xppValue(operand: XppOperand): string | undefined {
  switch (operand.kind) {
    case 'enum':
      return operand.element;
    case 'string':
      return operand.value;
    default:
      return undefined;
  }
}

const odataColumn = (expression: ODataExpression): string | undefined =>
  expression.kind === 'property' ? columnName(expression).name : undefined;

function odataValue(expression: ODataExpression): string | undefined {
  switch (expression.kind) {
    case 'integer':
    case 'boolean':
      return expression.text;
    case 'string':
      return expression.value;
    default:
      return undefined;
  }
}
