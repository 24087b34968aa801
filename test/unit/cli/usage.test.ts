import { deepEqual, equal, match } from 'node:assert/strict';
import { run } from '../../kit/commandLine.ts';

describe('the usage of the command line', () => {
  it('shows how a command is called where it is called wrongly, and all commands where there is none', async () => {
    const wrong = (await run(['rehearse'])).error.split('\n');
    deepEqual(
      wrong.filter((line) => line.startsWith('  dual-write ')).map((line) => line.split(' ')[3]),
      ['rehearse'],
    );
    match(wrong.join('\n'), /\[--log FILE \[--force\]\]\n\n`dual-write --help`/u);
    match((await run(['compare', '--side', 'x', 'a', 'b'])).error, /dual-write compare PATH/u);
    equal((await run(['compare', '--side', 'x', 'a', 'b'])).error.includes('compare-maps'), false);
    match((await run(['lint'])).error, /dual-write check PATH[^]*dual-write guide/u);
  });
});
