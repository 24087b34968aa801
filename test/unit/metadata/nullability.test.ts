import { deepEqual, equal, ok } from 'node:assert/strict';
import { nullabilityOf } from '../../../src/metadata/nullability.ts';
import {
  classXml,
  CLASS_URI,
  computedField,
  type DataSourceParts,
  ENTITY_URI,
  entityXml,
  EXTENSION_URI,
  extensionXml,
  mappedField,
  metadataIn,
  type MetadataTexts,
  virtualField,
} from '../../kit/metadata.ts';

const SAFE =
  'public static str m() { return SysComputedColumn::if(SysComputedColumn::isNullExpression(f), SysComputedColumn::returnLiteral(""), f); }';
const UNSAFE = 'public static str m() { return SysComputedColumn::returnField(1, 2, 3); }';

/** Which outer join makes the field F of the entity E nullable, `never`, `computed` or `unknown`. */
function verdictOf(texts: MetadataTexts, field = 'F'): string {
  const metadata = metadataIn(texts);
  const entity = metadata.entityNamed('E');
  ok(entity);
  const verdict = nullabilityOf(entity, field, metadata);
  if (verdict.kind !== 'outerJoin') return verdict.kind;
  const { uri, span } = verdict.origin;
  equal(texts[uri]?.slice(span.start, span.end), '<JoinMode>OuterJoin</JoinMode>');
  return `outer ${verdict.dataSource}`;
}

const outer = (name: string, ...below: readonly DataSourceParts[]): DataSourceParts => ({
  name,
  join: 'OuterJoin',
  below,
});
const inner = (name: string, ...below: readonly DataSourceParts[]): DataSourceParts => ({
  name,
  below,
});

/** F is mapped to the data source D, somewhere below the root R (`dualwrite.md` 4.5, rules 1 and 2). */
const joins = [
  { id: 'root', root: inner('D'), verdict: 'never' },
  { id: 'inner joined, written or not', root: inner('R', inner('D')), verdict: 'never' },
  {
    id: 'inner join written',
    root: inner('R', { name: 'D', join: 'InnerJoin' }),
    verdict: 'never',
  },
  { id: 'outer joined', root: inner('R', outer('D')), verdict: 'outer D' },
  {
    id: 'outer joined behind an inner join',
    root: inner('R', inner('X', outer('D'))),
    verdict: 'outer D',
  },
  {
    id: 'below an outer join of its own',
    root: inner('R', outer('X', outer('D'))),
    verdict: 'outer X',
  },
  { id: 'beside an outer join', root: inner('R', outer('X'), inner('D')), verdict: 'never' },
  {
    id: 'inner joined below an outer join, which drops the row',
    root: inner('R', outer('X', inner('D'))),
    verdict: 'never',
  },
  {
    id: 'outer joined with an inner join below, which drops the row',
    root: inner('R', outer('D', inner('X'))),
    verdict: 'never',
  },
  {
    id: 'outer joined with an inner join further below',
    root: inner('R', outer('D', outer('X', inner('Y')))),
    verdict: 'never',
  },
  {
    id: 'outer joined with an outer join below',
    root: inner('R', outer('D', outer('X'))),
    verdict: 'outer D',
  },
  { id: 'exists join', root: inner('R', { name: 'D', join: 'ExistsJoin' }), verdict: 'never' },
  { id: 'no such data source', root: inner('R'), verdict: 'unknown' },
] as const;

const nestedEntity = (name: string, root: DataSourceParts, dataSource: string): string =>
  entityXml({ name, fields: [mappedField('G', dataSource)], root });

/** D is an entity itself (rule 3). */
const nested = [
  { id: 'its field never is', inside: nestedEntity('N', inner('T'), 'T'), verdict: 'never' },
  {
    id: 'its field may be',
    inside: nestedEntity('N', inner('T', outer('U')), 'U'),
    verdict: 'outer U',
  },
  {
    id: 'it contains itself',
    inside: nestedEntity('N', { name: 'T', table: 'N' }, 'T'),
    verdict: 'unknown',
  },
  {
    id: 'it contains the entity it stands in',
    inside: entityXml({
      name: 'N',
      fields: [mappedField('G', 'T', 'F')],
      root: { name: 'T', table: 'E' },
    }),
    verdict: 'unknown',
  },
  {
    id: 'it has no such field',
    inside: entityXml({ name: 'N', fields: [], root: inner('T') }),
    verdict: 'unknown',
  },
] as const;

const unmapped = [
  { id: 'computed, method unknown', field: computedField('F', 'm'), verdict: 'computed' },
  {
    id: 'computed by a method that lets NULL through',
    field: computedField('F', 'm'),
    methods: [['m', UNSAFE]],
    verdict: 'computed',
  },
  {
    id: 'computed by a method that catches NULL',
    field: computedField('F', 'M'),
    methods: [['m', SAFE]],
    verdict: 'never',
  },
  { id: 'virtual', field: virtualField('F'), verdict: 'unknown' },
  { id: 'no such field', field: virtualField('G'), verdict: 'unknown' },
] as const;

describe('whether a field can be NULL', () => {
  for (const { id, root, verdict } of joins) {
    it(`follows from the joins: ${id}`, () => {
      equal(
        verdictOf({ [ENTITY_URI]: entityXml({ fields: [mappedField('F', 'D')], root }) }),
        verdict,
      );
    });
  }

  for (const { id, inside, verdict } of nested) {
    it(`follows from the entity inside: ${id}`, () => {
      const texts = {
        [ENTITY_URI]: entityXml({
          fields: [mappedField('F', 'D', 'G')],
          root: { name: 'D', table: 'N' },
        }),
        'file:///m/Model/AxDataEntityView/N.xml': inside,
      };
      equal(verdictOf(texts), verdict);
    });
  }

  it('is told at the outermost join, before entities inside are looked at', () => {
    const texts = {
      [ENTITY_URI]: entityXml({
        fields: [mappedField('F', 'D', 'G')],
        root: inner('R', { name: 'D', table: 'N', join: 'OuterJoin' }),
      }),
      'file:///m/Model/AxDataEntityView/N.xml': nestedEntity('N', inner('T', outer('U')), 'U'),
    };
    equal(verdictOf(texts), 'outer D');
  });

  for (const { id, field, verdict, ...rest } of unmapped) {
    it(`of a field without data source: ${id}`, () => {
      const methods = 'methods' in rest ? rest.methods : [];
      equal(
        verdictOf({ [ENTITY_URI]: entityXml({ fields: [field], root: inner('R'), methods }) }),
        verdict,
      );
    });
  }

  it('counts data sources and fields of extensions', () => {
    const added = `<AxQueryExtensionEmbeddedDataSource><Name>X</Name><Parent>R</Parent><DataSource><Name>D</Name><Table>T</Table><JoinMode>OuterJoin</JoinMode></DataSource></AxQueryExtensionEmbeddedDataSource>`;
    const texts = {
      [ENTITY_URI]: entityXml({ fields: [], root: inner('R') }),
      [EXTENSION_URI]: extensionXml(
        `<Fields>${mappedField('F', 'D')}${computedField('C', 'c')}</Fields>`,
        added,
      ),
      [CLASS_URI]: classXml([['c', SAFE]]),
    };
    deepEqual([verdictOf(texts), verdictOf(texts, 'C')], ['outer D', 'never']);
  });

  it('has no regard to case', () => {
    const texts = {
      [ENTITY_URI]: entityXml({ fields: [mappedField('F', 'd')], root: inner('R', outer('D')) }),
    };
    equal(verdictOf(texts, 'f'), 'outer D');
  });
});
