import { deepEqual, equal, ok } from 'node:assert/strict';
import { readMapDocument } from '../../../src/map/read.ts';
import { translator } from '../../../src/problem/message.ts';
import {
  type DocumentLeg,
  entitiesOf,
  trackedItem,
  type TrackedItem,
} from '../../../src/service/trackedDataSources.ts';
import { metadataIn, sampleTexts } from '../../kit/metadata.ts';
import { type Mapping, mapOf } from '../tracking/kit.ts';

const english = translator('en');

const legs = (uri: string, schema: string, mappings: readonly Mapping[]): readonly DocumentLeg[] =>
  readMapDocument(mapOf(mappings, schema)).value.maps.flatMap(({ name, legs: all }) =>
    all.map((leg) => ({ map: name, leg, uri })),
  );

const drawn = (items: readonly TrackedItem[], indent = ''): readonly string[] =>
  items.flatMap(({ sign, label, description, children }) => [
    `${indent}${sign} ${label}${description === '' ? '' : ` (${description})`}`,
    ...drawn(children, `${indent}  `),
  ]);

const all = (items: readonly TrackedItem[]): readonly TrackedItem[] =>
  items.flatMap((item) => [item, ...all(item.children)]);

describe('the tree of tracked data sources', () => {
  const PROJECTS: readonly Mapping[] = [
    [3, 'PROJECTID', 'id'],
    [2, 'PROJECTNAME', 'name'],
    [1, 'PARENTPROJECT', 'parent'],
  ];

  it('shows data sources and fields with their reasons', async () => {
    const metadata = metadataIn(await sampleTexts());
    const [named] = entitiesOf(legs('file:///w/a.json', 'Projects', PROJECTS), metadata, {});
    ok(named);
    const lines = drawn([trackedItem(named, metadata, english)]);
    deepEqual(lines.slice(0, 6), [
      'entity ProjectEntity (1 of 2 mapped fields tracked)',
      '  tracked ProjTable',
      '    tracked ProjectId',
      '    untracked ProjectName (mapped the other way)',
      '    group 1 field not mapped',
      '      unmapped Scheduled',
    ]);
    deepEqual(lines.slice(-2), [
      '  untracked ParentProjTable (outer joined, read only · ProjTable)',
      '    untracked ParentProject (outer joined, read only)',
    ]);
    ok(lines.includes('  unmapped ManagerWorker (outer joined, read only · HcmWorker)'));
  });

  it('leads to the mapping of a field and to the data source in the AOT', async () => {
    const metadata = metadataIn(await sampleTexts());
    const uri = 'file:///w/a.json';
    const [named] = entitiesOf(legs(uri, 'Projects', PROJECTS), metadata, {});
    ok(named);
    const [source] = trackedItem(named, metadata, english).children;
    const [field] = source?.children ?? [];
    ok(source?.target?.uri.endsWith('/ProjectEntity.xml'));
    equal(field?.target?.uri, uri);
    const text = mapOf(PROJECTS, 'Projects');
    equal(text.slice(field.target.span.start, field.target.span.end), 'PROJECTID');
  });

  it('gives everything a name of its own that stays', async () => {
    const metadata = metadataIn(await sampleTexts());
    const ids = (mappings: readonly Mapping[]): readonly string[] =>
      all(
        entitiesOf(legs('file:///w/a.json', 'Projects', mappings), metadata, {}).map((named) =>
          trackedItem(named, metadata, english),
        ),
      ).map(({ id }) => id);
    const before = ids(PROJECTS);
    equal(new Set(before).size, before.length);
    const after = new Set(ids([[1, 'SCHEDULED', 's'], ...PROJECTS]));
    deepEqual(
      before.filter((id) => !after.has(id)),
      [
        'entity:projectentity/source:projtable/unmapped',
        'entity:projectentity/source:projtable/unmapped/field:scheduled',
      ],
    );
  });

  it('sums up the maps on an entity, by the name they use for it', async () => {
    const metadata = metadataIn(await sampleTexts());
    const found = entitiesOf(
      [
        ...legs('file:///w/a.json', 'Projects', [[1, 'PROJECTID', 'id']]),
        ...legs('file:///w/b.json', 'ProjectEntity', [[1, 'PROJECTNAME', 'name']]),
        ...legs('file:///w/c.json', 'Elsewhere', [[1, 'A', 'a']]),
        ...legs('file:///w/d.json', '', [[1, 'A', 'a']]),
      ],
      metadata,
      {},
    );
    deepEqual(
      found.map(({ id, legs: own }) => `${id} ${own.length}`),
      ['entity:projectentity 2', 'label:elsewhere 1'],
    );
  });

  it('says what the map alone tells where there are no metadata', () => {
    const metadata = metadataIn({});
    const [named] = entitiesOf(legs('file:///w/a.json', 'Projects', PROJECTS), metadata, {});
    ok(named);
    const item = trackedItem(named, metadata, english);
    deepEqual(drawn([item]), [
      'entity Projects (no metadata)',
      '  unknown PROJECTID (not known)',
      '  untracked PROJECTNAME (mapped the other way)',
      '  unknown PARENTPROJECT (not known)',
    ]);
    equal(item.target?.uri, 'file:///w/a.json');
  });

  it('has a sentence for everything, in every language', async () => {
    const metadata = metadataIn(await sampleTexts());
    for (const locale of ['en', 'cs', 'fr']) {
      const items = all(
        entitiesOf(legs('file:///w/a.json', 'Projects', PROJECTS), metadata, {}).map((named) =>
          trackedItem(named, metadata, translator(locale)),
        ),
      );
      for (const { label, description, tooltip } of items) {
        const said = `${label} ${description} ${tooltip}`;
        ok(!/\{\w+\}|tracking\./u.test(said) && tooltip !== '', said);
      }
    }
  });
});
