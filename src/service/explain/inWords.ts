import type {
  Comparison,
  ComparisonOperator,
  Condition,
  Junction,
  KnownOperand,
  Value,
} from '../../filter/meaning/condition.ts';
import { digitsOf } from '../../filter/meaning/numbers.ts';
import { type FieldComparison, fieldWithKnown } from '../../filter/meaning/evaluate.ts';
import type { Translate } from '../../problem/message.ts';

/**
 * A filter as one sentence in plain words: "Keeps the rows in which Status is one of “A” and “B”."
 * Undefined where a part has no known meaning: a sentence that leaves something out would be wrong.
 */
export function inWords(condition: Condition, translate: Translate): string | undefined {
  if (condition.kind === 'always') return translate('words.everyRow');
  const phrase = phraseOf(condition, false, translate);
  return phrase === undefined
    ? undefined
    : translate('words.keeps', { condition: textOf(phrase, translate) });
}

/** One comparison, or its contrary, as a clause: "Status is not “A”". */
export function comparisonInWords(
  comparison: Comparison,
  isNegated: boolean,
  translate: Translate,
): string {
  const mixed = fieldWithKnown(comparison);
  return mixed === undefined
    ? betweenFields(comparison, isNegated, translate)
    : clauseOf(mixed, isNegated, translate);
}

type Phrase =
  | { readonly kind: 'clause'; readonly text: string }
  | { readonly kind: 'and' | 'or'; readonly phrases: readonly Phrase[] };

/**
 * Negations go down to the comparisons, by De Morgan's laws, which hold with UNKNOWN too: "not (A or B)" is
 * harder to read than "neither".
 */
function phraseOf(
  condition: Condition,
  isNegated: boolean,
  translate: Translate,
): Phrase | undefined {
  switch (condition.kind) {
    case 'comparison':
      return clause(comparisonInWords(condition, isNegated, translate));
    case 'not':
      return phraseOf(condition.term, !isNegated, translate);
    case 'and':
    case 'or': {
      const kind = (condition.kind === 'and') === isNegated ? 'or' : 'and';
      const phrases = junctionPhrases(condition, kind, isNegated, translate);
      if (phrases === undefined) return undefined;
      const [only, ...others] = phrases;
      return only !== undefined && others.length === 0 ? only : { kind, phrases };
    }
    case 'always':
      return clause(translate(isNegated ? 'words.never' : 'words.always'));
    case 'unreadable':
      return undefined;
  }
}

function junctionPhrases(
  { terms }: Junction,
  kind: 'and' | 'or',
  isNegated: boolean,
  translate: Translate,
): readonly Phrase[] | undefined {
  const phrases: Phrase[] = [];
  for (const part of withChoices(terms, kind, isNegated)) {
    const phrase =
      'values' in part
        ? clause(
            translate(kind === 'or' ? 'words.oneOf' : 'words.noneOf', {
              field: part.field,
              values: listOf(
                kind === 'or' ? 'or' : 'and',
                part.values.map((value) => valueText(value, translate)),
                translate,
              ),
            }),
          )
        : phraseOf(part.term, isNegated, translate);
    if (phrase === undefined) return undefined;
    // A junction of its own kind within is the same list.
    if (phrase.kind === kind) phrases.push(...phrase.phrases);
    else phrases.push(phrase);
  }
  return phrases;
}

type Part =
  | { readonly term: Condition }
  | { readonly field: string; readonly values: readonly KnownOperand[] };

/** `A == 1 || A == 2` is a choice among values; it stands where its first comparison stood. */
function withChoices(
  terms: readonly Condition[],
  kind: 'and' | 'or',
  isNegated: boolean,
): readonly Part[] {
  const wanted = (kind === 'or') !== isNegated ? 'eq' : 'ne';
  const choices = new Map<string, { field: string; values: KnownOperand[] }>();
  const parts: Part[] = [];
  const keyOf = (term: Condition): FieldComparison | undefined => {
    const mixed = term.kind === 'comparison' ? fieldWithKnown(term) : undefined;
    const isValue =
      mixed?.literal.kind === 'literal' &&
      (mixed.literal.value.type !== 'text' || mixed.literal.value.text !== '');
    return mixed?.operator === wanted && isValue ? mixed : undefined;
  };
  const counts = new Map<string, number>();
  for (const term of terms) {
    const key = keyOf(term)?.field.name.toLowerCase();
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const term of terms) {
    const mixed = keyOf(term);
    const key = mixed?.field.name.toLowerCase() ?? '';
    if (mixed === undefined || (counts.get(key) ?? 0) < 2) {
      parts.push({ term });
      continue;
    }
    const choice = choices.get(key);
    if (choice !== undefined) {
      choice.values.push(mixed.literal);
      continue;
    }
    const started = { field: mixed.field.name, values: [mixed.literal] };
    choices.set(key, started);
    parts.push(started);
  }
  return parts;
}

const clause = (text: string): Phrase => ({ kind: 'clause', text });

