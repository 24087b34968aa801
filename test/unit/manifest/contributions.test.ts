import { deepEqual, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import manifest from '../../../package.json' with { type: 'json' };
import { problemCodes } from '../../../src/problem/catalogue.ts';
import { pathInRepository, readInRepository } from '../../kit/repository.ts';
import { sourcesIn } from '../../kit/sources.ts';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

/** What the manifest promises is there: keys, files, menus, commands, settings. */
describe('The manifest', () => {
  const { contributes } = manifest;
  const texts: Readonly<Record<string, string>> = JSON.parse(readInRepository('package.nls.json'));
  const commands = new Set(contributes.commands.map(({ command }) => command));
  const menus: readonly MenuItem[] = Object.values(contributes.menus).flat();

  it('has a text for every key, and a key for every text', () => {
    const asked = [...JSON.stringify(manifest).matchAll(/%([\w.-]+)%/gu)].map(
      ([, key = '']) => key,
    );
    deepEqual([...new Set(asked)].toSorted(), Object.keys(texts).toSorted());
  });

  it('gives every command a category and a title that begins with a capital', () => {
    const wrong = contributes.commands.filter(({ category, title }) => {
      const text = texts[title.slice(1, -1)] ?? '';
      return category !== 'Dual-write' || !/^\p{Lu}/u.test(text) || text.includes('Dual-write:');
    });
    deepEqual(wrong, []);
  });

  it('names each command once, and puts only its own into menus', () => {
    deepEqual(commands.size, contributes.commands.length);
    deepEqual(
      menus.map(({ command }) => command).filter((command) => !commands.has(command)),
      [],
    );
  });

  it('shows icons where a menu shows nothing else', () => {
    const bare = menus
      .filter(({ group = '' }) => /^(?:inline|navigation)/u.test(group))
      .map(({ command }) => command)
      .filter((command) =>
        contributes.commands.some((each) => each.command === command && !('icon' in each)),
      );
    deepEqual(bare, []);
  });

  it('offers every code of a problem where one is set or suppressed', () => {
    const { properties } = contributes.configuration;
    const codes = problemCodes.toSorted();
    deepEqual(properties['dualWrite.diagnostics.severity'].propertyNames.enum, codes);
    const { code } = properties['dualWrite.diagnostics.suppress'].items.properties;
    deepEqual(code.enum, codes);
  });

  it('offers welcome texts and menus for views that exist', () => {
    const views = new Set(
      Object.values(contributes.views).flatMap((each) => each.map(({ id }) => id)),
    );
    const named = [
      ...contributes.viewsWelcome.map(({ view }) => view),
      ...menus.flatMap(({ when = '' }) =>
        [...when.matchAll(/\bview == ([\w.]+)/gu)].map(([, view = '']) => view),
      ),
    ];
    deepEqual(
      named.filter((view) => !views.has(view)),
      [],
    );
  });

  it('links to commands that exist', () => {
    const linked = Object.values(texts).flatMap((text) =>
      [...text.matchAll(/\(command:(dualWrite[\w.]+)/gu)].map(([, command = '']) => command),
    );
    ok(linked.length > 0);
    // VS Code makes a command of each view that goes there.
    const views = Object.values(contributes.views).flatMap((each) => each.map(({ id }) => id));
    const known = new Set([...commands, ...views.map((id) => `${id}.focus`)]);
    deepEqual(
      linked.filter((command) => !known.has(command)),
      [],
    );
  });

  it('has the files that it names', () => {
    const paths = [
      ...JSON.stringify(contributes).matchAll(
        /"(?:\.\/)?((?:media|grammars|snippets|l10n)\/[^"]+)"/gu,
      ),
    ].map(([, path = '']) => path);
    ok(paths.length > 0);
    deepEqual(
      paths.filter((path) => !existsSync(pathInRepository(path))),
      [],
    );
  });

  it('reads every setting that it offers', () => {
    const code = ['client', 'server', 'src'].flatMap(sourcesIn).map(readInRepository).join('\n');
    // A setting is read by its last name, from the section that the server asks for.
    const unread = Object.keys(contributes.configuration.properties).filter(
      (setting) => !new RegExp(String.raw`\b${setting.split('.').at(-1)}\b`, 'u').test(code),
    );
    deepEqual(unread, []);
  });
});
