import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathInRepository } from '../../kit/repository.ts';
import { syncFolder } from '../../kit/syncFolder.ts';

const PROJECT = 'faulty.sync.json';

/** Two problems that keep it closed, and a key that nobody knows, which does no harm. */
const FAULTY = `{
  "surplus": 1,
  "businessCentral": { "tables": 1 },
  "dataverse": { "tables": [] },
  "mappings": "none"
}
`;

const verbs: readonly (readonly string[])[] = [
  ['run', PROJECT],
  ['errors', PROJECT],
  ['mappings', PROJECT, '--format', 'json'],
  ['explain', PROJECT, '10000'],
  ['resolve', PROJECT, 'retry-all'],
];

describe('A faulty sync project on the command line', () => {
  for (const locale of ['en', 'cs', 'fr']) {
    for (const words of verbs) {
      it(`is told with the problems themselves (${locale}): sync ${words.join(' ')}`, async () => {
        const folder = syncFolder(undefined, locale);
        try {
          folder.write(PROJECT, FAULTY);
          const { exitCode, out, error } = await folder.sync(...words);
          equal(exitCode, 1);
          equal(out, '');
          const [heading = '', ...problems] = error.trimEnd().split('\n');
          match(heading, /^faulty\.sync\.json: .*2.*:$/u);
          deepEqual(
            problems.map((line) => /^(\S+:\d+:\d+) error (\S+) \S/u.exec(line)?.slice(1)),
            [
              [`${PROJECT}:3:34`, 'project-shape'],
              [`${PROJECT}:5:15`, 'project-shape'],
            ],
          );
          ok(!/panel|panneau/iu.test(error), error);
          ok(!existsSync(join(folder.path, 'faulty.sync.store')));
          // `sync check` tells the same of them.
          const checked = await folder.sync('check', PROJECT);
          for (const problem of problems) ok(checked.out.includes(`${problem}\n`), checked.out);
        } finally {
          folder.remove();
        }
      });
    }
  }

  it('is told where it is no JSON, or has a single problem', async () => {
    const folder = syncFolder();
    try {
      for (const [text, told] of [
        [
          '',
          /^faulty\.sync\.json: .* a problem .*:\nfaulty\.sync\.json:1:1 error json-syntax .+\n$/u,
        ],
        [
          '{ "dataverse": { "tables": [] } }',
          /:\nfaulty\.sync\.json:1:1 error project-shape .+\n$/u,
        ],
      ] as const) {
        folder.write(PROJECT, text);
        const { exitCode, error } = await folder.sync('run', PROJECT);
        equal(exitCode, 1);
        match(error, told);
      }
    } finally {
      folder.remove();
    }
  });

  it('is not taken for faulty where its file is missing or its columns are others', async () => {
    const folder = syncFolder(pathInRepository('samples/sync'));
    try {
      equal(
        (await folder.sync('run', PROJECT)).error,
        `${PROJECT}: The project file can't be read.\n`,
      );
      await folder.sync('mappings', 'contoso.sync.json');
      const text = folder.read('contoso.sync.json');
      folder.write(
        'contoso.sync.json',
        text.replace('"telephone1", "type": "text"', '"telephone1", "type": "code"'),
      );
      const { error } = await folder.sync('mappings', 'contoso.sync.json');
      match(error, /^contoso\.sync\.json: .*--reset.*\n$/u);
    } finally {
      folder.remove();
    }
  });
});
