import type { XppToken } from './tokens.ts';
import { readsAs } from './tokens.ts';

/** The declared types of variables at a place of X++ code; what is not declared has none. */
export interface Scopes {
  /** The declared type of a variable. Undefined for what is not declared or declared as `var`. */
  readonly typeOf: (name: string) => string | undefined;
  /** The declared type of a member of the class. */
  readonly memberType: (name: string) => string | undefined;
}

/** Words that stand before a name without being its type. */
const NO_TYPES = new Set(
  `abstract as asc breakpoint by case catch client const crosscompany default delegate delete_from desc display do
  edit else exists extends final finally firstfast firstonly firstonly1 firstonly10 firstonly100 firstonly1000 flush
  for forceliterals forcenestedloop forceplaceholders forceselectorder forupdate from generateonly group hint if
  implements in index insert_recordset internal is join like namespace new next nofetch not notexists
  optimisticlock order outer pessimisticlock print private protected public readonly repeatableread return reverse
  select server setting static super switch throw try ttsabort ttsbegin ttscommit update_recordset using
  validtimestate void where while class interface`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);

/**
 * Follows the braces of X++ code. `visit` is called for each token with the variables that can be seen there.
 *
 * @param base variables declared around the code: those of the class and of the form's data sources, in lower case.
 * @returns the variables left declared outside of all braces, or directly inside the first pair: the members of a class.
 */
export function walkScopes(
  tokens: readonly XppToken[],
  base: ReadonlyMap<string, string>,
  visit: (index: number, scopes: Scopes) => void,
): ReadonlyMap<string, string> {
  const stack: Map<string, string>[] = [new Map()];
  const members = new Map(base);
  let parameters = new Map<string, string>();
  let parentheses = 0;
  const scopes: Scopes = {
    typeOf: (name) => {
      for (let level = stack.length - 1; level >= 0; level--) {
        const type = stack[level]?.get(name);
        if (type !== undefined) return type === 'var' ? undefined : type;
      }
      return members.get(name);
    },
    memberType: (name) => members.get(name),
  };
  for (const [index, { key }] of tokens.entries()) {
    if (key === '(') parentheses += 1;
    else if (key === ')') parentheses = Math.max(0, parentheses - 1);
    else if (key === '{') {
      stack.push(parameters);
      parameters = new Map();
      parentheses = 0;
    } else if (key === '}') {
      if (stack.length > 1) stack.pop();
    } else if (key === ';' && parentheses === 0) parameters = new Map();
    for (const { name, type } of declaredAt(tokens, index)) {
      if (parentheses > 0) parameters.set(name, type);
      else {
        stack.at(-1)?.set(name, type);
        if (stack.length <= 2) members.set(name, type);
      }
    }
    visit(index, scopes);
  }
  return members;
}

interface Declared {
  readonly name: string;
  readonly type: string;
}

/** `CustTable custTable, other = CustTable::find(id);` declares two variables. */
function declaredAt(tokens: readonly XppToken[], index: number): readonly Declared[] {
  const [type, first] = [tokens[index], tokens[index + 1]];
  if (type?.kind !== 'name' || first?.kind !== 'name' || NO_TYPES.has(type.key)) return [];
  // Behind a dot or a scope it is the end of an expression, behind a number sign the name of a macro.
  if (['.', '::', '#'].includes(tokens[index - 1]?.key ?? '')) return [];
  if (NO_TYPES.has(first.key)) return [];
  if (!ENDS.has(tokens[index + 2]?.key ?? '')) return [];
  const declared = [{ name: first.key, type: type.key }];
  let next = index + 2;
  for (;;) {
    if (tokens[next]?.key === '=' || tokens[next]?.key === '[') next = endOfValue(tokens, next);
    // `a, int b` goes on with a type: parameters of a method.
    if (tokens[next]?.key !== ',' || !readsAs(tokens, next + 1, ['name'])) return declared;
    const name = tokens[next + 1];
    if (name === undefined || !ENDS.has(tokens[next + 2]?.key ?? '')) return declared;
    declared.push({ name: name.key, type: type.key });
    next += 2;
  }
}

const ENDS = new Set([';', ',', '=', ')', '[']);

/** The comma, semicolon or parenthesis that ends the value that begins at `index`. */
function endOfValue(tokens: readonly XppToken[], index: number): number {
  let depth = 0;
  for (let at = index; at < tokens.length; at++) {
    const key = tokens[at]?.key ?? '';
    if (key === '(' || key === '[' || key === '{') depth += 1;
    else if (key === ')' || key === ']' || key === '}') {
      depth -= 1;
      if (depth < 0) return at;
    } else if (depth === 0 && (key === ',' || key === ';')) return at;
  }
  return tokens.length;
}
