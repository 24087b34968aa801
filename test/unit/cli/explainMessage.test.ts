import { equal, match } from 'node:assert/strict';
import { DENIED, type FileTable, run } from '../../kit/commandLine.ts';

const TEXT = 'The user is not a member of the organization.';

describe('explain-message on the command line', () => {
  it('explains a file, or what comes in', async () => {
    const ofFile = await run(['explain-message', 'e.txt'], { 'e.txt': TEXT });
    equal(ofFile.exitCode, 0);
    match(ofFile.out, /^## The user is not a member of the organization$/mu);
    equal((await run(['explain-message', '-'], { '-': TEXT })).out, ofFile.out);
    equal((await run(['explain-message'], { '-': TEXT })).out, ofFile.out);
  });

  it('speaks the language of the terminal', async () => {
    match((await run(['explain-message'], { '-': TEXT }, 'cs_CZ.UTF-8')).out, /Správce systému/u);
  });

  it('prints JSON', async () => {
    const { out } = await run(['explain-message', '--format', 'json'], { '-': TEXT });
    const [found] = JSON.parse(out);
    equal(found.message, 'not-a-member');
    equal(found.guide, 'create-row');
  });

  const wrong = [
    { id: 'no message', words: ['n.txt'], exitCode: 1, said: /no message that is known/u },
    {
      id: 'nothing there',
      words: ['x.txt'],
      exitCode: 1,
      said: /x\.txt: This file can't be read/u,
    },
    { id: 'denied', words: ['d.txt'], exitCode: 1, said: /d\.txt/u },
    { id: 'no text', words: ['b.txt'], exitCode: 1, said: /b\.txt/u },
    { id: 'two files', words: ['n.txt', 'n.txt'], exitCode: 2, said: /one path/u },
    { id: 'a format', words: ['n.txt', '--format', 'x'], exitCode: 2, said: /not x/u },
  ];
  for (const { id, words, exitCode, said } of wrong) {
    it(`tells what is wrong: ${id}`, async () => {
      const table: FileTable = {
        'n.txt': 'Hello',
        'd.txt': DENIED,
        'b.txt': new Uint8Array([1, 0, 0, 2]),
      };
      const outcome = await run(['explain-message', ...words], table);
      equal(outcome.exitCode, exitCode);
      match(outcome.out + outcome.error, said);
    });
  }
});
