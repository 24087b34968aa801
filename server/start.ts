import { setFlagsFromString } from 'node:v8';
import { partOfNode, runProgram } from '../src/program/runProgram.ts';

declare const MAIN: string;

/** The server as a process of its own: started by the extension, or by any editor with `--stdio`. */

// Parts of Node that are needed anyway: with other flags V8 takes nothing of what Node has compiled of them, 3 of 60 ms.
for (const part of ['node:net', 'node:os']) partOfNode(part);
// Memory beside 200 filters, and beside 20,000 of them (bench/server): work of milliseconds gains nothing from V8's middle
// compiler, which holds 8 MB, and 35; nor from a young generation that grows, which holds 3 MB, and 170.
for (const flag of ['--no-maglev', '--semi-space-growth-factor=1']) setFlagsFromString(flag);
runProgram(__dirname, MAIN);
