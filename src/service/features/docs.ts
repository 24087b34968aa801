import type { Translate } from '../../problem/message.ts';
import { linesOf } from '../../text/lines.ts';
import type { Origin } from '../../metadata/model.ts';
import { trackerOf } from '../../tracking/tracker.ts';
import { approximateDate } from './approximateSql.ts';
import { functionNamed, meaningOf, signatureOf } from './calls.ts';
import {
  columnNamed,
  columnOf,
  type FieldInfo,
  fieldInfoOf,
  type FilterContext,
  glyphOf,
  knownColumn,
  typeOf,
  type ValuePair,
  valuesOf,
  valuesOfColumn,
  valuesOfField,
} from './fieldInfo.ts';
import { type DocsContext, fenced, languageOf, paragraphs } from './docsContext.ts';
import { operatorDocs } from './operatorDocs.ts';
import { verdictDocs } from './trackingDocs.ts';

/** Something in a filter that can be explained: by a hover, and beside an item of completion. Plain data. */
export type Subject =
  | { readonly kind: 'field' | 'column' | 'function' | 'operator'; readonly name: string }
  | { readonly kind: 'date' | 'dateTime'; readonly iso: string }
  /** A constant compared with a field or column. */
  | { readonly kind: 'value'; readonly value: string; readonly of: string };

/** Explains a subject in Markdown; undefined where there is nothing to say. */
export function docsOf(subject: Subject, context: DocsContext): string | undefined {
  switch (subject.kind) {
    case 'field': {
      const { filter, workspace } = context;
      const info = fieldInfoOf(subject.name, filter, workspace);
      return info === undefined ? undefined : fieldDocs(info, context);
    }
    case 'column':
      return columnDocs(subject.name, context);
    case 'function': {
      const known = functionNamed(subject.name, languageOf(context.filter));
      return known === undefined
        ? undefined
        : paragraphs(
            fenced(signatureOf(known).label, context.filter),
            meaningOf(known, context.translate),
          );
    }
    case 'operator':
      return operatorDocs(subject.name, context);
    case 'date':
    case 'dateTime':
      return dateDocs(subject.iso, subject.kind, context);
    case 'value':
      return valueDocs(subject.value, subject.of, context);
  }
}

function fieldDocs(info: FieldInfo, context: DocsContext): string {
  const { translate, filter } = context;
  const { name } = info;
  const type = typeOf(info);
  return paragraphs(
    fenced(type === undefined ? name : `${name} : ${typeText(info, type)}`, filter),
    originDocs(info, context),
    typeDocs(info, context),
    nullDocs(info, context),
    ...(filter.site.leg === undefined ? [] : mappingDocs(info, translate)),
    trackingDocs(info, context),
    valuesDocs(valuesOfField(info, context.workspace), translate),
  );
}

function typeText({ known }: FieldInfo, type: string): string {
  const extended = known?.tableField?.extendedDataType ?? '';
  return extended === '' ? type : `${type} (${extended})`;
}

function originDocs({ known, shown }: FieldInfo, context: DocsContext): string {
  const { translate } = context;
  if (known === undefined) {
    if (shown === undefined) return translate('hover.field.unknown');
    const field = linked(shown.name, shown.origin, context);
    return translate(`hover.field.${shown.sample === undefined ? 'shown' : 'sampled'}`, { field });
  }
  const { entity, field, dataSource } = known;
  const args = { entity: linked(entity.name, field.origin, context) };
  switch (field.kind) {
    case 'mapped':
      return translate('hover.field.mapped', {
        ...args,
        field: field.dataField,
        dataSource: field.dataSource,
        table: dataSource?.table ?? field.dataSource,
      });
    case 'computed':
      return translate('hover.field.computed', { ...args, method: field.method });
    case 'virtual':
      return translate('hover.field.virtual', args);
  }
}

/** Where its type is written: the field of the table, the extended data type, the enum. */
function typeDocs({ known, shown }: FieldInfo, context: DocsContext): string {
  const { metadata } = context.workspace;
  const { tableField, dataSource, field } = known ?? {};
  const declared = tableField ?? (field?.kind === 'mapped' ? undefined : field);
  const extended = metadata.extendedTypeNamed(declared?.extendedDataType ?? '');
  const shownName = shown?.type.kind === 'enum' ? shown.type.name : '';
  const enumName = [declared?.enumType, extended?.enumType, shownName].find(
    (name) => name !== undefined && name !== '',
  );
  const enumType = metadata.enumNamed(enumName ?? '');
  const places = [
    tableField === undefined
      ? undefined
      : linked(`${dataSource?.table ?? ''}.${tableField.name}`, tableField.origin, context),
    extended === undefined ? undefined : linked(extended.name, extended.origin, context),
    enumType?.origin === undefined ? undefined : linked(enumType.name, enumType.origin, context),
  ].filter((place) => place !== undefined);
  return places.length === 0 ? '' : context.translate('hover.type', { places: places.join(', ') });
}

function nullDocs({ known, shown }: FieldInfo, context: DocsContext): string {
  const { translate } = context;
  if (known === undefined) {
    return shown?.sample?.hasNull === true ? translate('hover.null.sampled') : '';
  }
  const { nullability } = known;
  switch (nullability.kind) {
    case 'never':
      return translate('hover.null.never');
    case 'outerJoin':
      return translate('hover.null.outerJoin', {
        dataSource: linked(nullability.dataSource, nullability.origin, context),
      });
    case 'computed':
      return translate('hover.null.computed');
    case 'unknown':
      return '';
  }
}

