import type { NamedLeg } from '../../src/live/legs.ts';
import { readRehearsal } from '../../src/live/read.ts';
import { rehearse } from '../../src/live/rehearse.ts';
import { readMapDocument } from '../../src/map/read.ts';
import type { Metadata } from '../../src/metadata/metadata.ts';
import { metadataOf } from '../../src/metadata/metadataOf.ts';
import { readMetadataFile } from '../../src/metadata/readFile.ts';
import type { Measured } from '../parse/run.ts';
import { progress } from '../run.ts';
import { type Figure, figure, shown } from '../stats.ts';
import { table } from '../table.ts';

const MAPS = 20;
const CHANGES = 1000;
const FIELDS = 20;

/** 1,000 changes over 20 maps, from the text of the file to its answer; a second answer is that of an edited file. */
export function measureRehearsal(quick: boolean): Measured {
  const figures: Record<string, Figure> = {};
  const rows: string[][] = [];
  for (const { name, hits, steps } of [
    { name: 'each change on one map, one transaction each', hits: 1, steps: CHANGES },
    { name: 'each change on all maps, one transaction each', hits: MAPS, steps: CHANGES },
    { name: 'each change on one map, one transaction', hits: 1, steps: 1 },
  ]) {
    progress(`rehearsal: ${name}`);
    const text = rehearsalOf(hits, steps);
    const metadata = metadataFor(hits);
    const maps = mapsFor();
    const times: number[] = [];
    const busy: number[] = [];
    let written = 0;
    for (let repeat = 0; repeat < (quick ? 3 : 15); repeat += 1) {
      const started = performance.now();
      const cpu = process.cpuUsage();
      const { value } = readRehearsal(text);
      const results = rehearse(value, { maps, metadata, entityNames: {} });
      times.push(performance.now() - started);
      const { user, system } = process.cpuUsage(cpu);
      busy.push((user + system) / 1000);
      written = results
        .flatMap(({ happenings }) => happenings)
        .filter(({ kind }) => kind === 'write').length;
    }
    if (written !== CHANGES * hits) throw new Error(`${written} writes, not ${CHANGES * hits}`);
    const found = figure(times);
    figures[`rehearsal.${hits}.${steps}`] = found;
    rows.push([name, written.toLocaleString('en'), shown(found), shown(figure(busy))]);
  }
  return {
    figures,
    report: `### Rehearsals: ${CHANGES.toLocaleString('en')} changes over ${MAPS} maps\n\n${table(['', 'Writes', 'ms', 'ms of CPU'], rows)}`,
  };
}

/** On one map each: a table for each entity. On all: one table that all entities have. */
const tableOf = (entity: number, hits: number): string => `Table${hits === 1 ? entity : 0}`;

function rehearsalOf(hits: number, steps: number): string {
  const tables = hits === 1 ? MAPS : 1;
  // A row for each change.
  const count = CHANGES / tables;
  const perTable = Array.from({ length: tables }, (_, index) => [
    tableOf(index, hits),
    Array.from({ length: count }, (__, row) => ({ Id: `R${row}`, Field1: 'old', Kind: 'x' })),
  ]);
  const entities = Array.from({ length: MAPS }, (_, index) => [
    `Entity${index}`,
    Array.from({ length: count }, (__, row) => ({ ID: `R${row}`, FIELD1: 'old', KIND: 'x' })),
  ]);
  const dataverse = Array.from({ length: MAPS }, (_, index) => [
    `ours_table${index}s`,
    Array.from({ length: count }, (__, row) => ({ ours_id: `R${row}`, ours_field1: 'old' })),
  ]);
  const changes = Array.from({ length: CHANGES }, (_, index) => ({
    update: tableOf(index % tables, hits),
    where: { Id: `R${Math.floor(index / tables)}` },
    values: { Field1: `new ${index}` },
  }));
  const size = CHANGES / steps;
  return JSON.stringify({
    rows: {
      fo: Object.fromEntries([...perTable, ...entities]),
      dataverse: Object.fromEntries(dataverse),
    },
    steps: Array.from({ length: steps }, (_, index) => ({
      transaction: `T${index}`,
      changes: changes.slice(index * size, (index + 1) * size),
    })),
  });
}

const names = Array.from({ length: FIELDS }, (_, index) => `Field${index + 1}`);

function metadataFor(hits: number): Metadata {
  const field = (name: string): string =>
    `<AxDataEntityViewField xmlns="" i:type="AxDataEntityViewMappedField"><Name>${name}</Name><DataField>${name}</DataField><DataSource>D</DataSource></AxDataEntityViewField>`;
  const fields = ['Id', 'Kind', ...names];
  const entity = (index: number): string =>
    `<AxDataEntityView xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Name>Entity${index}</Name><Label>Entity ${index}</Label><Fields>${fields.map(field).join('')}</Fields><Keys><AxDataEntityViewKey><Name>K</Name><Fields><AxDataEntityViewKeyField><DataField>Id</DataField></AxDataEntityViewKeyField></Fields></AxDataEntityViewKey></Keys><ViewMetadata><DataSources><AxQuerySimpleRootDataSource><Name>D</Name><Table>${tableOf(index, hits)}</Table></AxQuerySimpleRootDataSource></DataSources></ViewMetadata></AxDataEntityView>`;
  const files = Array.from({ length: MAPS }, (_, index) => [
    readMetadataFile(`file:///m/AxDataEntityView/Entity${index}.xml`, entity(index)),
    readMetadataFile(
      `file:///m/AxTable/Table${index}.xml`,
      `<AxTable><Name>Table${index}</Name></AxTable>`,
    ),
  ]);
  return metadataOf(files.flat());
}

function mapsFor(): readonly NamedLeg[] {
  return Array.from({ length: MAPS }, (_, index) => {
    const mapping = (sourceField: string): object => ({
      syncDirection: 3,
      sourceField: sourceField.toUpperCase(),
      destinationField: `ours_${sourceField.toLowerCase()}`,
    });
    const text = JSON.stringify({
      name: `Map ${index}`,
      legs: [
        {
          sourceSchema: `Entity ${index}`,
          sourceFilter: '((KIND == "x") && (FIELD1 != ""))',
          destinationSchema: `ours_table${index}s`,
          reversedSourceFilter: '',
          fieldMappings: [mapping('Id'), ...names.map(mapping)],
        },
      ],
    });
    const { maps, sites } = readMapDocument(text).value;
    return maps.flatMap(({ name, legs }) => legs.map((leg) => ({ map: name, leg, sites })));
  }).flat();
}
