import type {
  Comparison,
  ComparisonOperator,
  Condition,
  KnownOperand,
  Value,
} from '../../filter/meaning/condition.ts';
import { emptyCellFor, evaluateComparison, fieldWithKnown } from '../../filter/meaning/evaluate.ts';
import { readMoment } from '../../filter/meaning/moments.ts';
import { digitsOf } from '../../filter/meaning/numbers.ts';
import {
  dataversePattern,
  folded,
  type Pattern,
  xppPattern,
} from '../../filter/meaning/patterns.ts';
import { collated, textOfValue, type Truth } from '../../filter/meaning/values.ts';
import { numberKeyOf, quotedForDuckDb as quoted, type Reading, SURE } from './duckDbReadings.ts';

/** What the reading of a column is called; asking for it is what makes a statement compute it. */
export type ReadingOf = (column: string, reading: Reading) => string;

/**
 * A condition as an expression of DuckDB over columns of text and what was read from them (duckDbReadings.ts), with the
 * answers that SQL Server gives (`dualwrite.md` 4.7): DuckDB decides AND, OR and NOT, but knows case, trailing blanks
 * and types otherwise. test/unit/preview/engines/duckDb.test.ts holds that it answers as the evaluator.
 *
 * @param column the SQL of a field's column.
 * @param nullAsEmpty whether NULL counts as the value X++ takes for nothing.
 */
export function duckDbOf(
  condition: Condition,
  column: (field: string) => string,
  reading: ReadingOf,
  nullAsEmpty: boolean,
): string {
  const render = (node: Condition): string => {
    switch (node.kind) {
      case 'comparison':
        return comparisonOf(node, column, reading, nullAsEmpty);
      case 'not':
        return `(NOT ${render(node.term)})`;
      case 'and':
      case 'or':
        return balanced(node.terms.map(render), node.kind === 'and' ? ' AND ' : ' OR ');
      case 'always':
        return 'TRUE';
      case 'unreadable':
        return UNKNOWN;
    }
  };
  return render(condition);
}

const UNKNOWN = 'NULL::BOOLEAN';

/** A long chain as a tree of little depth: DuckDB, too, limits how deep expressions nest. */
function balanced(terms: readonly string[], connector: string): string {
  if (terms.length <= 2) return `(${terms.join(connector)})`;
  const middle = terms.length >> 1;
  return `(${balanced(terms.slice(0, middle), connector)}${connector}${balanced(terms.slice(middle), connector)})`;
}

type Relation = Exclude<ComparisonOperator, 'like'>;

const SIGNS: Readonly<Record<Relation, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
};

function comparisonOf(
  comparison: Comparison,
  column: (field: string) => string,
  reading: ReadingOf,
  nullAsEmpty: boolean,
): string {
  const mixed = fieldWithKnown(comparison);
  if (mixed !== undefined) {
    const cell = column(mixed.field.name);
    const answer = knownOf(cell, mixed.operator, mixed.literal, reading);
    if (!nullAsEmpty) return answer;
    const empty = emptyCellFor(comparison);
    // What the empty value answers, the evaluator knows.
    return `CASE WHEN ${cell} IS NULL THEN ${truthOf(evaluateComparison(comparison, () => empty))} ELSE ${answer} END`;
  }
  const { left, operator, right } = comparison;
  if (right.kind !== 'field') return truthOf(evaluateComparison(comparison, () => null));
  const text = (cell: string): string => (nullAsEmpty ? `coalesce(${cell},'')` : cell);
  const rightCell = column(right.name);
  if (operator === 'like') {
    const leftText = left.kind === 'field' ? text(reading(column(left.name), 'folded')) : undefined;
    return `dw_like(${leftText ?? foldedText(left)},${text(reading(rightCell, 'folded'))})`;
  }
  // A field that meets what is known was answered above: these are two.
  return left.kind === 'field'
    ? fieldsOf(column(left.name), SIGNS[operator], rightCell, reading, text)
    : UNKNOWN;
}

/** Two fields: as numbers where both are, as text otherwise. */
function fieldsOf(
  left: string,
  sign: string,
  right: string,
  reading: ReadingOf,
  text: (cell: string) => string,
): string {
  const both = (kind: Reading): string => `${reading(left, kind)}${sign}${reading(right, kind)}`;
  const areNumbers = `${reading(left, 'number')} IS NOT NULL AND ${reading(right, 'number')} IS NOT NULL`;
  const areSure = `length(${left})<=${SURE} AND length(${right})<=${SURE}`;
  const arePlain = `${reading(left, 'key')} IS NOT NULL AND ${reading(right, 'key')} IS NOT NULL`;
  const asTexts = `${text(reading(left, 'collated'))}${sign}${text(reading(right, 'collated'))}`;
  return `CASE WHEN ${areNumbers} THEN CASE WHEN (${areSure}) OR NOT (${arePlain}) THEN ${both('number')} ELSE ${both('key')} END ELSE ${asTexts} END`;
}

const truthOf = (truth: Truth): string =>
  truth === undefined ? UNKNOWN : truth ? 'TRUE' : 'FALSE';

