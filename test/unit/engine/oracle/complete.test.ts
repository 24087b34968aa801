import { deepEqual, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineMode } from '../../../../src/engine/model/project.ts';
import { sections } from './sections.ts';

const page = readFileSync(
  join(import.meta.dirname, '../../../../docs/engine-scenarios.md'),
  'utf8',
);

interface Row {
  readonly id: string;
  /** The modes the row speaks of. */
  readonly modes: readonly EngineMode[];
}

const modesOf: Readonly<Record<string, readonly EngineMode[]>> = {
  'Both modes': ['faithful', 'improved'],
  Faithful: ['faithful'],
  Improved: ['improved'],
};

/** `A01-A03, A05` as single ids. */
function idsIn(cell: string): readonly string[] {
  return cell.split(', ').flatMap((part) => {
    const [, letter = '', first = '', last = first] =
      /^([A-Z])(\d\d)(?:-[A-Z](\d\d))?$/u.exec(part) ?? [];
    ok(letter !== '', `"${part}" in docs/engine-scenarios.md is no row`);
    return Array.from(
      { length: Number(last) - Number(first) + 1 },
      (_, index) => `${letter}${String(Number(first) + index).padStart(2, '0')}`,
    );
  });
}

/** The table under "Rows": a line per section, a column per mode. */
function rowsOfPage(): readonly Row[] {
  const [, rest = ''] = page.split('\n## Rows\n');
  const [table = ''] = rest.split('\n## ');
  const lines = table.split('\n').filter((line) => line.startsWith('|'));
  const [head = [], , ...body] = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return body.flatMap((cells) =>
    head.flatMap((title, column) => {
      const modes = modesOf[title];
      const cell = cells[column] ?? '';
      return modes === undefined || cell === '' ? [] : idsIn(cell).map((id) => ({ id, modes }));
    }),
  );
}

describe('docs/engine-scenarios.md', () => {
  it('names every row that is played, in the modes in which it is, and no other', () => {
    const played = new Map<string, Set<EngineMode>>();
    for (const { id, modes = ['faithful', 'improved'] as const } of sections.flatMap(
      ([, scenarios]) => scenarios,
    )) {
      const row = id.slice(0, 3);
      // Walk-throughs run through the command line; a scenario may be part of one.
      if (row.startsWith('Q')) continue;
      played.set(row, new Set([...(played.get(row) ?? []), ...modes]));
    }
    const told = (rows: readonly (readonly [string, readonly EngineMode[]])[]) =>
      rows.map(([id, modes]) => `${id} ${modes.toSorted().join(' ')}`).toSorted();
    deepEqual(
      told([...played].map(([id, modes]) => [id, [...modes]])),
      told(rowsOfPage().map(({ id, modes }) => [id, modes])),
    );
  });
});
