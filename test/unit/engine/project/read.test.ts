import { deepEqual, equal, ok } from 'node:assert/strict';
import { assert, constantFrom, integer, property } from 'fast-check';
import { readProject } from '../../../../src/engine/project/read.ts';
import { messageOf, translator } from '../../../../src/problem/message.ts';
import { baseProject, projectWith } from './base.ts';
import { silent, speaks } from './fixtures.ts';

const told = (text: string): readonly (readonly [string, string])[] =>
  readProject(text).problems.map(({ code, variant, span }) => [
    `${code}.${variant ?? ''}`,
    text.slice(span.start, span.end),
  ]);

describe('the reader of sync projects', () => {
  for (const { id, at, value, tells } of speaks) {
    it(`tells: ${id}`, () => {
      deepEqual(told(projectWith(at, value)), tells);
    });
  }

  for (const { id, at, value } of silent) {
    it(`is silent: ${id}`, () => {
      deepEqual(told(projectWith(at, value)), []);
    });
  }

  it('reads comments, and tells where JSON ends', () => {
    const text = JSON.stringify(baseProject);
    deepEqual(told(`// a project\n${text} /* end */`), []);
    for (const broken of ['', '{', '[', '{"a"', '// nothing', text.slice(0, -1)]) {
      const { value, problems } = readProject(broken);
      equal(value, undefined, broken);
      ok(
        problems.some(({ code }) => code === 'json-syntax'),
        broken,
      );
    }
  });

  it('answers what it read where nothing is wrong', () => {
    deepEqual(readProject(JSON.stringify(baseProject)).value, baseProject);
  });

  it('says every sentence whole, in every language', () => {
    for (const { at, value } of speaks) {
      const { problems } = readProject(projectWith(at, value));
      for (const locale of ['en', 'cs', 'fr']) {
        for (const problem of problems) {
          const sentence = messageOf(problem, translator(locale));
          ok(!sentence.includes('{') && !sentence.startsWith('problem.'), sentence);
        }
      }
    }
  });

  it('never throws, and marks places of the text alone', () => {
    const text = JSON.stringify(baseProject, undefined, 1);
    assert(
      property(
        integer({ min: 0, max: text.length }),
        integer({ min: 0, max: 40 }),
        constantFrom('', '{', ']', '"', 'null', '1e999', '\\', '\u0000', 'name'),
        (start, length, put) => {
          const changed = text.slice(0, start) + put + text.slice(start + length);
          for (const { span } of readProject(changed).problems) {
            ok(
              span.start >= 0 && span.start <= span.end && span.end <= Math.max(1, changed.length),
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