/** A link to the line where something stands; the bare name where its text is not at hand. */
function linked(name: string, { uri, span }: Origin, { workspace }: DocsContext): string {
  const text = workspace.textOf(uri);
  if (text === undefined) return `\`${name}\``;
  return `[${name}](${uri}#L${linesOf(text).placeOf(span.start).line + 1})`;
}

function mappingDocs(
  { mappings }: Pick<FieldInfo, 'mappings'>,
  translate: Translate,
): readonly string[] {
  if (mappings.length === 0) return [translate('hover.field.notOnMap')];
  return mappings
    .filter(({ destinationField }) => destinationField !== '')
    .map((mapping) =>
      translate('hover.mapping', {
        source: mapping.sourceField,
        glyph: glyphOf(mapping),
        destination: mapping.destinationField,
        direction: translate(`hover.direction.${mapping.direction}`),
      }),
    );
}

/** Whether a change of a mapped field starts a synchronization; of one that is not mapped that is said already. */
function trackingDocs(
  { known, name, mappings }: FieldInfo,
  { filter, workspace, translate }: DocsContext,
): string {
  const { leg } = filter.site;
  if (known === undefined || leg === undefined || mappings.length === 0) return '';
  const { verdict } = trackerOf(known.entity, [{ map: '', leg }], workspace.metadata).field(name);
  return verdictDocs(verdict, translate);
}

function columnDocs(name: string, context: DocsContext): string {
  const { filter, translate, workspace } = context;
  const column = columnNamed(name, filter);
  const declared = knownColumn(name, filter, workspace);
  const type = declared === undefined || declared.type === 'unknown' ? '' : ` : ${declared.type}`;
  const known =
    column === undefined
      ? [
          filter.site.leg === undefined ? undefined : translate('hover.column.notOnMap'),
          valuesDocs(valuesOfColumn(name, filter, workspace), translate),
        ]
      : [
          ...(column.isLookup ? [translate('hover.column.lookup')] : []),
          ...mappingDocs(
            {
              mappings: column.mappings.filter(({ sourceField }) => sourceField !== ''),
            },
            translate,
          ).filter(() => column.mappings.some(({ sourceField }) => sourceField !== '')),
          valuesDocs(valuesOfColumn(name, filter, workspace), translate),
        ];
  return paragraphs(
    fenced(`${name}${type}`, filter),
    declared === undefined
      ? undefined
      : translate('hover.column.known', {
          column: linked(declared.name, declared.origin, context),
          table: filter.site.leg?.destinationSchema ?? '',
        }),
    ...known,
  );
}

const MOST_VALUES = 12;

function valuesDocs(values: readonly ValuePair[], translate: Translate): string {
  if (values.length === 0) return '';
  const shown = values
    .slice(0, MOST_VALUES)
    .map(({ element, value }) =>
      value === undefined
        ? `\`${element}\``
        : element === ''
          ? `\`${value}\``
          : `\`${element}\` = \`${value}\``,
    );
  const more = values.length > MOST_VALUES ? ' …' : '';
  return translate('hover.values', { values: shown.join(', ') + more });
}

/** Words that mean the same have one message, whichever was written. */
function dateDocs(
  iso: string,
  kind: 'date' | 'dateTime',
  { translate, filter }: DocsContext,
): string | undefined {
  const long = longDate(iso, kind, translate);
  if (long === undefined) return undefined;
  const isNone = filter.site.side === 'fo' && iso.startsWith('1900-01-01');
  return paragraphs(
    fenced(iso, filter),
    long,
    ...(isNone ? [translate('hover.date.none')] : []),
    filter.site.side === 'fo' ? approximateDate(iso, translate) : '',
  );
}

/** A date in words, in the language of the messages. Undefined for what is no date. */
export function longDate(
  iso: string,
  kind: 'date' | 'dateTime',
  translate: Translate,
  dateStyle: 'full' | 'long' = 'full',
): string | undefined {
  const hasZone = /(?:Z|[+-]\d{2}:\d{2})$/iu.test(iso);
  const moment = new Date(kind === 'date' || hasZone ? iso : `${iso}Z`);
  if (Number.isNaN(moment.getTime())) return undefined;
  return new Intl.DateTimeFormat(translate('language.tag'), {
    dateStyle,
    ...(kind === 'date' ? {} : { timeStyle: 'medium' as const }),
    timeZone: 'UTC',
  }).format(moment);
}

/** What the map has for a constant on the other side. */
function valueDocs(value: string, of: string, context: DocsContext): string | undefined {
  const { filter, translate } = context;
  const isFo = filter.site.side === 'fo';
  const pair = pairOf(value, of, filter);
  if (pair === undefined) return undefined;
  const [own, other] = isFo ? [pair.element, pair.value] : [pair.value, pair.element];
  return paragraphs(
    fenced(`${of} : ${own ?? ''}`, filter),
    other === undefined || other === ''
      ? translate('hover.value.default', { field: of })
      : translate(isFo ? 'hover.value.dataverse' : 'hover.value.element', {
          value: other,
          field: pair.field,
        }),
  );
}

/** The pair of a value map that a constant is one side of. */
export function pairOf(value: string, of: string, filter: FilterContext): ValuePair | undefined {
  const mappings = (filter.site.leg?.fieldMappings ?? []).filter((mapping) =>
    filter.site.side === 'fo'
      ? mapping.sourceField.toLowerCase() === of.toLowerCase()
      : columnOf(mapping).name === of,
  );
  return valuesOf(mappings).find((pair) =>
    filter.site.side === 'fo'
      ? pair.element.toLowerCase() === value.toLowerCase()
      : pair.value?.toLowerCase() === value.toLowerCase(),
  );
}
