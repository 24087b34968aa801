import { random } from '../random.ts';
import { foFilter, dataverseFilter } from './mapFilters.ts';

/** A document full of filters, and where each of them begins. */
export interface FilterDocument {
  readonly text: string;
  readonly starts: readonly Place[];
}

export interface Place {
  readonly line: number;
  readonly character: number;
}

export type DocumentForm = 'map' | 'yaml' | 'workflow';

export function filterDocument(form: DocumentForm, count: number): FilterDocument {
  const from = random(7 + count);
  const longest = longestOf(count);
  const legs = Array.from({ length: count / 2 }, () => ({
    fo: foFilter(from, 10 + from.below(longest)),
    dataverse: dataverseFilter(from, 10 + from.below(longest)),
  }));
  const lines = { map: mapLines, yaml: yamlLines, workflow: workflowLines }[form](legs);
  return { text: `${lines.join('\n')}\n`, starts: lines.flatMap(startOfFilter) };
}

/** Filters get longer with the document, as those of the facts do (`performance.md` 2): 8 MB hold 20,000. */
const longestOf = (count: number): number => (count > 2_000 ? 150 : count > 200 ? 90 : 40);

interface FilterPair {
  readonly fo: string;
  readonly dataverse: string;
}

/** Ten lines per leg. */
const mapLines = (legs: readonly FilterPair[]): string[] => [
  '{',
  '  "name": "Benchmark",',
  '  "legs": [',
  ...legs.flatMap(({ fo, dataverse }, index) => [
    '    {',
    `      "id": "${String(index).padStart(5, '0')}",`,
    '      "sourceSchema": "Customers V3",',
    `      "sourceFilter": ${JSON.stringify(fo)},`,
    '      "destinationSchema": "accounts",',
    `      "reversedSourceFilter": ${JSON.stringify(dataverse)},`,
    '      "fieldMappings": [',
    `        ${fieldMappings(fo, dataverse)}`,
    '      ]',
    `    }${index === legs.length - 1 ? '' : ','}`,
  ]),
  '  ]',
  '}',
];

/** What a filter names is mapped, as it is in a map that works: else every filter had hints. */
function fieldMappings(fo: string, dataverse: string): string {
  const sources = [...new Set(fo.match(/[A-Z]{6,}(?= [=!<>])/gu))];
  const destinations = [...new Set(dataverse.match(/\b_?[a-z\d_]+(?= (?:[engl][qete]) |,')/gu))];
  return Array.from({ length: Math.max(sources.length, destinations.length) }, (_, index) =>
    JSON.stringify({
      syncDirection: '3',
      // No field is mapped twice.
      sourceField: sources[index] ?? `FIELD${index}`,
      destinationField: destinations[index] ?? `new_field${index}`,
    }),
  ).join(', ');
}

const yamlLines = (legs: readonly FilterPair[]): string[] => [
  '# yaml-language-server: $schema=./filters.schema.json',
  'name: Benchmark',
  'legs:',
  ...legs.flatMap(({ fo, dataverse }, index) => [
    `  - id: "${String(index).padStart(5, '0')}"`,
    '    sourceSchema: Customers V3',
    `    sourceFilter: ${JSON.stringify(fo)}`,
    '    destinationSchema: accounts',
    `    reversedSourceFilter: ${JSON.stringify(dataverse)}`,
    '    fieldMappings:',
    '      - syncDirection: "3"',
    '        sourceField: NAME',
    '        destinationField: name',
  ]),
];

/**
 * A workflow of GitHub Actions: its conditions are the nearest thing to filters in a document of a peer. As in the
 * facts it has as many steps as there are filters, of five lines each.
 */
const workflowLines = (legs: readonly FilterPair[]): string[] => [
  'name: Benchmark',
  'on: push',
  'jobs:',
  '  build:',
  '    runs-on: ubuntu-latest',
  '    steps:',
  ...[...legs, ...legs].flatMap(({ fo }, index) => [
    `      - name: Step ${index}`,
    `        if: \${{ ${condition(fo)} }}`,
    `        run: echo \${{ ${condition(fo)} }}`,
    '        shell: bash',
    '        timeout-minutes: 5',
  ]),
];

const condition = (fo: string): string =>
  fo
    .replaceAll(/[A-Z]{6,}(?= [=!<>])/gu, 'github.actor')
    .replaceAll('"', "'")
    .replaceAll('{', '(');

/** Behind the name and the quote that begin a filter's line. */
function startOfFilter(text: string, line: number): readonly Place[] {
  const before = /^ *"?(?:sourceFilter|reversedSourceFilter)"?: "|^ *(?:if|run): .*?\$\{\{ /u.exec(
    text,
  );
  return before === null ? [] : [{ line, character: before[0].length }];
}
