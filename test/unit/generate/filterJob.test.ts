import { deepEqual, equal, ok } from 'node:assert/strict';
import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { filterJobClass, filterJobText } from '../../../src/generate/filterJob.ts';
import { readMetadataFile } from '../../../src/metadata/readFile.ts';
import { MAP_URI } from '../../kit/check.ts';
import { afterwards, generated, offered } from '../../kit/generate.ts';
import { mapForms } from '../../kit/maps.ts';
import { ENTITY_URI, entityXml, mappedField, metadataIn } from '../../kit/metadata.ts';
import { readXml } from '../../../src/text/xml.ts';

const metadata = {
  [ENTITY_URI]: entityXml({ fields: [mappedField('F', 'T')], root: { name: 'T' } }),
};
const JOB_URI = 'file:///m/Model/AxClass/EFilterJob.xml';

/** The value of a constant in X++ source. */
function constant(source: string, name: string): string | undefined {
  const literal = new RegExp(String.raw`const str ${name} = "((?:[^"\\]|\\.)*)";`, 'su').exec(
    source,
  )?.[1];
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t' };
  return literal?.replaceAll(/\\(.)/gsu, (_, letter: string) => escapes[letter] ?? letter);
}

const entity = metadataIn(metadata).entityNamed('E');
const nothing = { isTaken: () => false, textOf: () => undefined };

/** The method of a class that our own reader finds in a file. */
function mainIn(uri: string, text: string): string {
  deepEqual(readXml(text).problems, []);
  const [main, ...others] = readMetadataFile(uri, text).methods;
  ok(main);
  deepEqual(others, []);
  equal(main.name, 'main');
  return main.source;
}

describe('the job that runs a filter', () => {
  for (const form of mapForms) {
    it(`holds the filter as it is meant: ${form.id}`, async () => {
      const filter = String.raw`((F == "a\"b") && (D <= 23\06\2021))`;
      const text = form.write({ sourceSchema: 'Entities', sourceFilter: filter });
      const after = await afterwards('filter-job', { uri: MAP_URI, text }, { metadata });
      equal(after.document.text, text);
      const main = mainIn(JOB_URI, after.metadata[JOB_URI] ?? '');
      equal(constant(main, 'filterExpression'), filter);
      equal(constant(main, 'company'), 'usmf');
      equal(main.includes('query.addDataSource(tableNum(E))'), true);
    });
  }

  it('holds any filter in XML that can be read', () => {
    ok(entity);
    assert(
      property(
        oneof(string(), constantFrom(']]>', '<![CDATA[', '"]]>"', 'a\r\nb', '\\')),
        (filter) => {
          const job = filterJobClass(entity, { entityName: 'E', filter, company: 'a"b' }, nothing);
          const [file] = job.change.files;
          ok(file);
          const main = mainIn(file.uri, file.text);
          equal(constant(main, 'filterExpression'), filter.replaceAll(/\r\n|\r/gu, '\n'));
          equal(constant(main, 'company'), 'a"b');
        },
      ),
    );
  });

  it('takes the next name where a file stands already', async () => {
    const text = mapForms[0]?.write({ sourceSchema: 'Entities', sourceFilter: '(F == "a")' }) ?? '';
    const taken = { ...metadata, [JOB_URI]: 'mine' };
    const result = await generated('filter-job', { uri: MAP_URI, text }, { metadata: taken });
    deepEqual(
      result?.change.files.map(({ uri }) => uri),
      [JOB_URI.replace('Job', 'Job2')],
    );
    equal(result?.change.files[0]?.text.includes('final class EFilterJob2'), true);
  });

  it('is a text beside the map where only the map names the entity', async () => {
    const leg = {
      sourceSchema: 'Strangers',
      sourceSchemaDistinctName: 'StrangeEntity',
      sourceFilter: '(F == "a")',
      destinationSchema: 'x',
      fieldMappings: [],
    };
    const text = JSON.stringify({ legs: [leg] });
    const result = await generated('filter-job', { uri: MAP_URI, text }, { metadata: {} });
    const [file, ...others] = result?.change.files ?? [];
    ok(file);
    deepEqual(others, []);
    equal(file.uri, 'file:///w/StrangeEntityFilterJob.xpp');
    equal(constant(file.text, 'filterExpression'), '(F == "a")');
    // Every brace that is opened is closed.
    equal(file.text.split('{').length, file.text.split('}').length);
  });

  it('needs a filter and the name of an entity', () => {
    for (const leg of [
      { sourceSchema: 'Entities', sourceFilter: '' },
      { sourceSchema: 'Strangers', sourceFilter: '(F == "a")' },
    ]) {
      const text = mapForms[0]?.write(leg) ?? '';
      deepEqual(offered('filter-job', { uri: MAP_URI, text }, { metadata }), []);
    }
  });

  it('has the line ends of its model', () => {
    ok(entity);
    const job = { entityName: 'E', filter: '', company: '' };
    const around = { isTaken: () => false, textOf: () => 'a\r\nb' };
    const text = filterJobClass(entity, job, around).change.files[0]?.text ?? '';
    equal(/[^\r]\n/u.test(text), false);
    equal(filterJobText(job, 'file:///w', () => false).change.files[0]?.text.includes('\r'), false);
  });
});
