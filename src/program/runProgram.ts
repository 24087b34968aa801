import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { Script } from 'node:vm';
import { type CompiledCode, compiledCode } from './compiledCode.ts';

type Run = (
  exports: object,
  require: (id: string) => unknown,
  module: { exports: unknown },
  filename: string,
  dirname: string,
) => void;

const PARAMETERS = '(function (exports, require, module, __filename, __dirname) { ';

/**
 * Runs a program of CommonJS files that lie beside each other, as Node does, but with the code that was compiled for its
 * last run: a start of the language server takes seven tenths of the time then (bench/server).
 *
 * @param folder where its files are; what else they require, Node finds from there.
 * @param entry the file to begin with, as its siblings require it: `./server-main.cjs`.
 */
export function runProgram(folder: string, entry: string): void {
  const compiled = compiledCode();
  const made = new Map<string, { exports: unknown }>();
  // Paths are put together by hand, and parts of Node found without a module's own `require`: a millisecond of each start.
  const load = (id: string): unknown => {
    if (!id.startsWith('./')) return partOfNode(id) ?? createRequire(`${folder}${sep}`)(id);
    const before = made.get(id);
    if (before !== undefined) return before.exports;
    const exports = {};
    const module: { exports: unknown } = { exports };
    // Before it runs: files may require each other in a circle.
    made.set(id, module);
    const filename = `${folder}${sep}${id.slice(2)}`;
    functionOf(filename, compiled).call(exports, exports, load, module, filename, folder);
    return module.exports;
  };
  load(entry);
}

/** Undefined for what is no part of it, and where Node is older than the question. */
export const partOfNode = (id: string): unknown =>
  (process as { readonly getBuiltinModule?: (id: string) => unknown }).getBuiltinModule?.(id);

function functionOf(filename: string, compiled: CompiledCode): Run {
  const source = readFileSync(filename, 'utf8');
  const cachedData = compiled.of(filename);
  const script = new Script(`${PARAMETERS}${source}\n})`, {
    filename,
    // A debugger and a stack trace count the columns of the file.
    columnOffset: -PARAMETERS.length,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  if (cachedData === undefined || script.cachedDataRejected === true) {
    compiled.keep(filename, script);
  }
  const run: unknown = script.runInThisContext();
  if (!isFunction(run)) throw new Error(`${filename} is no module.`);
  return run;
}

const isFunction = (value: unknown): value is Run => typeof value === 'function';
