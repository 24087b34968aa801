import type { Node } from 'jsonc-parser';

/** An object or a list of JSON that was read whole. */
interface CorrectNode extends Node {
  /** The value of a property, found without looking at the others. The last of equal keys counts. */
  readonly named: (name: string) => Node | undefined;
}

/**
 * Reads JSON without mistakes, comments allowed, as jsonc-parser would; undefined at the first thing that is anything
 * else. Nearly every map is correct, and each value of it is looked at once. So a value is kept as three numbers, and a
 * node is made when somebody asks for it: a map of 8 MB takes 9 MB for a moment and not 100, and a fifth of the time
 * (bench/server, `performance.md` 2). That both ways tell the same, test/unit/text/correctJson.test.ts holds.
 */
export function readCorrectJson(text: string): Node | undefined {
  const tape = readTape(text);
  return tape === undefined ? undefined : nodeAt(tape, 0);
}

export const isCorrectNode = (node: Node): node is CorrectNode => node instanceof Container;

/** For each value, in the order of the text: where it begins, where it ends, and the number of what follows it. */
interface Tape {
  readonly text: string;
  readonly numbers: Uint32Array;
  /** The numbers of keys with escapes; hardly any map has one. */
  readonly escapedKeys: ReadonlySet<number>;
}

/** Deeper than any map; whoever looks into the values may call itself for each level. */
const DEEPEST = 500;

const [START, END, NEXT, WIDTH] = [0, 1, 2, 3];

/** Blanks and comments. */
const BLANK = /(?:[ \t\r\n]+|\/\/[^\r\n]*|\/\*[^]*?\*\/)*/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;
const HEX = /[\da-fA-F]{4}/uy;

const [QUOTE, BACKSLASH, COMMA, SLASH, COLON] = [34, 92, 44, 47, 58];
const [ARRAY, ARRAY_END, OBJECT, OBJECT_END] = [91, 93, 123, 125];
const [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE] = [9, 10, 13, 32];

function readTape(text: string): Tape | undefined {
  let numbers = new Uint32Array(WIDTH * (16 + (text.length >> 3)));
  let count = 0;
  let offset = 0;
  /** The numbers of the lists and objects that are open. */
  const open: number[] = [];
  const escapedKeys = new Set<number>();

  const begin = (start: number): number => {
    if ((count + 1) * WIDTH > numbers.length) {
      const longer = new Uint32Array(numbers.length * 2);
      longer.set(numbers);
      numbers = longer;
    }
    numbers[count * WIDTH + START] = start;
    return count++;
  };
  const finish = (value: number, end: number): void => {
    numbers[value * WIDTH + END] = end;
    numbers[value * WIDTH + NEXT] = count;
    offset = end;
  };
  const skipBlanks = (): number => {
    let unit = text.charCodeAt(offset);
    while (unit === SPACE || unit === LINE_FEED || unit === CARRIAGE_RETURN || unit === TAB) {
      unit = text.charCodeAt((offset += 1));
    }
    if (unit !== SLASH) return unit;
    offset = endOf(BLANK, text, offset) ?? offset;
    return text.charCodeAt(offset);
  };
  const string = (): boolean => {
    const end = endOfString(text, offset);
    if (end !== undefined) finish(begin(offset), end);
    return end !== undefined;
  };
  /** A value that holds no other. */
  const leaf = (unit: number): boolean => {
    if (unit === QUOTE) return string();
    const word = ['true', 'false', 'null'].find((each) => text.startsWith(each, offset));
    const end = word === undefined ? endOf(NUMBER, text, offset) : offset + word.length;
    if (end !== undefined) finish(begin(offset), end);
    return end !== undefined;
  };
  /** The key of a property, up to its value. */
  const key = (): boolean => {
    if (skipBlanks() !== QUOTE) return false;
    const start = offset;
    if (!string()) return false;
    if (text.slice(start, offset).includes('\\')) escapedKeys.add(count - 1);
    if (skipBlanks() !== COLON) return false;
    offset += 1;
    return true;
  };
  const isObject = (value: number | undefined): boolean =>
    value !== undefined && text.charCodeAt(numbers[value * WIDTH + START] ?? 0) === OBJECT;

  for (;;) {
    const unit = skipBlanks();
    if (unit === OBJECT || unit === ARRAY) {
      const value = begin(offset);
      offset += 1;
      open.push(value);
      if (open.length > DEEPEST) return undefined;
      if (skipBlanks() !== (unit === OBJECT ? OBJECT_END : ARRAY_END)) {
        if (unit === OBJECT && !key()) return undefined;
        continue;
      }
    } else if (!leaf(unit)) return undefined;

    for (;;) {
      const value = open.at(-1);
      const after = skipBlanks();
      if (value === undefined) {
        return offset === text.length
          ? { text, numbers: numbers.subarray(0, count * WIDTH), escapedKeys }
          : undefined;
      }
      if (after === COMMA) {
        offset += 1;
        if (isObject(value) && !key()) return undefined;
        break;
      }
      if (after !== (isObject(value) ? OBJECT_END : ARRAY_END)) return undefined;
      open.pop();
      finish(value, offset + 1);
    }
  }
}