/** Lists within lists stand in parentheses: the words "and" and "or" alone don't tell what belongs together. */
function textOf(phrase: Phrase, translate: Translate): string {
  if (phrase.kind === 'clause') return phrase.text;
  const texts = phrase.phrases.map((part) =>
    part.kind === 'clause' ? part.text : `(${textOf(part, translate)})`,
  );
  return listOf(phrase.kind, texts, translate);
}

function listOf(kind: 'and' | 'or', texts: readonly string[], translate: Translate): string {
  const type = kind === 'and' ? 'conjunction' : 'disjunction';
  return new Intl.ListFormat(translate('language.tag'), { type }).format(texts);
}

const NEGATED: Readonly<Record<Exclude<ComparisonOperator, 'like'>, ComparisonOperator>> = {
  eq: 'ne',
  ne: 'eq',
  lt: 'ge',
  le: 'gt',
  gt: 'le',
  ge: 'lt',
};

function clauseOf(
  { field, operator, literal }: FieldComparison,
  isNegated: boolean,
  translate: Translate,
): string {
  if (operator === 'like') return likeClause(field.name, literal, isNegated, translate);
  const shown = isNegated ? NEGATED[operator] : operator;
  const isNothing =
    literal.kind === 'constant'
      ? literal.constant === null
      : literal.kind === 'literal' && literal.value.type === 'text' && literal.value.text === '';
  if (isNothing && (shown === 'eq' || shown === 'ne')) {
    const nothing = literal.kind === 'constant' ? 'null' : 'empty';
    return translate(`words.${shown}.${nothing}`, { field: field.name });
  }
  return translate(`words.${shown}${suffixOf(literal, shown)}`, {
    field: field.name,
    value: valueText(literal, translate),
  });
}

/** Texts come before and after one another in the order of the alphabet, moments in time. */
function suffixOf(literal: KnownOperand, operator: ComparisonOperator): string {
  if (operator === 'eq' || operator === 'ne' || literal.kind !== 'literal') return '';
  const { type } = literal.value;
  if (type === 'date' || type === 'datetime') return '.time';
  return type === 'number' ? '' : '.text';
}

function likeClause(
  field: string,
  literal: KnownOperand,
  isNegated: boolean,
  translate: Translate,
): string {
  const not = isNegated ? '.not' : '';
  if (literal.kind === 'pattern' && !/[%_[]/u.test(literal.text)) {
    const value = quoted(literal.text, translate);
    return translate(`words.${literal.match}${not}`, { field, value });
  }
  const text =
    literal.kind === 'literal' && literal.value.type === 'text' ? literal.value.text : '';
  const simple = /^(\*?)([^*?]+)(\*?)$/u.exec(text);
  if (simple !== null && (simple[1] !== '' || simple[3] !== '')) {
    const [, before, middle = '', after] = simple;
    const match = before === '' ? 'startswith' : after === '' ? 'endswith' : ('contains' as const);
    return translate(`words.${match}${not}`, { field, value: quoted(middle, translate) });
  }
  const value =
    literal.kind === 'pattern' ? quoted(literal.text, translate) : valueText(literal, translate);
  return translate(`words.like${not}`, { field, value });
}

function betweenFields(
  { left, operator, right }: Comparison,
  isNegated: boolean,
  translate: Translate,
): string {
  const name = (operand: Comparison['left']): string =>
    operand.kind === 'field' ? operand.name : valueText(operand, translate);
  const args = { field: name(left), value: name(right) };
  if (operator === 'like') return translate(`words.like${isNegated ? '.not' : ''}`, args);
  return translate(`words.${isNegated ? NEGATED[operator] : operator}`, args);
}

function valueText(known: KnownOperand, translate: Translate): string {
  switch (known.kind) {
    case 'literal':
      return literalText(known.value, translate);
    case 'constant':
      return known.constant === null
        ? 'NULL'
        : translate(known.constant ? 'words.yes' : 'words.no');
    case 'pattern':
      return quoted(known.text, translate);
  }
}

function literalText(value: Value, translate: Translate): string {
  switch (value.type) {
    case 'text':
      return quoted(value.text, translate);
    case 'number':
      return digitsOf(value);
    case 'date':
    case 'datetime':
      return momentText(value.iso, value.type, translate);
    case 'enum':
      return value.element;
    case 'guid':
      return value.guid;
  }
}

/** As the language writes a day; what is no day that exists stays as it is. */
function momentText(iso: string, type: 'date' | 'datetime', translate: Translate): string {
  const moment = new Date(type === 'date' ? `${iso.slice(0, 10)}T00:00:00Z` : `${iso}Z`);
  if (Number.isNaN(moment.getTime())) return iso;
  return new Intl.DateTimeFormat(translate('language.tag'), {
    dateStyle: 'long',
    ...(type === 'datetime' ? { timeStyle: 'medium' } : {}),
    timeZone: 'UTC',
  }).format(moment);
}

const quoted = (text: string, translate: Translate): string => translate('words.quoted', { text });
