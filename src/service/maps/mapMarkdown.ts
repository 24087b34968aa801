import type { FieldMapping, Leg, TableMap } from '../../map/model.ts';
import type { Translate } from '../../problem/message.ts';
import type { AnalysedDocument } from '../analysis.ts';
import type { AnalysedFilter } from '../analysed.ts';
import { diagnosticsOf } from '../diagnostics.ts';
import { inWords } from '../explain/inWords.ts';
import { contains } from '../../text/span.ts';
import { glyphOf } from './compareMaps.ts';
import { code, codeBlock, plain, table } from '../../text/markdown.ts';

/**
 * The maps of a document for people who don't read JSON: what they link, which rows they keep and why, what each
 * field becomes, and what is wrong with them.
 */
export function mapsInMarkdown(document: AnalysedDocument, translate: Translate): string {
  const maps = document.map.maps.map((map) => mapSections(map, document, translate).join('\n\n'));
  return maps.length === 0 ? '' : `${maps.join('\n\n')}\n`;
}

function mapSections(
  map: TableMap,
  document: AnalysedDocument,
  translate: Translate,
): readonly string[] {
  const { version, legs, span } = map;
  const problems = diagnosticsOf(document, translate)
    .filter((diagnostic) => contains(span, diagnostic.span))
    .map(({ code: name, message }) => `- ${message} (${code(name)})`);
  return [
    `# ${plain(map.name) || translate('outline.map')}`,
    ...(version === undefined ? [] : [translate('export.version', { version: plain(version) })]),
    ...legs.flatMap((leg) => legSections(leg, document, translate)),
    ...(problems.length === 0 ? [] : [`## ${translate('export.problems')}`, problems.join('\n')]),
  ];
}

function legSections(
  leg: Leg,
  { filters }: AnalysedDocument,
  translate: Translate,
): readonly string[] {
  return [
    `## ${plain(leg.sourceSchema)} → ${plain(leg.destinationSchema)}`,
    ...(['fo', 'dataverse'] as const).flatMap((side) => [
      `### ${translate(`outline.filter.${side}`)}`,
      ...filterSection(
        filters.find(({ site }) => site.leg === leg && site.side === side),
        translate,
      ),
    ]),
    `### ${translate('outline.mappings')}`,
    ...(leg.fieldMappings.length === 0
      ? [translate('export.noMappings')]
      : [mappingTable(leg.fieldMappings, translate)]),
  ];
}

function filterSection(
  filter: AnalysedFilter | undefined,
  translate: Translate,
): readonly string[] {
  const text = filter?.site.text.value.trim() ?? '';
  if (filter === undefined || text === '') return [translate('export.noFilter')];
  const sentence = inWords(filter.meaning, translate);
  return [
    codeBlock(text, filter.site.side === 'fo' ? 'xpp' : 'odata'),
    sentence === undefined ? translate('export.unreadable') : plain(sentence),
  ];
}

function mappingTable(mappings: readonly FieldMapping[], translate: Translate): string {
  const [direction, transforms] = ['direction', 'transforms'].map((name) =>
    translate(`export.${name}`),
  );
  const head = ['Finance and Operations', direction ?? '', 'Dataverse', transforms ?? ''];
  return table(
    head,
    mappings.map((mapping) => [
      code(mapping.sourceField),
      code(glyphOf(mapping)),
      destinationOf(mapping, translate),
      transformsOf(mapping, translate),
    ]),
  );
}

const destinationOf = (
  { destinationField, relatedEntity }: FieldMapping,
  translate: Translate,
): string =>
  relatedEntity === ''
    ? code(destinationField)
    : `${code(destinationField)} ${translate('export.lookup', { table: code(relatedEntity) })}`;

const transformsOf = ({ transforms }: FieldMapping, translate: Translate): string =>
  transforms
    .map((transform) =>
      transform.kind === 'default'
        ? translate('export.default', { value: code(transform.value) || '""' })
        : transform.pairs
            .map(([key, value]) => `${code(key) || '""'} → ${code(value) || '""'}`)
            .join('<br>'),
    )
    .join('<br>');
