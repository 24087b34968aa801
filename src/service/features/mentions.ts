import type { ODataExpression, ODataProperty } from '../../filter/odata/ast.ts';
import { visitOData } from '../../filter/odata/visit.ts';
import type { XppExpression } from '../../filter/xpp/ast.ts';
import { placesOf } from '../../filter/xpp/places.ts';
import type { FieldMapping, Leg, Side } from '../../map/model.ts';
import { contentSpan, type EmbeddedText, toDocument } from '../../text/embedded.ts';
import type { Span } from '../../text/span.ts';
import type { AnalysedDocument } from '../analysis.ts';
import type { AnalysedFilter } from '../analysed.ts';

/** A place where a document names a field, a column or an entity; highlights, references and rename start here. */
export interface Mention {
  readonly kind: 'field' | 'entity';
  readonly side: Side;
  /** What it is compared by: no case, and a lookup's `_column_value` is its column. */
  readonly key: string;
  readonly name: string;
  /** The name alone, in the document. */
  readonly span: Span;
  readonly encode: (text: string) => string;
  readonly place: 'filter' | 'mapping' | 'schema';
  /** Undefined in a file that is one filter. */
  readonly leg: Leg | undefined;
}

export const keyOf = (name: string): string => name.trim().toLowerCase();

/**
 * The mentions of a document: per leg its entities and field mappings, then the filters.
 *
 * @param isMeant whether a leg, or a filter without one, is looked into; a map may hold thousands of them.
 */
export function mentionsOf(
  { map, filters }: AnalysedDocument,
  isMeant: (span: Span) => boolean = () => true,
): readonly Mention[] {
  const isLegMeant = ({ span }: Leg): boolean => isMeant(span);
  return [
    ...map.maps.flatMap(({ legs }) =>
      legs
        .filter(isLegMeant)
        .flatMap((leg) => [
          ...mentionOf('entity', 'fo', leg.sourceSchemaText, leg),
          ...mentionOf('entity', 'dataverse', leg.destinationSchemaText, leg),
          ...leg.fieldMappings.flatMap((mapping) => mentionsOfMapping(mapping, leg)),
        ]),
    ),
    ...filters
      .filter(({ site, span }) => isMeant(site.leg?.span ?? span))
      .flatMap(mentionsOfFilter),
  ];
}

/** The mention at an offset; its two ends belong to it. */
export const mentionAt = (document: AnalysedDocument, offset: number): Mention | undefined =>
  mentionsOf(document, isAround(offset)).find(({ span }) => isAround(offset)(span));

const isAround =
  (offset: number) =>
  ({ start, end }: Span): boolean =>
    start <= offset && offset <= end;

/** The mentions of the leg that a mention stands in, or of its file. */
export const mentionsBeside = (document: AnalysedDocument, { leg }: Mention): readonly Mention[] =>
  mentionsOf(document, (span) => leg === undefined || span === leg.span);

/** Whether two mentions of one leg mean the same. */
export const isSame = (a: Mention, b: Mention): boolean =>
  a.kind === b.kind && a.side === b.side && a.key === b.key;

function mentionOf(
  kind: Mention['kind'],
  side: Side,
  text: EmbeddedText | undefined,
  leg: Leg,
): readonly Mention[] {
  if (text === undefined || text.value.trim() === '') return [];
  const place = kind === 'entity' ? 'schema' : 'mapping';
  const { value: name, encode } = text;
  return [{ kind, side, key: keyOf(name), name, span: contentSpan(text), encode, place, leg }];
}

function mentionsOfMapping(mapping: FieldMapping, leg: Leg): readonly Mention[] {
  const { destinationFieldText: text } = mapping;
  const column = columnOf(mapping);
  const columns: readonly Mention[] =
    text === undefined || column === ''
      ? []
      : [
          {
            kind: 'field',
            side: 'dataverse',
            key: keyOf(column),
            name: column,
            span: toDocument(text, { start: 0, end: column.length }),
            encode: text.encode,
            place: 'mapping',
            leg,
          },
        ];
  return [...mentionOf('field', 'fo', mapping.sourceFieldText, leg), ...columns];
}

/** `transactioncurrencyid.isocurrencycode` maps the lookup column before the dot (`dualwrite.md` 1.3). */
export const columnOf = ({ destinationField }: FieldMapping): string =>
  destinationField.split('.')[0] ?? '';

function mentionsOfFilter(filter: AnalysedFilter): readonly Mention[] {
  const { parsed, site } = filter;
  if (parsed.expression === undefined) return [];
  const names =
    parsed.language === 'xpp' ? xppNames(parsed.expression) : odataNames(parsed.expression);
  return names.map(({ name, span }): Mention => ({
    kind: 'field',
    side: site.side,
    key: keyOf(name),
    name,
    span: toDocument(site.text, span),
    encode: site.text.encode,
    place: 'filter',
    leg: site.leg,
  }));
}

/** A name in a filter's own text. */
interface Name {
  readonly name: string;
  readonly span: Span;
}

function xppNames(expression: XppExpression): readonly Name[] {
  const names: Name[] = [];
  for (const { node } of placesOf(expression)) {
    if (node.kind !== 'field') continue;
    const { name, dataSource, span } = node;
    // `%1` stands for a name that nobody knows here.
    if (name.startsWith('%')) continue;
    const start = dataSource === undefined ? span.start : span.end - name.length;
    names.push({ name, span: { start, end: start + name.length } });
  }
  return names;
}

function odataNames(expression: ODataExpression): readonly Name[] {
  const names: Name[] = [];
  visitOData(expression, ({ expression: node }) => {
    switch (node.kind) {
      case 'property':
        names.push(columnName(node));
        return true;
      case 'path': {
        // What stands behind the first step belongs to another table.
        const [first, second] = node.steps;
        const own = first?.kind === 'variable' && first.name === '$it' ? second : first;
        if (own?.kind === 'property') names.push(columnName(own));
        return false;
      }
      case 'call':
        for (const { name, value } of node.args) {
          if (name?.text === 'PropertyName' && value.kind === 'string' && value.text.length > 2) {
            names.push(columnName({ name: value.value, span: inner(value.span) }));
          }
        }
        return true;
      default:
        return node.kind !== 'lambda' && node.kind !== 'subset';
    }
  });
  return names;
}

const inner = ({ start, end }: Span): Span => ({ start: start + 1, end: end - 1 });

/** A lookup is filtered by `_column_value` (`dualwrite.md` 3.2). */
export function columnName({ name, span }: Pick<ODataProperty, 'name' | 'span'>): Name {
  const column = /^_(.+)_value$/u.exec(name)?.[1];
  if (column === undefined) return { name, span };
  const start = span.start + 1;
  return { name: column, span: { start, end: start + column.length } };
}
