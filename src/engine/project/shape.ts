import type { Node } from 'jsonc-parser';
import type { ProblemCode } from '../../problem/catalogue.ts';
import type { MessageArguments, Problem } from '../../problem/problem.ts';
import { nearest } from '../../filter/odata/nearest.ts';
import { itemsOf, type JsonText, nodeSpan } from '../../text/json.ts';

/**
 * What a part of a project file may hold: reads it off JSON, telling what is wrong, and says the same as a JSON schema.
 * One description serves both, so the schema never allows what the reader refuses.
 */
export interface Shape<T> {
  /** Undefined where nothing usable stands there; then a problem was told. */
  readonly read: (node: Node, json: JsonText, tell: Tell) => T | undefined;
  readonly schema: Schema;
}

export type Schema = Readonly<Record<string, unknown>>;

export type Tell = (problem: Problem) => void;

const wrong = (
  { node, json, tell }: { readonly node: Node; readonly json: JsonText; readonly tell: Tell },
  code: ProblemCode,
  variant: string,
  args: MessageArguments,
): undefined => {
  tell({ code, variant, span: nodeSpan(json, node), args });
  return undefined;
};

function plain<T extends string | number | boolean>(
  type: 'text' | 'number' | 'flag',
  schemaType: string,
  is: (value: unknown) => value is T,
  doc: string,
): Shape<T> {
  return {
    read: (node, json, tell) => {
      const value: unknown = node.value;
      return is(value) ? value : wrong({ node, json, tell }, 'project-shape', type, {});
    },
    schema: { type: schemaType, markdownDescription: doc },
  };
}

export const text = (doc: string): Shape<string> =>
  plain('text', 'string', (value) => typeof value === 'string', doc);

export const number = (doc: string): Shape<number> =>
  plain('number', 'number', (value) => typeof value === 'number', doc);

export const flag = (doc: string): Shape<boolean> =>
  plain('flag', 'boolean', (value) => typeof value === 'boolean', doc);

/** A text that is not blank: the name of something. */
export const name = (doc: string): Shape<string> => ({
  read: (node, json, tell) => {
    const value: unknown = node.value;
    return typeof value === 'string' && value.trim() !== ''
      ? value
      : wrong({ node, json, tell }, 'project-shape', 'name', {});
  },
  schema: { type: 'string', minLength: 1, markdownDescription: doc },
});

export function choice<const T extends string>(choices: readonly T[], doc: string): Shape<T> {
  return {
    read: (node, json, tell) => {
      const value: unknown = node.value;
      const found = choices.find((each) => each === value);
      const known = choices.join(', ');
      return found ?? wrong({ node, json, tell }, 'project-shape', 'choice', { known });
    },
    schema: { enum: choices, markdownDescription: doc },
  };
}

/** A text, a number, true, false or null: what a field of a row holds. */
export const value = (doc: string): Shape<string | number | boolean | null> => ({
  read: (node, json, tell) => {
    const found: unknown = node.value;
    return found === null ||
      typeof found === 'string' ||
      typeof found === 'number' ||
      typeof found === 'boolean'
      ? node.type === 'object' || node.type === 'array'
        ? wrong({ node, json, tell }, 'project-shape', 'value', {})
        : found
      : wrong({ node, json, tell }, 'project-shape', 'value', {});
  },
  schema: { type: ['string', 'number', 'boolean', 'null'], markdownDescription: doc },
});

export const list = <T>(item: Shape<T>, doc: string): Shape<readonly T[]> => ({
  read: (node, json, tell) =>
    node.type === 'array'
      ? itemsOf(node).flatMap((each) => {
          const read = item.read(each, json, tell);
          return read === undefined ? [] : [read];
        })
      : wrong({ node, json, tell }, 'project-shape', 'list', {}),
  schema: { type: 'array', items: item.schema, markdownDescription: doc },
});

/** Names of the user's own, each with a value. */
export const named = <T>(item: Shape<T>, doc: string): Shape<Readonly<Record<string, T>>> => ({
  read: (node, json, tell) => {
    if (node.type !== 'object') return wrong({ node, json, tell }, 'project-shape', 'object', {});
    const entries = (node.children ?? []).flatMap(({ children }): [string, T][] => {
      const [key, content] = children ?? [];
      const read = content && item.read(content, json, tell);
      return read === undefined ? [] : [[String(key?.value), read]];
    });
    return Object.fromEntries(entries);
  },
  schema: { type: 'object', additionalProperties: item.schema, markdownDescription: doc },
});

export interface Field<T> {
  readonly shape: Shape<T>;
  readonly required: boolean;
}

export const required = <T>(shape: Shape<T>): Field<T> => ({ shape, required: true });
export const optional = <T>(shape: Shape<T>): Field<T> => ({ shape, required: false });

type Fields<T> = { readonly [K in keyof T]-?: Field<Exclude<T[K], undefined>> };

/** Keys that nothing else allows are told, and passed over: they may come from a later version. */
export const object = <T extends object>(fields: Fields<T>, doc: string): Shape<T> => ({
  read: (node, json, tell) => {
    if (node.type !== 'object') return wrong({ node, json, tell }, 'project-shape', 'object', {});
    const known = new Map<string, Field<unknown>>(Object.entries(fields));
    const found = new Map<string, unknown>();
    let isWhole = true;
    for (const { children } of node.children ?? []) {
      const [key, content] = children ?? [];
      const keyName = String(key?.value);
      const field = known.get(keyName);
      if (key !== undefined && field === undefined && keyName !== '$schema') {
        const likely = nearest(keyName, [...known.keys()]);
        const at = { node: key, json, tell };
        if (likely === undefined) wrong(at, 'project-unknown-key', 'plain', { key: keyName });
        else wrong(at, 'project-unknown-key', 'near', { key: keyName, nearest: likely });
      }
      if (content === undefined || field === undefined) continue;
      const read = field.shape.read(content, json, tell);
      if (read !== undefined) found.set(keyName, read);
      else if (field.required) isWhole = false;
    }
    for (const [keyName, field] of known) {
      if (!field.required || found.has(keyName)) continue;
      isWhole = false;
      if (!hasKey(node, keyName)) {
        // The brace that opens it is enough to mark: the whole object may be the whole file.
        const brace: Node = { type: 'object', offset: node.offset, length: 1 };
        wrong({ node: brace, json, tell }, 'project-shape', 'missing', { key: keyName });
      }
    }
    // The fields were read by the shapes that T was made of.
    return isWhole ? (Object.fromEntries(found) as T) : undefined;
  },
  schema: {
    type: 'object',
    additionalProperties: false,
    ...(Object.values<Field<unknown>>(fields).some((field) => field.required)
      ? {
          required: Object.entries<Field<unknown>>(fields).flatMap(([key, field]) =>
            field.required ? [key] : [],
          ),
        }
      : {}),
    properties: Object.fromEntries(
      Object.entries<Field<unknown>>(fields).map(([key, { shape }]) => [key, shape.schema]),
    ),
    markdownDescription: doc,
  },
});

/** One shape or another, by the type of what stands there. */
export const either = <A, B>(
  first: Shape<A>,
  takesFirst: (node: Node) => boolean,
  second: Shape<B>,
  doc: string,
): Shape<A | B> => ({
  read: (node, json, tell) =>
    takesFirst(node) ? first.read(node, json, tell) : second.read(node, json, tell),
  schema: { anyOf: [first.schema, second.schema], markdownDescription: doc },
});

const hasKey = ({ children = [] }: Node, key: string): boolean =>
  children.some((property) => property.children?.[0]?.value === key);
