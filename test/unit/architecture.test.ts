import { deepEqual, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { pathInRepository, readInRepository } from '../kit/repository.ts';
import { circlesIn, foldersIn, type Import, importsOf, isIn, sourcesIn } from '../kit/sources.ts';

const FOLDERS = ['src', 'client', 'server', 'cli'];

const isEditor = (target: string): boolean =>
  [
    'vscode',
    'vscode-languageclient',
    'vscode-languageserver',
    'vscode-languageserver-textdocument',
    'vscode-languageserver-protocol',
    'vscode-languageserver-types',
  ].some((name) => isIn(target, name));
const isMachine = (target: string): boolean =>
  target.startsWith('node:') || target === 'fs' || target === 'path';

/** What the sources of some folders must not import. */
const rules: readonly {
  readonly id: string;
  readonly from: readonly string[];
  readonly except?: readonly string[];
  readonly forbidden: (imported: Import) => boolean;
}[] = [
  {
    id: 'only the client knows VS Code',
    from: ['src', 'server', 'cli'],
    forbidden: ({ target }) => isIn(target, 'vscode') || isIn(target, 'vscode-languageclient'),
  },
  {
    id: 'only the server knows the language server',
    from: ['src', 'client', 'cli'],
    forbidden: ({ target }) =>
      isIn(target, 'vscode-languageserver') || isIn(target, 'vscode-languageserver-textdocument'),
  },
  {
    id: 'the core knows no editor and no edge',
    from: ['src'],
    forbidden: ({ target }) =>
      isEditor(target) ||
      ['client', 'server', 'cli', 'test', 'scripts', 'bench'].some((name) => isIn(target, name)),
  },
  {
    id: 'filters, maps, metadata, text and problems know no machine',
    from: [
      'src/filter',
      'src/map',
      'src/metadata',
      'src/text',
      'src/problem',
      'src/tracking',
      'src/generate',
      'src/preview',
      'src/service',
    ],
    forbidden: ({ target }) => isMachine(target),
  },
  {
    id: 'the engine reaches the machine through its disk alone',
    from: ['src/engine'],
    forbidden: ({ file, target }) => isMachine(target) && !isIn(file, 'src/engine/disk'),
  },
  {
    id: 'only what opens a project knows the disk of the engine',
    from: ['src'],
    forbidden: ({ file, target }) =>
      isIn(target, 'src/engine/disk') && !isIn(file, 'src/engine/disk'),
  },
  {
    id: 'filters know nothing of what uses them',
    from: ['src/filter'],
    forbidden: ({ target }) =>
      ['map', 'metadata', 'tracking', 'preview', 'generate', 'service', 'workspace', 'engine'].some(
        (name) => isIn(target, `src/${name}`),
      ),
  },
  {
    id: 'maps and metadata know nothing of what uses them',
    from: ['src/map', 'src/metadata'],
    forbidden: ({ target }) =>
      ['tracking', 'preview', 'generate', 'service', 'workspace'].some((name) =>
        isIn(target, `src/${name}`),
      ),
  },
  {
    id: 'tracking knows maps and metadata, and no filter',
    from: ['src/tracking'],
    forbidden: ({ target }) =>
      isIn(target, 'src') &&
      !['map', 'metadata', 'text', 'tracking'].some((name) => isIn(target, `src/${name}`)),
  },
  {
    id: 'live synchronization knows filters, maps, metadata, tracking, problems and what an entry of a log is, and no machine',
    from: ['src/live'],
    forbidden: ({ target }) =>
      isMachine(target) ||
      (isIn(target, 'src') &&
        ![
          'live',
          'filter',
          'map',
          'metadata',
          'tracking',
          'text',
          'problem',
          'errorLog/model.ts',
        ].some((name) => isIn(target, `src/${name}`))),
  },
  {
    id: 'messages, logs, health and guides know no machine',
    from: ['src/messages', 'src/errorLog', 'src/health', 'src/guides'],
    forbidden: ({ target }) => isMachine(target),
  },
  {
    id: 'messages know no log, no health and no guide; logs and health know no guide',
    from: ['src/messages', 'src/errorLog', 'src/health'],
    forbidden: ({ file, target }) =>
      isIn(target, 'src/guides') ||
      (!isIn(file, 'src/errorLog') && isIn(target, 'src/errorLog')) ||
      (!isIn(file, 'src/health') && isIn(target, 'src/health')),
  },
  {
    id: 'the facade knows nothing of the advice above it',
    from: ['src/service'],
    forbidden: ({ target }) =>
      ['src/messages', 'src/errorLog', 'src/health', 'src/guides'].some((name) =>
        isIn(target, name),
      ),
  },
  {
    id: 'text knows problems alone',
    from: ['src/text'],
    forbidden: ({ target }) =>
      isIn(target, 'src') && !isIn(target, 'src/text') && !isIn(target, 'src/problem'),
  },
  {
    id: 'the view in the webview takes types alone',
    from: ['client/webview'],
    forbidden: ({ target, isTypeOnly }) =>
      !isTypeOnly && !isIn(target, 'client/webview') && !target.endsWith('.css'),
  },
  {
    id: 'client and server meet in the protocol alone',
    from: ['client', 'server'],
    forbidden: ({ file, target }) =>
      (isIn(file, 'client') && (isIn(target, 'server') || isIn(target, 'cli'))) ||
      (isIn(file, 'server') && (isIn(target, 'client') || isIn(target, 'cli'))),
  },
];

describe('the architecture', () => {
  for (const { id, from, forbidden } of rules) {
    it(`holds: ${id}`, () => {
      const imports = from.flatMap(sourcesIn).flatMap(importsOf);
      const wrong = imports
        .filter(forbidden)
        .map(({ file, specifier }) => `${file} imports ${specifier}`);
      deepEqual(wrong, []);
    });
  }

  it('points downwards: a room imports those below it in docs/architecture.md', () => {
    const rooms = [
      ...readInRepository('docs/architecture.md').matchAll(/^((?:src\/)?\w+)\/ +\S/gmu),
    ].map(([, room = '']) => room);
    deepEqual(
      rooms.toSorted(),
      [...FOLDERS.filter((folder) => folder !== 'src'), ...foldersIn('src')].toSorted(),
    );
    const floorOf = (path: string): number => {
      const floor = rooms.findIndex((room) => isIn(path, room));
      // A problem lies at a place of a text: the two are one floor.
      return rooms[floor] === 'src/problem' ? rooms.indexOf('src/text') : floor;
    };
    const wrong = FOLDERS.flatMap(sourcesIn)
      .flatMap(importsOf)
      .filter(({ file, target }) => floorOf(target) >= 0 && floorOf(target) < floorOf(file))
      .map(({ file, specifier }) => `${file} imports ${specifier}`);
    deepEqual(wrong, []);
  });

  it('has no files that import each other in a circle', () => {
    const targets = new Map(
      FOLDERS.flatMap(sourcesIn).map((file) => [file, importsOf(file).map(({ target }) => target)]),
    );
    deepEqual(circlesIn(targets), []);
  });

  it('is read off all imports', () => {
    const imports = FOLDERS.flatMap(sourcesIn).flatMap(importsOf);
    ok(imports.length > 200, `${imports.length} imports`);
    const missing = imports
      .filter(
        ({ specifier, target }) =>
          specifier.startsWith('.') && !existsSync(pathInRepository(target)),
      )
      .map(({ file, specifier }) => `${file} imports ${specifier}`);
    deepEqual(missing, []);
    const seen = (file: string, specifier: string): boolean =>
      imports.some((imported) => imported.file === file && imported.specifier === specifier);
    ok(seen('client/extension.ts', 'vscode'));
    ok(seen('src/workspace/sqlJs.ts', 'sql.js'));
    ok(seen('src/workspace/nodeFiles.ts', 'node:fs'));
  });
});

/** Files of the repository that are text. */
function textFiles(): readonly { readonly file: string; readonly text: string }[] {
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: pathInRepository('.'),
    encoding: 'utf8',
  })
    .split('\0')
    .filter((file) => file !== '' && existsSync(pathInRepository(file)))
    .flatMap((file) => {
      const bytes = readFileSync(pathInRepository(file));
      return bytes.includes(0) ? [] : [{ file, text: bytes.toString('utf8') }];
    });
}

describe('the repository', () => {
  it('names no registry in its lock file', () => {
    deepEqual(
      [...readInRepository('package-lock.json').matchAll(/"resolved": "http[^"]*"/gu)].map(
        ([line]) => line,
      ),
      [],
    );
  });

  it('holds no path of a machine', () => {
    // In two parts, so that this file does not hold what it looks for.
    const folders = [
      ['/ho', 'me/'],
      ['/Us', 'ers/'],
      ['C:\\\\?Us', 'ers'],
      ['/ro', 'ot/'],
      ['/wo', 'rk/main'],
    ].map((parts) => parts.join(''));
    const here = [homedir(), pathInRepository('.').replace(/\/$/u, '')].filter(
      (path) => path.length > 2,
    );
    const pattern = new RegExp(folders.map((folder) => `(?<![\\w.:])${folder}`).join('|'), 'u');
    const wrong = textFiles().flatMap(({ file, text }) => {
      const found = pattern.exec(text)?.[0] ?? here.find((path) => text.includes(path));
      return found === undefined ? [] : [`${file}: ${found}`];
    });
    deepEqual(wrong, []);
  });
});
