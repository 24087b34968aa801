import { type Layer, plain } from './layer.ts';
import { captures, oneOf, type Rule } from './rule.ts';
import { CURLY_QUOTE, GUID, WORD, WORD_END, word } from './words.ts';

const SUFFIX = 'dualwrite-xpp';

const RANGE_FUNCTIONS = [
  'day',
  'dayRange',
  'greaterThanDate',
  'greaterThanUtcDate',
  'greaterThanUtcNow',
  'lessThanDate',
  'lessThanUtcDate',
  'lessThanUtcNow',
  'monthRange',
  'yearRange',
];

/** An X++ range expression, spelled as `layer` says (src/filter/xpp/tokens.ts). */
export function xppRules(layer: Layer): readonly Rule[] {
  const { char, space } = layer;
  const text = (characters: string): string =>
    Array.from(characters, (character) => char(character)).join('');
  const digits = (count: string): string => `[0-9]{${count}}`;
  const one = (match: string, name: string): Rule => ({ match, name: `${name}.${SUFFIX}` });
  const call = `(?=${space}*${char('(')})`;

  return [
    one(
      `${digits('4')}-${digits('2')}-${digits('2')}T${digits('2')}:${digits('2')}:${digits('2')}`,
      'constant.numeric.datetime',
    ),
    one(
      digits('1,2') + char('\\') + digits('1,2') + char('\\') + digits('4') + WORD_END,
      'constant.numeric.date',
    ),
    one(
      oneOf(
        `${digits('4')}-${digits('2')}-${digits('2')}`,
        ...['/', '.'].map(
          (separator) =>
            digits('1,2') + char(separator) + digits('1,2') + char(separator) + digits('4'),
        ),
      ),
      'invalid.illegal.date',
    ),
    one(String.raw`-?[0-9]+\.[0-9]+(?:[eE]-?[0-9]+)?`, 'constant.numeric.real'),
    one('-?[0-9]+', 'constant.numeric.integer'),
    one(char('{') + GUID + char('}'), 'constant.other.guid'),
    one(`${char('%')}[0-9]+`, 'constant.other.placeholder'),
    ...quotes.flatMap((quote) => [pattern(layer, quote), string(layer, quote)]),
    one(CURLY_QUOTE, 'invalid.illegal.quote'),
    one(word('like'), 'keyword.operator.wordlike.comparison'),
    one(
      word(
        'and',
        'or',
        'not',
        'eq',
        'ne',
        'gt',
        'ge',
        'lt',
        'le',
        'und',
        'oder',
        'nicht',
        'および',
        'または',
      ),
      'invalid.illegal.operator',
    ),
    {
      match: `(${WORD})(${text('::')})(${WORD})${call}`,
      captures: captures(
        `entity.name.type.class.${SUFFIX}`,
        `punctuation.separator.scope.${SUFFIX}`,
        `entity.name.function.${SUFFIX}`,
      ),
    },
    {
      match: `(${WORD})(${text('::')})(${WORD})?`,
      captures: captures(
        `entity.name.type.enum.${SUFFIX}`,
        `punctuation.separator.scope.${SUFFIX}`,
        `variable.other.enummember.${SUFFIX}`,
      ),
    },
    one(word(...RANGE_FUNCTIONS) + call, 'support.function.range'),
    one(WORD + call, 'entity.name.function'),
    {
      match: `(${WORD})(${char('.')})(${WORD})?`,
      captures: captures(
        `variable.other.object.${SUFFIX}`,
        `punctuation.accessor.${SUFFIX}`,
        `variable.other.field.${SUFFIX}`,
      ),
    },
    one(WORD, 'variable.other.field'),
    one(text('<>'), 'invalid.illegal.operator'),
    one(oneOf(...['==', '!=', '<=', '>=', '<', '>', '='].map(text)), 'keyword.operator.comparison'),
    one(oneOf(...['&&', '||', '!'].map(text)), 'keyword.operator.logical'),
    one(oneOf(...['&', '|'].map(text)), 'invalid.illegal.operator'),
    ...brackets(layer),
    one(char(','), 'punctuation.separator.arguments'),
    one(text('::'), 'punctuation.separator.scope'),
    one(char('.'), 'punctuation.accessor'),
    ...layer.escapes,
    one('[;#$`~^]', 'invalid.illegal.character'),
  ];
}

interface Quote {
  readonly character: string;
  readonly name: string;
}

const quotes: readonly Quote[] = [
  { character: '"', name: 'double' },
  { character: "'", name: 'single' },
];

/** A string that nobody closes ends with its line, or with the text that the filter stands in. */
const stringEnd = (layer: Layer, quote: string): string =>
  `(${quote})|${layer.end === '' ? '' : `(?=${layer.end})|`}$`;

const insideString = (layer: Layer): readonly Rule[] => [
  { match: layer.char('\\') + layer.unit, name: `constant.character.escape.${SUFFIX}` },
  ...layer.escapes,
];

const begins = (name: string): string =>
  `string.quoted.${name}.${SUFFIX} punctuation.definition.string.begin.${SUFFIX}`;
const ends = (name: string): string =>
  `string.quoted.${name}.${SUFFIX} punctuation.definition.string.end.${SUFFIX}`;

function string(layer: Layer, { character, name }: Quote): Rule {
  const quote = layer.char(character);
  return {
    begin: `(${quote})`,
    beginCaptures: captures(begins(name)),
    end: stringEnd(layer, quote),
    endCaptures: captures(ends(name)),
    contentName: `string.quoted.${name}.${SUFFIX}`,
    patterns: insideString(layer),
  };
}

/** Only behind `like` are `*` and `?` wildcards. */
function pattern(layer: Layer, { character, name }: Quote): Rule {
  const quote = layer.char(character);
  return {
    begin: `(?i:(like))${layer.space}*(${quote})`,
    beginCaptures: captures(`keyword.operator.wordlike.comparison.${SUFFIX}`, begins(name)),
    end: stringEnd(layer, quote),
    endCaptures: captures(ends(name)),
    contentName: `string.quoted.${name}.${SUFFIX}`,
    patterns: [
      ...insideString(layer),
      { match: '[*?]', name: `constant.character.wildcard.${SUFFIX}` },
    ],
  };
}

/**
 * Brackets in strings are neither matched nor coloured in pairs. Where the filter is typed as string
 * (source/grammars.ts), `meta.embedded` makes its brackets code again.
 */
const brackets = ({ id, char }: Layer): readonly Rule[] =>
  (
    [
      ['(', 'parens.begin'],
      [')', 'parens.end'],
      ['[', 'brackets.begin'],
      [']', 'brackets.end'],
    ] as const
  ).map(([character, name]) => ({
    match: char(character),
    name: `${id === plain.id ? '' : `meta.embedded.bracket.${SUFFIX} `}punctuation.section.${name}.${SUFFIX}`,
  }));
