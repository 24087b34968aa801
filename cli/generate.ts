import { relative, resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { type Generated, isEmpty } from '../src/generate/generated.ts';
import { readMapDocument } from '../src/map/read.ts';
import { metadataOf } from '../src/metadata/metadataOf.ts';
import { readMetadataFile } from '../src/metadata/readFile.ts';
import type { MetadataFile } from '../src/metadata/metadataFile.ts';
import { readRowFile } from '../src/preview/rowFiles/readRowFile.ts';
import type { Translate } from '../src/problem/message.ts';
import { analyse } from '../src/service/analysis.ts';
import {
  explained,
  GENERATOR_KINDS,
  type GeneratorKind,
  type GeneratorSurroundings,
  generatorsOf,
} from '../src/service/generators.ts';
import { type Document, emptyWorkspace, type Workspace } from '../src/service/workspace.ts';
import { applyEdits, type Edit } from '../src/text/edit.ts';
import { linesOf } from '../src/text/lines.ts';
import { encodeText, type Files } from '../src/workspace/files.ts';
import { isMetadataFile, mayHoldMap, rowFilesIn } from '../src/workspace/kinds.ts';
import { loadedSqlJs } from '../src/workspace/sqlJs.ts';
import { loadMetadata, textOf } from '../src/workspace/load.ts';
import { type Command, EXIT, Refused } from './command.ts';
import { readDocument } from './files.ts';
import type { Surroundings } from './surroundings.ts';
import { kindIn, readWords, WrongUsage } from './words.ts';

interface GenerateArguments {
  readonly kind: GeneratorKind;
  readonly path: string;
  readonly metadata: readonly string[];
  /** Only what is about this field or entity. */
  readonly about: string | undefined;
  readonly company: string | undefined;
  /** The folder of the model that metadata go to. */
  readonly model: string | undefined;
  readonly isWritten: boolean;
}

/**
 * `dual-write generate`: prints what a generator would write, line by line, and writes it where `--write` is given.
 * Each change is made before the next is looked for, so that two never meet.
 */
export const generate: Command = async (words, around, translate) => {
  const asked = argumentsIn(words);
  const disk = await diskOf(asked, around, translate);
  let count = 0;
  for (const uri of disk.maps) {
    for await (const { title, generated } of changesOf(uri, asked, disk, translate)) {
      count += 1;
      around.out(`${shown(title, generated, disk, around, translate)}\n`);
      disk.apply(generated);
    }
  }
  if (count === 0) {
    around.error(`${asked.path}: ${translate('cli.generate.none')}\n`);
    return EXIT.findings;
  }
  if (!asked.isWritten) around.out(`${translate('cli.generate.dry')}\n`);
  else await disk.write();
  return EXIT.clean;
};

function argumentsIn(words: readonly string[]): GenerateArguments {
  const { values, positionals } = readWords(words, {
    metadata: { type: 'string', multiple: true, default: [] },
    about: { type: 'string' },
    company: { type: 'string' },
    model: { type: 'string' },
    write: { type: 'boolean', default: false },
  });
  const [word, path, ...others] = positionals;
  const kind = kindIn('generate', word, GENERATOR_KINDS);
  if (path === undefined || others.length > 0) {
    throw new WrongUsage('onePath', { command: 'generate' });
  }
  const { metadata, about, company, model, write } = values;
  return { kind, path, metadata, about, company, model, isWritten: write };
}

/** The files as they are after what was generated so far. */
interface Disk {
  readonly maps: readonly string[];
  readonly document: (uri: string) => Promise<Document | undefined>;
  readonly workspace: () => Workspace;
  readonly surroundings: (uri: string) => GeneratorSurroundings;
  readonly textOf: (uri: string) => string | undefined;
  readonly apply: (generated: Generated) => void;
  readonly write: () => Promise<void>;
}

async function diskOf(
  { path, metadata: folders, company, model }: GenerateArguments,
  around: Surroundings,
  translate: Translate,
): Promise<Disk> {
  const { files, folder } = around;
  const uriOf = (name: string): string => URI.file(resolve(folder, name)).toString();
  const here = await files.list(uriOf(path));
  if (here.length === 0) {
    throw new Refused(`${path}: ${translate('problem.file-unreadable.missing')}`);
  }
  if (here.includes(uriOf(path))) {
    const read = await readDocument(uriOf(path), files);
    if (typeof read === 'string') {
      throw new Refused(`${path}: ${translate(`problem.file-unreadable.${read}`)}`);
    }
  }
  const beside = await Promise.all(folders.map((name) => files.list(uriOf(name))));
  const all = [...new Set([...here, ...beside.flat()])];
  const metadata = new Map<string, MetadataFile>();
  const texts = new Map<string, string>();
  for (const { file, text } of await loadMetadata(files, all)) {
    metadata.set(file.uri, file);
    texts.set(file.uri, text);
  }
  const changed = new Set<string>();
  let workspace: Workspace | undefined;

  const document = async (uri: string): Promise<Document | undefined> => {
    const text = changed.has(uri) ? texts.get(uri) : undefined;
    const read = text === undefined ? await readDocument(uri, files) : { uri, text };
    if (typeof read === 'string') return undefined;
    texts.set(uri, read.text);
    return read;
  };

  return {
    maps: here.filter(mayHoldMap),
    document,
    textOf: (uri) => texts.get(uri),
    workspace() {
      workspace ??= {
        ...emptyWorkspace,
        metadata: metadataOf([...metadata.values()]),
        ...(model === undefined ? {} : { model: uriOf(model) }),
        textOf: (uri) => (metadata.has(uri) ? texts.get(uri) : undefined),
        statement: { ...emptyWorkspace.statement, ...(company === undefined ? {} : { company }) },
      };
      return workspace;
    },
    surroundings: (uri) => ({
      exists: async (file) => texts.has(file) || (await textOf(files, file)) !== undefined,
      async legs() {
        const others = await Promise.all(all.filter(mayHoldMap).map(document));
        return others.flatMap((other) =>
          other === undefined || other.uri === uri
            ? []
            : readMapDocument(other.text).value.maps.flatMap(({ legs }) => legs),
        );
      },
      async rowsOf(names) {
        const file = rowFilesIn(all).of(names);
        if (file === undefined) return undefined;
        const read = await readRowFile(file, names, { files, sqlJs: loadedSqlJs });
        return 'value' in read ? read.value.table : undefined;
      },
    }),
    apply({ change }) {
      const edited = change.edits.map(({ uri, edits }) => ({
        uri,
        text: applyEdits(texts.get(uri) ?? '', edits),
      }));
      for (const { uri, text } of [...edited, ...change.files]) {
        texts.set(uri, text);
        changed.add(uri);
        if (isMetadataFile(uri)) metadata.set(uri, readMetadataFile(uri, text));
      }
      workspace = undefined;
    },
    write: () => written([...changed], texts, files, around),
  };
}

/** In the encoding that each file has. */
async function written(
  uris: readonly string[],
  texts: ReadonlyMap<string, string>,
  files: Files,
  { write }: Surroundings,
): Promise<void> {
  for (const uri of uris) {
    const before = await files.read(uri).catch(() => undefined);
    await write(uri, encodeText(texts.get(uri) ?? '', before));
  }
}

/** Far more than a map has places for: an answer that does not take its question away must not go on for ever. */
const MOST_CHANGES = 1000;

/**
 * What generators of a kind make of a document, one change after the other: each is looked for in what the one before
 * left behind. One that is still offered afterwards is passed by.
 */
async function* changesOf(
  uri: string,
  { kind, about }: GenerateArguments,
  disk: Disk,
  translate: Translate,
): AsyncGenerator<{ readonly title: string; readonly generated: Generated }> {
  let [passed, before] = [0, Number.POSITIVE_INFINITY];
  for (let count = 0; count < MOST_CHANGES; count++) {
    const document = await disk.document(uri);
    if (document === undefined) return;
    const analysed = analyse(document, disk.workspace());
    const offered = generatorsOf(analysed, disk.workspace(), translate).filter(
      ({ kind: own, title }) => own === kind && isAbout(title, about),
    );
    if (offered.length >= before) passed += 1;
    before = offered.length;
    const next = offered[passed];
    if (next === undefined) return;
    const generated = await next.make(disk.surroundings(uri));
    if (generated !== undefined && !isEmpty(generated.change)) {
      yield { title: next.title, generated };
    }
  }
}

/** Titles name the field, the entity and the column that they are about. */
const isAbout = (title: string, about: string | undefined): boolean =>
  about === undefined || title.toLowerCase().includes(about.toLowerCase());

function shown(
  title: string,
  generated: Generated,
  { textOf: textBefore }: Disk,
  { folder }: Surroundings,
  translate: Translate,
): string {
  const { edits, files } = generated.change;
  return [
    title,
    ...explained(generated, translate).map((sentence) => `  ${sentence}`),
    ...edits.flatMap(({ uri, edits: own }) => {
      const text = textBefore(uri) ?? '';
      return own.map((edit) => hunk(pathOf(uri, folder), text, edit));
    }),
    ...files.map(({ uri, text }) => `+++ ${pathOf(uri, folder)}\n${prefixed('+', text)}`),
    '',
  ].join('\n');
}

const pathOf = (uri: string, folder: string): string => relative(folder, URI.parse(uri).fsPath);

/** The lines that an edit touches, before and after it. */
function hunk(path: string, text: string, { span, text: inserted }: Edit): string {
  const lines = linesOf(text);
  const { start, end } = lines.rangeOf(span);
  const from = lines.offsetOf({ line: start.line, character: 0 });
  const to = lines.offsetOf({ line: end.line, character: Number.MAX_SAFE_INTEGER });
  const before = text.slice(from, to);
  const after = text.slice(from, span.start) + inserted + text.slice(span.end, to);
  return `@@@ ${path}:${start.line + 1}\n${prefixed('-', before)}\n${prefixed('+', after)}`;
}

const prefixed = (sign: string, text: string): string =>
  text
    .replace(/(?:\r\n|\r|\n)$/u, '')
    .split(/\r\n|\r|\n/u)
    .map((line) => sign + line)
    .join('\n');
