import type { Node } from 'jsonc-parser';
import { nearest } from '../filter/odata/nearest.ts';
import type { Cell } from '../filter/meaning/values.ts';
import { key } from '../metadata/merge.ts';
import type { Problem } from '../problem/problem.ts';
import { itemsOf, type JsonText, nodeSpan } from '../text/json.ts';
import type { Placed, Row } from './model.ts';

/** An object of a rehearsal while it is read; what is not as it should be is told once. */
export interface Part {
  readonly node: Node;
  readonly text: (name: string) => string | undefined;
  readonly placed: (name: string) => Placed<string> | undefined;
  readonly number: (name: string) => number | undefined;
  readonly flag: (name: string) => boolean | undefined;
  readonly choice: <T extends string>(name: string, choices: readonly T[]) => T | undefined;
  readonly part: (name: string) => Part | undefined;
  readonly parts: (name: string) => readonly Part[];
  /** A text or a list of them. */
  readonly texts: (name: string) => readonly Placed<string>[];
  /** Objects among them, where both may stand. */
  readonly textsAndObjects: (name: string) => {
    readonly texts: readonly Placed<string>[];
    readonly objects: readonly Node[];
  };
  readonly entries: (name: string) => readonly Entry[];
  readonly cells: (name: string) => Cells;
  readonly has: (name: string) => boolean;
  /** Tells of properties that nobody asked for, and of those that are missing. */
  readonly finish: (required?: readonly string[]) => void;
}

/** A property whose name is the user's own. */
export interface Entry {
  readonly name: Placed<string>;
  readonly node: Node;
}

export interface Cells {
  readonly row: Row;
  readonly names: readonly Placed<string>[];
}

const NO_CELLS: Cells = { row: new Map(), names: [] };

export function partOf(node: Node, json: JsonText, problems: Problem[]): Part {
  const asked = new Set<string>();
  const tell = (at: Node, variant: string, args: NonNullable<Problem['args']>): void =>
    void problems.push({ code: 'rehearsal-invalid', variant, span: nodeSpan(json, at), args });
  const find = (name: string): Node | undefined => {
    asked.add(name);
    return (node.children ?? []).findLast((property) => property.children?.[0]?.value === name)
      ?.children?.[1];
  };
  const typed = <T>(name: string, type: Node['type'], read: (found: Node) => T): T | undefined => {
    const found = find(name);
    if (found === undefined) return undefined;
    if (found.type === type) return read(found);
    tell(found, `type.${type}`, { name });
    return undefined;
  };
  const place = (found: Node): Placed<string> => ({
    value: String(found.value),
    span: nodeSpan(json, found),
  });
  const inside = (found: Node): Part => partOf(found, json, problems);
  const objects = (found: Node, name: string): readonly Part[] =>
    itemsOf(found).flatMap((item) => {
      if (item.type === 'object') return [inside(item)];
      tell(item, 'type.object', { name });
      return [];
    });
  return {
    node,
    text: (name) => typed(name, 'string', ({ value }) => String(value)),
    placed: (name) => typed(name, 'string', place),
    number: (name) => typed(name, 'number', ({ value }) => Number(value)),
    flag: (name) => typed(name, 'boolean', ({ value }) => value === true),
    choice(name, choices) {
      const found = typed(name, 'string', (each) => each);
      if (found === undefined) return undefined;
      const chosen = choices.find((choice) => key(choice) === key(String(found.value)));
      if (chosen === undefined) {
        tell(found, 'value', { value: String(found.value), choices: choices.join(', ') });
      }
      return chosen;
    },
    part: (name) => typed(name, 'object', inside),
    parts: (name) => typed(name, 'array', (found) => objects(found, name)) ?? [],
    texts(name) {
      const found = find(name);
      if (found === undefined) return [];
      const items = found.type === 'array' ? itemsOf(found) : [found];
      return items.flatMap((item) => {
        if (item.type === 'string') return [place(item)];
        tell(item, 'type.string', { name });
        return [];
      });
    },
    textsAndObjects(name) {
      const items = typed(name, 'array', itemsOf) ?? [];
      for (const item of items) {
        if (item.type !== 'string' && item.type !== 'object') tell(item, 'type.string', { name });
      }
      return {
        texts: items.filter(({ type }) => type === 'string').map(place),
        objects: items.filter(({ type }) => type === 'object'),
      };
    },
    entries: (name) => typed(name, 'object', (found) => entriesOf(found, json)) ?? [],
    cells: (name) => typed(name, 'object', (found) => cellsOf(found, json, problems)) ?? NO_CELLS,
    has: (name) => find(name) !== undefined,
    finish(required = []) {
      for (const { name } of entriesOf(node, json)) {
        if (asked.has(name.value)) continue;
        const meant = nearest(name.value, [...asked]);
        problems.push({
          code: 'rehearsal-invalid',
          variant: meant === undefined ? 'property' : 'propertyMeant',
          span: name.span,
          args: { name: name.value, meant: meant ?? '' },
        });
      }
      for (const name of required) if (find(name) === undefined) tell(node, 'missing', { name });
    },
  };
}

const entriesOf = (node: Node, json: JsonText): readonly Entry[] =>
  (node.children ?? []).flatMap((property) => {
    const [name, value] = property.children ?? [];
    return name === undefined || value === undefined
      ? []
      : [{ name: { value: String(name.value), span: nodeSpan(json, name) }, node: value }];
  });

/** The cells of a row: a number and true are text to a filter; null is NULL. */
export function cellsOf(node: Node, json: JsonText, problems: Problem[]): Cells {
  const row = new Map<string, Cell>();
  const names: Placed<string>[] = [];
  for (const { name, node: value } of entriesOf(node, json)) {
    if (value.type === 'object' || value.type === 'array') {
      problems.push({
        code: 'rehearsal-invalid',
        variant: 'cell',
        span: nodeSpan(json, value),
        args: { name: name.value },
      });
      continue;
    }
    row.set(key(name.value), value.type === 'null' ? null : String(value.value));
    names.push(name);
  }
  return { row, names };
}

/** The name of something that is missing; what is wrong with it is told already. */
export const NOWHERE: Placed<string> = { value: '', span: { start: 0, end: 0 } };

export const valuesOf = (texts: readonly Placed<string>[]): readonly string[] =>
  texts.map(({ value }) => value);
