import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import schema from '../../../schemas/map.schema.json' with { type: 'json' };
import mapParts from '../../../snippets/map.json' with { type: 'json' };
import { expand } from '../../grammar/snippet.ts';
import { decodeXML } from '../../grammar/xmlText.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SHIPPED = join(ROOT, '../shared/data/gab-maps/customizations.xml');

/** What VS Code's JSON service adds to the standard. */
const VSCODE_WORDS = ['markdownDescription', 'enumDescriptions', 'defaultSnippets'];

function mappingsIn(path: string): readonly unknown[] {
  const source = readFileSync(path, 'utf8');
  return [...source.matchAll(/<msdyn_mapping>([^<]*)<\/msdyn_mapping>/gu)].map(
    ([, mapping = '']) => JSON.parse(decodeXML(mapping)) as unknown,
  );
}

const field = { syncDirection: 3, sourceField: 'A', destinationField: 'b' };
const leg = { sourceSchema: 'A', destinationSchema: 'b', fieldMappings: [field] };
const mapWith = (changes: object): object => ({ legs: [{ ...leg, ...changes }] });
const fieldWith = (changes: object): object =>
  mapWith({ fieldMappings: [{ ...field, ...changes }] });

describe('map schema', () => {
  let validate: ValidateFunction;

  before(() => {
    const ajv = new Ajv({
      strict: true,
      strictRequired: false,
      strictTypes: false,
      allErrors: true,
      allowUnionTypes: true,
    });
    for (const word of VSCODE_WORDS) ajv.addKeyword(word);
    validate = ajv.compile(schema);
  });

  const accept = (map: unknown, name: string): void => {
    validate(map);
    assert.deepEqual(validate.errors ?? [], [], name);
  };

  it('accepts the maps that Microsoft ships', function () {
    if (!existsSync(SHIPPED)) this.skip();
    const maps = mappingsIn(SHIPPED);
    assert.equal(maps.length, 19);
    for (const [index, map] of maps.entries()) accept(map, String(index));
  });

  it('accepts the samples', () => {
    const files = globSync('samples/maps/*.json', { cwd: ROOT });
    assert.ok(files.length > 0);
    for (const file of files) accept(JSON.parse(readFileSync(join(ROOT, file), 'utf8')), file);
    for (const map of mappingsIn(join(ROOT, 'samples/solution/customizations.xml'))) {
      accept(map, 'customizations.xml');
    }
  });

  it('accepts the parts that completion inserts', () => {
    const partsOf = (list: keyof typeof mapParts): readonly (readonly [string, unknown])[] =>
      Object.entries(mapParts[list]).map(([name, body]: readonly [string, readonly string[]]) => [
        name,
        JSON.parse(expand(body.join('\n'), 'a.json')),
      ]);
    for (const [name, part] of partsOf('legs')) accept({ legs: [part] }, name);
    for (const [name, part] of partsOf('fieldMappings')) {
      accept(mapWith({ fieldMappings: [part] }), name);
    }
    for (const [name, part] of partsOf('valueTransforms')) {
      accept(fieldWith({ valueTransforms: [part] }), name);
    }
  });

  it('offers a whole map in a file that is still empty', () => {
    const [snippet, ...others] = schema.defaultSnippets;
    assert.deepEqual(others, []);
    accept(JSON.parse(expand(JSON.stringify(snippet?.body), 'a.json')), 'Table map');
  });

  it('accepts what real maps do differently from one another', () => {
    for (const syncDirection of [1, 2, 3, '1', '2', '3']) {
      accept(fieldWith({ syncDirection }), String(syncDirection));
    }
    accept(mapWith({ entityFileFormat: 'CSV' }), 'text');
    accept(mapWith({ entityFileFormat: 0, sourceFilter: null, mashup: null }), 'nulls');
    accept({ ...mapWith({ someNewProperty: [1] }), anotherOne: {} }, 'unknown properties');
    accept(
      fieldWith({ valueTransforms: [{ transformType: 'SomethingNew' }] }),
      'unknown transform',
    );
  });

  const wrong: readonly (readonly [string, unknown, string])[] = [
    ['no legs', { name: 'a' }, ''],
    ['legs that are no list', { legs: leg }, '/legs'],
    ['a filter that is a number', mapWith({ sourceFilter: 3 }), '/legs/0/sourceFilter'],
    [
      'a filter that is a list',
      mapWith({ reversedSourceFilter: [] }),
      '/legs/0/reversedSourceFilter',
    ],
    ['no entity', { legs: [{ ...leg, sourceSchema: undefined }] }, '/legs/0'],
    ['a table that is a number', mapWith({ destinationSchema: 1 }), '/legs/0/destinationSchema'],
    [
      'a fourth direction',
      fieldWith({ syncDirection: 4 }),
      '/legs/0/fieldMappings/0/syncDirection',
    ],
    [
      'a direction in words',
      fieldWith({ syncDirection: 'both' }),
      '/legs/0/fieldMappings/0/syncDirection',
    ],
    [
      'a field that is null',
      fieldWith({ sourceField: null }),
      '/legs/0/fieldMappings/0/sourceField',
    ],
    [
      'a flag in words',
      fieldWith({ isSystemGenerated: 'no' }),
      '/legs/0/fieldMappings/0/isSystemGenerated',
    ],
    [
      'a value map without values',
      fieldWith({ valueTransforms: [{ transformType: 'ValueMap' }] }),
      '/legs/0/fieldMappings/0/valueTransforms/0',
    ],
    [
      'a value that is an object',
      fieldWith({ valueTransforms: [{ transformType: 'ValueMap', valueMap: { no: {} } }] }),
      '/legs/0/fieldMappings/0/valueTransforms/0/valueMap/no',
    ],
    [
      'a default without its value',
      fieldWith({ valueTransforms: [{ transformType: 'Default' }] }),
      '/legs/0/fieldMappings/0/valueTransforms/0',
    ],
  ];
  for (const [name, map, path] of wrong) {
    it(`tells ${name}`, () => {
      // undefined stands for "not there", as in JSON.
      assert.equal(validate(JSON.parse(JSON.stringify(map))), false);
      assert.ok(validate.errors?.some(({ instancePath }) => instancePath === path));
    });
  }
});
