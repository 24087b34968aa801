import { deepEqual, equal, ok } from 'node:assert/strict';
import { Ajv } from 'ajv';
import { projectSchema } from '../../../../src/engine/project/schema.ts';
import written from '../../../../schemas/sync-project.schema.json' with { type: 'json' };
import { parse } from 'jsonc-parser';
import { readInRepository } from '../../../kit/repository.ts';
import { baseProject, projectWith } from './base.ts';

describe('the schema of sync projects', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const validate = ajv.compile(written);

  it('is the one that the reader makes', () => {
    deepEqual(written, JSON.parse(JSON.stringify(projectSchema())));
  });

  it('takes what the reader takes', () => {
    for (const project of [
      baseProject,
      parse(readInRepository('samples/sync/contoso.sync.json')),
    ]) {
      validate(project);
      deepEqual(validate.errors ?? [], []);
    }
  });

  for (const [at, value] of [
    ['dataverse', undefined],
    ['settings.mode', 'better'],
    ['mappings.0.direction', 'Both'],
    ['mappings.0.nome', 1],
    ['businessCentral.tables.0.fields.0.type', 'string'],
  ] as const) {
    it(`refuses what the reader refuses: ${at}`, () => {
      equal(validate(JSON.parse(projectWith(at, value))), false);
    });
  }

  it('describes every part', () => {
    const undescribed: string[] = [];
    const look = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      if (Array.isArray(schema)) {
        for (const each of schema) look(each, path);
        return;
      }
      for (const [key, each] of Object.entries(schema)) {
        if (key === 'properties' && typeof each === 'object' && each !== null) {
          for (const [name, property] of Object.entries(each)) {
            const isDescribed =
              typeof property === 'object' &&
              property !== null &&
              'markdownDescription' in property;
            if (!isDescribed && name !== '$schema') undescribed.push(`${path}.${name}`);
            look(property, `${path}.${name}`);
          }
        } else look(each, path);
      }
    };
    look(written, '');
    deepEqual(undescribed, []);
    ok(JSON.stringify(written).length > 10_000);
  });
});
