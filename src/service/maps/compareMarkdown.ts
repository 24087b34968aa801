import type { Translate } from '../../problem/message.ts';
import { sayCompared } from '../compareFilters.ts';
import {
  areEqual,
  type Change,
  type FieldPair,
  type FilterPair,
  isSameLeg,
  type LegPair,
  type MapPair,
  type MapsCompared,
} from './compareMaps.ts';
import { code, plain, table } from '../../text/markdown.ts';

/** What two documents with maps differ in, for people: Markdown that reads well as plain text, too. */
export function sayMapsCompared(
  compared: MapsCompared,
  [first, second]: readonly [string, string],
  translate: Translate,
): string {
  const sections = compared.pairs.flatMap((pair) => mapSection(pair, translate));
  return `${[
    `# ${translate('compareMaps.title')}`,
    `- ${translate('compareMaps.first')} ${plain(first)}\n- ${translate('compareMaps.second')} ${plain(second)}`,
    translate(areEqual(compared) ? 'compareMaps.equal' : 'compareMaps.different'),
    ...sections,
  ].join('\n\n')}\n`;
}

function mapSection(pair: MapPair, translate: Translate): readonly string[] {
  if (pair.kind !== 'both') {
    const title = heading(2, pair.name, pair.version);
    return [title, translate(`compareMaps.onlyMap.${pair.kind}`)];
  }
  const [before, after] = pair.names.map((name, index) =>
    [plain(name), pair.versions[index] ?? ''].filter((part) => part !== '').join(' '),
  );
  const title = `## ${before === after ? before : `${before} ↔ ${after}`}`;
  return [title, ...pair.legs.flatMap((leg) => legSection(leg, translate))];
}

const heading = (level: number, name: string, version: string): string =>
  `${'#'.repeat(level)} ${[plain(name), version].filter((part) => part !== '').join(' ')}`;

function legSection(leg: LegPair, translate: Translate): readonly string[] {
  const title = heading(3, leg.name, '');
  if (leg.kind !== 'both') return [title, translate(`compareMaps.onlyLeg.${leg.kind}`)];
  if (isSameLeg(leg)) return [title, translate('compareMaps.sameLeg')];
  return [
    title,
    ...(leg.changes.length === 0 ? [] : [changesTable(leg.changes, translate)]),
    ...leg.filters.flatMap((filter) => filterSection(filter, translate)),
    ...fieldSection(leg.fields, translate),
  ];
}

const changesTable = (changes: readonly Change[], translate: Translate): string =>
  table(
    ['', translate('compareMaps.before'), translate('compareMaps.after')],
    changes.map(({ what, before, after }) => [
      translate(`compareMaps.what.${what}`),
      code(before),
      code(after),
    ]),
  );

function filterSection(
  { side, texts, compared }: FilterPair,
  translate: Translate,
): readonly string[] {
  if (compared.kind === 'equal') return [];
  const [before, after] = texts.map((text) =>
    text.trim() === '' ? translate('compareMaps.noFilter') : code(text),
  );
  return [
    `#### ${translate(`outline.filter.${side}`)}`,
    plain(sayCompared(compared, translate)),
    table(
      [translate('compareMaps.before'), translate('compareMaps.after')],
      [[before ?? '', after ?? '']],
    ),
  ];
}

function fieldSection(fields: readonly FieldPair[], translate: Translate): readonly string[] {
  if (fields.length === 0) return [];
  const rows = fields.flatMap((pair): readonly (readonly string[])[] => {
    if (pair.kind !== 'both') {
      const what = [code(pair.mapping), translate(`compareMaps.field.${pair.kind}`)];
      const transforms = code(pair.transforms);
      return [[...what, ...(pair.kind === 'first' ? [transforms, ''] : ['', transforms])]];
    }
    return pair.changes.map(({ what, before, after }, index) => [
      index === 0 ? code(pair.mapping) : '',
      translate(`compareMaps.what.${what}`),
      code(before),
      code(after),
    ]);
  });
  const head = ['mapping', 'change', 'before', 'after'].map((name) =>
    translate(`compareMaps.${name}`),
  );
  return [`#### ${translate('outline.mappings')}`, table(head, rows)];
}