/** Where a match that begins at `offset` ends. */
function endOf(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function endOfString(text: string, start: number): number | undefined {
  for (let offset = start + 1; ; offset += 1) {
    const unit = text.charCodeAt(offset);
    if (unit === QUOTE) return offset + 1;
    if (unit === BACKSLASH) {
      offset += 1;
      const escaped = text[offset] ?? '';
      if (escaped === 'u' ? endOf(HEX, text, offset + 1) === undefined : !ESCAPED.has(escaped)) {
        return undefined;
      }
    } else if (!(unit >= SPACE)) return undefined;
  }
}

const ESCAPED = new Set('"\\/bfnrt');

const nodeAt = (tape: Tape, at: number, parent?: Node): Node => {
  const first = tape.text[numberAt(tape, at, START)];
  return first === '{' || first === '['
    ? new Container(tape, at, first === '{' ? 'object' : 'array', parent)
    : new Leaf(tape, at, parent);
};

/** Classes, since an object of functions for each value would be ten times its size. */
class Place {
  readonly tape: Tape;
  readonly at: number;
  readonly parent?: Node;

  constructor(tape: Tape, at: number, parent: Node | undefined) {
    this.tape = tape;
    this.at = at;
    if (parent !== undefined) this.parent = parent;
  }

  get offset(): number {
    return numberAt(this.tape, this.at, START);
  }

  get length(): number {
    return numberAt(this.tape, this.at, END) - this.offset;
  }
}

class Leaf extends Place implements Node {
  get value(): unknown {
    return leafValue(this.tape, this.at);
  }

  get type(): 'string' | 'boolean' | 'null' | 'number' {
    switch (this.tape.text[this.offset]) {
      case '"':
        return 'string';
      case 't':
      case 'f':
        return 'boolean';
      case 'n':
        return 'null';
      default:
        return 'number';
    }
  }
}

class Container extends Place implements CorrectNode {
  readonly type: 'object' | 'array';

  constructor(tape: Tape, at: number, type: 'object' | 'array', parent: Node | undefined) {
    super(tape, at, parent);
    this.type = type;
  }

  get children(): Node[] {
    const { tape, type } = this;
    const children: Node[] = [];
    for (const at of this.#places()) {
      children.push(type === 'array' ? nodeAt(tape, at, this) : new Property(tape, at, this));
    }
    return children;
  }

  named(name: string): Node | undefined {
    const { tape } = this;
    const { text, numbers, escapedKeys } = tape;
    const quoted = name.length + 2;
    const end = numberAt(tape, this.at, NEXT);
    let found: number | undefined;
    for (let key = this.at + 1; key < end; key = numbers[(key + 1) * WIDTH + NEXT] ?? end) {
      const start = numbers[key * WIDTH + START] ?? 0;
      const length = (numbers[key * WIDTH + END] ?? 0) - start;
      const isNamed =
        escapedKeys.size > 0 && escapedKeys.has(key)
          ? leafValue(tape, key) === name
          : length === quoted && text.startsWith(name, start + 1);
      if (isNamed) found = key;
    }
    return found === undefined
      ? undefined
      : nodeAt(tape, found + 1, new Property(tape, found, this));
  }

  /** Of the items of a list, or the keys of an object. */
  #places(): readonly number[] {
    const { tape, type } = this;
    const places: number[] = [];
    const end = numberAt(tape, this.at, NEXT);
    let at = this.at + 1;
    while (at < end) {
      places.push(at);
      at = numberAt(tape, type === 'array' ? at : at + 1, NEXT);
    }
    return places;
  }
}

/** A key and its value, which stands behind it. */
class Property extends Place implements Node {
  get type(): 'property' {
    return 'property';
  }

  override get length(): number {
    return numberAt(this.tape, this.at + 1, END) - this.offset;
  }

  get children(): Node[] {
    return [nodeAt(this.tape, this.at, this), nodeAt(this.tape, this.at + 1, this)];
  }
}

const numberAt = ({ numbers }: Tape, at: number, which: number): number =>
  numbers[at * WIDTH + which] ?? 0;

const leafValue = (tape: Tape, at: number): unknown =>
  JSON.parse(tape.text.slice(numberAt(tape, at, START), numberAt(tape, at, END)));
