import type { Layer } from './layer.ts';
import { captures, oneOf, type Rule } from './rule.ts';
import { CURLY_QUOTE, GUID, WORD, WORD_END, word } from './words.ts';

const SUFFIX = 'dualwrite-odata';

const KEYWORDS = {
  logical: ['and', 'or', 'not'],
  comparison: ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'in', 'has'],
  arithmetic: ['add', 'sub', 'mul', 'divby', 'div', 'mod'],
};

const FUNCTIONS = [
  'contains startswith endswith length indexof substring substringof tolower toupper trim concat',
  'replace matchesPattern year month day hour minute second fractionalseconds totalseconds date',
  'time totaloffsetminutes now mindatetime maxdatetime round floor ceiling cast isof case',
  'hassubset hassubsequence',
].flatMap((names) => names.split(' '));

const NAME = String.raw`${WORD}(?:\.${WORD})*`;

/** An OData `$filter`, spelled as `layer` says (src/filter/odata/tokens.ts). */
export function odataRules(layer: Layer): readonly Rule[] {
  const { char, space } = layer;
  const text = (characters: string): string =>
    Array.from(characters, (character) => char(character)).join('');
  const one = (match: string, name: string): Rule => ({ match, name: `${name}.${SUFFIX}` });
  const call = `(?=${space}*${char('(')})`;
  const valueEnd = String.raw`(?![\w-])`;
  const keywords = Object.values(KEYWORDS).flat();

  return [
    one(oneOf(GUID + valueEnd, char('{') + GUID + char('}')), 'constant.other.guid'),
    one(
      `-?[0-9]{4,}-[0-9]{1,2}-[0-9]{1,2}[Tt][0-9:.]*${oneOf('[Zz]', `${oneOf(char('+'), '-')}[0-9:]*`)}?${valueEnd}`,
      'constant.numeric.datetime',
    ),
    one(`-?[0-9]{4,}-[0-9]{1,2}-[0-9]{1,2}${valueEnd}`, 'constant.numeric.date'),
    one(
      oneOf(
        ...['/', '.', '\\'].map(
          (separator) => `[0-9]{1,2}${char(separator)}[0-9]{1,2}${char(separator)}[0-9]{4}`,
        ),
      ) + WORD_END,
      'invalid.illegal.date',
    ),
    one(String.raw`[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?![\w:])`, 'constant.numeric.time'),
    one(String.raw`[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])`, 'constant.numeric'),
    one(String.raw`[+-]?[0-9][\w.]*(?:-\w+)*`, 'invalid.illegal.number'),
    quoted(layer, {
      before: '(?i:(duration|binary|geography|geometry|guid|datetimeoffset|datetime|time))',
      beforeName: `storage.type.${SUFFIX}`,
      content: 'string.quoted.single',
    }),
    quoted(layer, {
      before: `(?!(?i:${keywords.join('|')})${char("'")})(${NAME})`,
      beforeName: `entity.name.type.enum.${SUFFIX}`,
      content: 'string.quoted.single.enum',
    }),
    quoted(layer, { before: '()', beforeName: '', content: 'string.quoted.single' }),
    doubleQuoted(layer),
    one(CURLY_QUOTE, 'invalid.illegal.quote'),
    one(String.raw`${char('<')}[A-Za-z][\w-]*${char('>')}`, 'constant.other.placeholder'),
    ...Object.entries(KEYWORDS).map(([name, words]) =>
      one(String.raw`${word(...words)}(?!\.)`, `keyword.operator.wordlike.${name}`),
    ),
    one(word('und', 'oder', 'nicht', 'および', 'または'), 'invalid.illegal.operator'),
    one(word('null', 'true', 'false'), 'constant.language'),
    one(`(?:-?INF|NaN)${WORD_END}`, 'constant.language'),
    one(`(?<=/)${word('any', 'all')}${call}`, 'keyword.other.lambda'),
    {
      match: `(${WORD})(:)`,
      captures: captures(
        `variable.parameter.lambda.${SUFFIX}`,
        `punctuation.separator.lambda.${SUFFIX}`,
      ),
    },
    one(String.raw`\$[A-Za-z][A-Za-z0-9]*`, 'variable.language'),
    one(String.raw`@${WORD}(?:\.${WORD})*(?:#${WORD})?`, 'variable.parameter'),
    {
      match: String.raw`(${WORD}(?:\.${WORD})*\.)(${WORD})${call}`,
      captures: captures(`entity.name.namespace.${SUFFIX}`, `support.function.query.${SUFFIX}`),
    },
    one(word(...FUNCTIONS) + call, 'support.function'),
    one(WORD + call, 'entity.name.function'),
    one(`${WORD}(?=${char('/')})`, 'variable.other.object'),
    one(`_[A-Za-z0-9_]+_value${WORD_END}`, 'variable.other.field.lookup'),
    one(NAME, 'variable.other.field'),
    // What X++ and SQL write; the Web API knows the words alone (`dualwrite.md` 3.2).
    one(
      oneOf(...['&&', '||', '==', '!=', '<>', '<=', '>=', '<', '>', '!', '&', '|'].map(text)),
      'invalid.illegal.operator',
    ),
    one(oneOf(...['+', '*', '%'].map(text)), 'invalid.illegal.operator'),
    one(char('='), 'keyword.operator.assignment'),
    one('-', 'keyword.operator.arithmetic'),
    one(char('/'), 'punctuation.accessor'),
    ...brackets(char),
    one(char(','), 'punctuation.separator.arguments'),
    one(';', 'punctuation.separator.options'),
    ...layer.escapes,
    one('[#`~^?]', 'invalid.illegal.character'),
  ];
}