function foldedText(known: Comparison['left']): string {
  switch (known.kind) {
    case 'literal':
      return quoted(folded(textOfValue(known.value)));
    case 'pattern':
      return quoted(folded(known.text));
    case 'constant':
      return known.constant === null ? 'NULL::VARCHAR' : quoted(String(known.constant));
    case 'field':
      return 'NULL::VARCHAR';
  }
}

/** A cell that meets what is known. */
function knownOf(
  cell: string,
  operator: ComparisonOperator,
  known: KnownOperand,
  reading: ReadingOf,
): string {
  switch (known.kind) {
    case 'literal':
      return operator === 'like'
        ? likeOf(cell, known.value, reading)
        : valueOf(cell, operator, known.value, reading);
    case 'constant':
      if (operator !== 'eq' && operator !== 'ne') return UNKNOWN;
      return known.constant === null
        ? `((${cell} IS NULL)${SIGNS[operator]}TRUE)`
        : `(${reading(cell, 'boolean')}${SIGNS[operator]}${String(known.constant)})`;
    case 'pattern':
      return operator === 'like'
        ? matchOf(reading(cell, 'folded'), regexOf(dataversePattern(known)))
        : UNKNOWN;
  }
}

function valueOf(cell: string, operator: Relation, value: Value, reading: ReadingOf): string {
  const sign = SIGNS[operator];
  switch (value.type) {
    case 'number':
      return numberOf(cell, sign, digitsOf(value), reading);
    case 'date':
      return known(
        `substr(${reading(cell, 'moment')},1,10)`,
        sign,
        readMoment(value.iso)?.slice(0, 10),
      );
    case 'datetime':
      return known(reading(cell, 'moment'), sign, readMoment(value.iso));
    case 'enum':
      return known(reading(cell, 'collated'), sign, collated(value.element));
    case 'guid':
      return known(`translate(${reading(cell, 'collated')},'{}','')`, sign, collated(value.guid));
    case 'text':
      return value.caseSensitive === true
        ? exactOf(cell, operator, value.text, reading)
        : known(reading(cell, 'collated'), sign, collated(value.text));
  }
}

const known = (reading: string, sign: string, text: string | undefined): string =>
  text === undefined ? UNKNOWN : `(${reading}${sign}${quoted(text)})`;

/** Every digit counts where a double would round some away (src/filter/meaning/numbers.ts). */
function numberOf(cell: string, sign: string, digits: string, reading: ReadingOf): string {
  const asDouble = `${reading(cell, 'number')}${sign}${digits}::DOUBLE`;
  const key = numberKeyOf(digits);
  if (key === undefined) return `(${asDouble})`;
  const keyOfCell = reading(cell, digits.length <= SURE ? 'longKey' : 'key');
  return `CASE WHEN ${keyOfCell} IS NULL THEN ${asDouble} ELSE ${keyOfCell}${sign}${quoted(key)} END`;
}

/** With case apart: letters first, and lower before upper case where they are alike (exactText.ts). */
function exactOf(cell: string, operator: Relation, text: string, reading: ReadingOf): string {
  const sign = SIGNS[operator];
  const trimmed = quoted(text.replace(/ +$/u, ''));
  if (operator === 'eq' || operator === 'ne') return `(rtrim(${cell},' ')${sign}${trimmed})`;
  const letters = quoted(collated(text));
  const lettersOfCell = reading(cell, 'collated');
  return `(CASE WHEN ${lettersOfCell}<>${letters} THEN ${lettersOfCell}${sign}${letters} ELSE ${trimmed}${sign}rtrim(${cell},' ') END)`;
}

function likeOf(cell: string, value: Value, reading: ReadingOf): string {
  if (value.type !== 'text') return UNKNOWN;
  if (value.caseSensitive !== true) {
    return matchOf(reading(cell, 'folded'), regexOf(xppPattern(value.text)));
  }
  const regex = Array.from(value.text, (character) => {
    if (character === '*') return '.*';
    return character === '?' ? '.' : escaped(character);
  });
  return matchOf(cell, regex.join(''));
}

const matchOf = (text: string, regex: string): string =>
  `regexp_full_match(${text},${quoted(regex)},'s')`;

/** A pattern as RE2 has it, which takes linear time as we do. */
const regexOf = (pattern: Pattern): string =>
  pattern
    .map((part) => {
      switch (part.kind) {
        case 'run':
          return '.*';
        case 'any':
          return '.';
        case 'one':
          return escaped(part.character);
        case 'set':
          return setOf(part.ranges, part.isExcluded);
      }
    })
    .join('');

function setOf(ranges: readonly (readonly [string, string])[], isExcluded: boolean): string {
  // A range that runs backwards holds nothing; RE2 would refuse it.
  const held = ranges.filter(([from, to]) => from <= to);
  if (held.length === 0) return isExcluded ? '.' : String.raw`[^\x00-\x{10FFFF}]`;
  const content = held.map(([from, to]) => `${escaped(from)}-${escaped(to)}`).join('');
  return `[${isExcluded ? '^' : ''}${content}]`;
}

const escaped = (character: string): string =>
  `\\x{${(character.codePointAt(0) ?? 0).toString(16)}}`;
