import { deepEqual, equal, ok } from 'node:assert/strict';
import { Ajv } from 'ajv';
import schema from '../../../schemas/rehearsal.schema.json' with { type: 'json' };
import { readRehearsal } from '../../../src/live/read.ts';
import { expand } from '../../grammar/snippet.ts';
import { sampleRehearsals } from '../../kit/rehearsals.ts';
import { readInRepository } from '../../kit/repository.ts';

const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true, allowUnionTypes: true });
for (const word of ['markdownDescription', 'enumDescriptions', 'defaultSnippets']) {
  ajv.addKeyword(word);
}
const validate = ajv.compile(schema);

const errorsOf = (text: string): readonly unknown[] => {
  validate(JSON.parse(text));
  return validate.errors ?? [];
};

describe('the schema of rehearsals', () => {
  for (const name of sampleRehearsals()) {
    it(`accepts ${name}`, () => {
      deepEqual(errorsOf(readInRepository(`samples/rehearsals/${name}`)), []);
    });
  }

  it('accepts the example of the documentation', () => {
    const [, example = ''] =
      /```json\n([^]*?)\n```/u.exec(readInRepository('docs/rehearsal.md')) ?? [];
    deepEqual(errorsOf(example), []);
    deepEqual(readRehearsal(example).problems, []);
  });

  it('offers a whole rehearsal that is one', () => {
    const [snippet] = schema.defaultSnippets;
    const text = expand(JSON.stringify(snippet?.body), 'a.rehearsal.json');
    deepEqual(errorsOf(text), []);
    deepEqual(readRehearsal(text).problems, []);
  });

  const wrong: readonly string[] = [
    '{}',
    '{"steps":[{"transaction":"t","changes":[{"updat":"T"}]}]}',
    '{"steps":[{"transaction":"t","changes":[{"update":"T","by":"sql"}]}]}',
    '{"steps":[{"action":"resume","map":"m"}]}',
    '{"steps":[{"wait":{"days":"1"}}]}',
    '{"steps":[],"environment":{"configuration":"broken"}}',
    '{"steps":[],"rows":{"crm":{}}}',
    '{"steps":[{"wait":{"days":1},"expect":{"result":"perhaps"}}]}',
  ];
  for (const text of wrong) {
    it(`tells, as the reader does: ${text}`, () => {
      ok(errorsOf(text).length > 0, 'the schema');
      equal(readRehearsal(text).problems.length > 0, true, 'the reader');
    });
  }
});
