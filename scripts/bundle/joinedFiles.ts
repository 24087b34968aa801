/** A file of CommonJS with the map of its source. */
export interface ProgramFile {
  /** As others require it: `./server-chunk-ABC.cjs`. */
  readonly name: string;
  readonly code: string;
  readonly map: string;
  /** Those of its imports that are loaded with it, by name. */
  readonly imports: readonly string[];
}

/**
 * Puts small files into those that are always loaded with them. esbuild makes one for each set of groups that share a
 * module; a start read fifty of them, which took 8 of 140 ms, and more where a scanner looks at every file. Each stays
 * a module of its own, made at its first use. Files of other groups find it by a stub of its old name.
 *
 * @param owners names of the files that the others are put into, in the order in which they are loaded.
 */
export function joinedFiles(
  files: readonly ProgramFile[],
  owners: readonly string[],
): readonly Pick<ProgramFile, 'name' | 'code' | 'map'>[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  const taken = new Set(owners);
  const parts = new Map<string, readonly ProgramFile[]>();
  for (const owner of owners) {
    const own = closureOf(owner, byName).filter((name) => !taken.has(name));
    for (const name of own) taken.add(name);
    parts.set(
      owner,
      own.flatMap((name) => byName.get(name) ?? []),
    );
  }
  const ownerOf = new Map(
    [...parts].flatMap(([owner, own]) => own.map(({ name }) => [name, owner] as const)),
  );
  return files.map((file) => {
    const owner = ownerOf.get(file.name);
    if (owner !== undefined) return stubOf(file, owner);
    const own = parts.get(file.name);
    return own === undefined ? file : withParts(file, own, owners[owners.indexOf(file.name) - 1]);
  });
}

/** A file and all that are loaded with it. */
function closureOf(name: string, files: ReadonlyMap<string, ProgramFile>): readonly string[] {
  const found = new Set([name]);
  for (const each of found) for (const next of files.get(each)?.imports ?? []) found.add(next);
  return [...found];
}

const stubOf = (
  { name }: ProgramFile,
  owner: string,
): Pick<ProgramFile, 'name' | 'code' | 'map'> => ({
  name,
  code: `module.exports=require(${JSON.stringify(owner)}).joined(${JSON.stringify(name)});\n`,
  map: JSON.stringify({ version: 3, sources: [], names: [], mappings: '' }),
});

function withParts(
  file: ProgramFile,
  parts: readonly ProgramFile[],
  before: string | undefined,
): Pick<ProgramFile, 'name' | 'code' | 'map'> {
  const elsewhere = before === undefined ? '()=>{}' : `require(${JSON.stringify(before)}).joined`;
  let code = [
    '"use strict";',
    `const made={},elsewhere=${elsewhere};`,
    'const joined=(name)=>{if(made[name])return made[name].exports;if(!parts[name])return elsewhere(name);',
    'const module=(made[name]={exports:{}});parts[name](module,module.exports,load);return module.exports;};',
    'const load=(name)=>joined(name)??require(name);',
    'const parts={\n',
  ].join('');
  const sections: object[] = [];
  for (const part of [...parts, file]) {
    code += `${JSON.stringify(part.name)}(module,exports,require){\n`;
    const map: unknown = JSON.parse(part.map);
    sections.push({ offset: { line: code.split('\n').length - 1, column: 0 }, map });
    code += `${part.code}\n},\n`;
  }
  code += `};\nmodule.exports=joined(${JSON.stringify(file.name)});module.exports.joined=joined;\n`;
  return { name: file.name, code, map: JSON.stringify({ version: 3, sections }) };
}
