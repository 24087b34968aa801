import { jsonString, type Layer, plain, xmlText } from './layer.ts';
import { odataRules } from './odata.ts';
import { captures, type Grammar, type Rule } from './rule.ts';
import { xppRules } from './xpp.ts';

const GENERATED = 'Written by grammars/build.ts; change grammars/source/ instead.';

/** A place where a filter is a JSON string. */
interface Place {
  /** How the filter inside the string is written. */
  readonly filter: Layer;
  /** How the string's own quotes and its key are written. */
  readonly host: Layer;
  /** What the grammar of the document knows in that key. */
  readonly escapes: readonly Rule[];
  /** Where a string ends that nobody closes. */
  readonly unclosed: 'beforeNextProperty' | 'withLine';
}

const json = jsonString('json', plain);
const record = jsonString('record', json);

/** A map in a file of its own, or in a CDATA section. */
const inJson: Place = { filter: json, host: plain, escapes: [], unclosed: 'beforeNextProperty' };

/** A map that is a string in a record of the Web API, or in such a string once more. */
const inRecord: Place = { filter: record, host: json, escapes: json.escapes, unclosed: 'withLine' };
const inEncodedRecord: Place = {
  filter: jsonString('encoded', record),
  host: record,
  escapes: json.escapes,
  unclosed: 'withLine',
};

/** A map in a solution. */
const inXml: Place = {
  filter: jsonString('xml', xmlText),
  host: xmlText,
  escapes: xmlText.escapes,
  unclosed: 'beforeNextProperty',
};

const SIDES = [
  {
    key: 'sourceFilter',
    language: 'dualwrite-xpp',
    rules: xppRules,
    // VS Code reads the token type off the word "string" in a scope, and takes tokenTypes from the manifest for
    // the outer grammar only. Without it, it would close a typed `"` with another, and end the JSON string.
    content: 'meta.embedded.inline.dualwrite-xpp meta.string.dualwrite-xpp',
  },
  {
    key: 'reversedSourceFilter',
    language: 'dualwrite-odata',
    rules: odataRules,
    content: 'meta.embedded.inline.dualwrite-odata',
  },
] as const;

const BEGIN = 'string.quoted.double.json punctuation.definition.string.begin.json';
const END = 'string.quoted.double.json punctuation.definition.string.end.json';

/**
 * The string of a filter ends with its quote. One that nobody closes ends before the next property, since a line
 * break in the string may be a slip; inside another string, which has no lines, it ends with the line.
 */
function filterString(
  { filter, host, unclosed }: Place,
  side: (typeof SIDES)[number],
  opening: Required<Pick<Rule, 'begin' | 'beginCaptures'>>,
): Rule {
  const quote = host.char('"');
  const nextProperty = String.raw`(?=^\s*(?:${quote}[\w$]+${quote}\s*:|[}\]]))`;
  const ends = [`(${quote})`, unclosed === 'withLine' ? '$' : nextProperty];
  if (host.end !== '') ends.push(`(?=${host.end})`);
  return {
    ...opening,
    end: ends.join('|'),
    endCaptures: captures(END),
    contentName: side.content,
    patterns: [{ include: `#${side.language}-${filter.id}` }],
  };
}

/** Filters in text that no JSON grammar reads: found with their keys. */
const filtersWithKeys = (place: Place): readonly Rule[] =>
  SIDES.map((side) => {
    const quote = place.host.char('"');
    const keyQuote = { patterns: place.escapes };
    return filterString(place, side, {
      begin: String.raw`(${quote})${side.key}(${quote})\s*:\s*(${quote})`,
      beginCaptures: { 1: keyQuote, 2: keyQuote, 3: { name: BEGIN } },
    });
  });

const repositoryOf = (places: readonly Place[]): Readonly<Record<string, Rule>> =>
  Object.fromEntries(
    places.flatMap(({ filter }) =>
      SIDES.map(({ language, rules }) => [`${language}-${filter.id}`, { patterns: rules(filter) }]),
    ),
  );

/**
 * Where the JSON grammar expects the value of this key. `\G`, the end of the colon it has just read, spares a search
 * in every line of every JSON file. The key is behind it, where only text of known length can be found.
 */
const valueOf = (key: string): Required<Pick<Rule, 'begin' | 'beginCaptures'>> => ({
  begin: String.raw`\G(?<="${key}":|"${key}"\s:)\s*(")`,
  beginCaptures: captures(BEGIN),
});

/** The string that a record of the Web API keeps its map in; else it is a string like any other. */
const mappingString: Rule = {
  ...valueOf('msdyn_mapping'),
  end: '(")|$',
  endCaptures: captures(END),
  contentName: 'string.quoted.double.json',
  patterns: [...[inRecord, inEncodedRecord].flatMap(filtersWithKeys), ...json.escapes],
};

export const jsonInjection: Grammar = {
  name: 'Dual-write filters in JSON',
  comment: GENERATED,
  scopeName: 'dualwrite.filters.json',
  injectionSelector:
    'L:source.json meta.structure.dictionary.value - string - comment - meta.embedded',
  patterns: [...SIDES.map((side) => filterString(inJson, side, valueOf(side.key))), mappingString],
  repository: repositoryOf([inJson, inRecord, inEncodedRecord]),
};

const TAG = String.raw`<(?!!\[CDATA\[)`;

/** JSON stands in a CDATA section as it is. The scopes are those of the XML grammar, which this rule replaces. */
const cdata: Rule = {
  begin: String.raw`(<!\[CDATA\[)`,
  beginCaptures: captures('punctuation.definition.string.begin.xml'),
  end: String.raw`(\]\]>)`,
  endCaptures: captures('punctuation.definition.string.end.xml'),
  name: 'string.unquoted.cdata.xml',
  patterns: filtersWithKeys({ ...inJson, host: { ...plain, end: String.raw`\]\]>` } }),
};

/**
 * Ends at any tag: a mapping holds none, and a mapping that is never closed must not swallow the solution.
 * Its start tag has the scopes of the XML grammar, which this rule replaces.
 */
const mappingElement: Rule = {
  begin: String.raw`(<)(msdyn_mapping)\s*(>)`,
  beginCaptures: captures(
    'meta.tag.xml punctuation.definition.tag.xml',
    'meta.tag.xml entity.name.tag.localname.xml',
    'meta.tag.xml punctuation.definition.tag.xml',
  ),
  end: `(?=${TAG})`,
  contentName: 'meta.mapping.dualwrite',
  patterns: [cdata, ...filtersWithKeys(inXml), ...xmlText.escapes],
};

export const xmlInjection: Grammar = {
  name: 'Dual-write filters in XML',
  comment: GENERATED,
  scopeName: 'dualwrite.filters.xml',
  injectionSelector: 'L:text.xml - meta.tag - comment - string - meta.mapping',
  patterns: [mappingElement],
  repository: repositoryOf([inXml, inJson]),
};

const standalone = (name: string, language: string, rules: readonly Rule[]): Grammar => ({
  name,
  comment: GENERATED,
  scopeName: `source.${language}`,
  patterns: rules,
});

export const xpp = standalone('Dual-write filter (X++)', 'dualwrite-xpp', xppRules(plain));
export const odata = standalone('Dual-write filter (OData)', 'dualwrite-odata', odataRules(plain));
