/** The values that a source imports from a module, as this repository writes imports. */
export const importedNames = (source: string, specifier: string): readonly string[] =>
  [...source.matchAll(/^import (?!type )\{(?<names>[^}]*)\} from '(?<from>[^']+)'/gmu)]
    .filter(({ groups }) => groups?.['from'] === specifier)
    .flatMap(({ groups }) => (groups?.['names'] ?? '').split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => name.split(' as ')[0] ?? name);
