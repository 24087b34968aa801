import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundled, OUT } from '../bundle.ts';
import type { DocumentForm } from '../corpus/documents.ts';

/** A language server to be measured, and the document it understands. */
export interface Server {
  readonly name: string;
  /** Arguments of node. */
  readonly command: readonly string[];
  readonly form: DocumentForm;
  readonly languageId: string;
  readonly uri: string;
  /** Whether the editor asks for diagnostics; otherwise the server sends them. */
  readonly pulls: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Up to how many filters it is measured: minutes per edit tell nobody more. */
  readonly filters: number;
}

/** All that a schema can say about a filter: `~` is no character of it. */
const SCHEMA = {
  type: 'object',
  properties: {
    legs: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          sourceFilter: { type: 'string', pattern: '^[^~]*$' },
          reversedSourceFilter: { type: 'string', pattern: '^[^~]*$' },
        },
      },
    },
  },
};

const requirePeer = createRequire(import.meta.url);

/** A file of a peer; some export nothing but their package. */
const fileOf = (name: string, path: string): string =>
  join(import.meta.dirname, '..', 'node_modules', name, path);

export async function allServers(ours: string): Promise<readonly Server[]> {
  const folder = join(OUT, 'workspace');
  await mkdir(join(folder, '.github', 'workflows'), { recursive: true });
  await writeFile(join(folder, 'filters.schema.json'), JSON.stringify(SCHEMA));
  const uri = (path: string): string => pathToFileURL(join(folder, path)).href;
  const map = { form: 'map', languageId: 'json', uri: uri('map.json') } as const;
  const json = {
    settings: {
      json: { validate: { enable: true }, schemas: [{ fileMatch: ['*.json'], schema: SCHEMA }] },
    },
    ...map,
  };
  const jsonServer = join(
    dirname(requirePeer.resolve('vscode-langservers-extracted/package.json')),
    'bin',
    'vscode-json-language-server',
  );
  return [
    {
      name: 'echo',
      command: [await bundled('limit/echoServer.ts', 'echo'), '--stdio'],
      ...map,
      pulls: true,
      settings: {},
      filters: 20_000,
    },
    {
      name: 'ours',
      command: [ours, '--stdio'],
      ...map,
      pulls: true,
      settings: {},
      filters: 20_000,
    },
    {
      name: 'vscode-json pull',
      command: [jsonServer, '--stdio'],
      ...json,
      pulls: true,
      filters: 20_000,
    },
    {
      name: 'vscode-json push',
      command: [jsonServer, '--stdio'],
      ...json,
      pulls: false,
      filters: 200,
    },
    {
      name: 'yaml',
      command: [fileOf('yaml-language-server', 'bin/yaml-language-server'), '--stdio'],
      form: 'yaml',
      languageId: 'yaml',
      uri: uri('map.yaml'),
      pulls: false,
      settings: {
        yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false } },
      },
      filters: 200,
    },
    {
      name: '@actions',
      command: [fileOf('@actions/languageserver', 'bin/actions-languageserver'), '--stdio'],
      form: 'workflow',
      languageId: 'yaml',
      uri: uri('.github/workflows/build.yml'),
      pulls: false,
      settings: {},
      filters: 200,
    },
  ];
}