interface Quoted {
  /** What stands before the quote, in a group. */
  readonly before: string;
  readonly beforeName: string;
  readonly content: string;
}

const orEnd = ({ end }: Layer): string => (end === '' ? '|$' : `|(?=${end})|$`);

/** The quote is doubled inside, so one that is followed by another ends nothing. */
function quoted(layer: Layer, { before, beforeName, content }: Quoted): Rule {
  const quote = layer.char("'");
  const name = `${content}.${SUFFIX}`;
  return {
    begin: `${before}(${quote})`,
    beginCaptures: captures(beforeName, `${name} punctuation.definition.string.begin.${SUFFIX}`),
    end: `(${quote})(?!${quote})${orEnd(layer)}`,
    endCaptures: captures(`${name} punctuation.definition.string.end.${SUFFIX}`),
    contentName: name,
    patterns: [
      { match: quote + quote, name: `constant.character.escape.${SUFFIX}` },
      ...layer.escapes,
    ],
  };
}

/** A text in the JSON array of a query function. */
function doubleQuoted(layer: Layer): Rule {
  const quote = layer.char('"');
  const name = `string.quoted.double.${SUFFIX}`;
  return {
    begin: `(${quote})`,
    beginCaptures: captures(`${name} punctuation.definition.string.begin.${SUFFIX}`),
    end: `(${quote})${orEnd(layer)}`,
    endCaptures: captures(`${name} punctuation.definition.string.end.${SUFFIX}`),
    contentName: name,
    patterns: [
      { match: layer.char('\\') + layer.unit, name: `constant.character.escape.${SUFFIX}` },
      ...layer.escapes,
    ],
  };
}

const brackets = (char: Layer['char']): readonly Rule[] =>
  (
    [
      ['(', 'parens.begin'],
      [')', 'parens.end'],
      ['[', 'brackets.begin'],
      [']', 'brackets.end'],
      ['{', 'braces.begin'],
      ['}', 'braces.end'],
    ] as const
  ).map(([character, name]) => ({
    match: char(character),
    name: `punctuation.section.${name}.${SUFFIX}`,
  }));
