import { decimalOf, textOfDecimal } from '../../filter/meaning/numbers.ts';

/**
 * What comparisons read from a cell of text, as src/filter/meaning/values.ts does, in functions of DuckDB. Each is
 * computed once per cell by a subquery, however many comparisons ask for it.
 */
export type Reading =
  /** Case ignored, one character for one. */
  | 'folded'
  /** Case and trailing blanks ignored. */
  | 'collated'
  /** As a double. */
  | 'number'
  /** Plain digits as text that sorts as their numbers do. */
  | 'key'
  /** The same for numbers that a double may round alone. */
  | 'longKey'
  /** As `readMoment` writes it: UTC, to the second. */
  | 'moment'
  | 'boolean';

/** Numbers of so many characters are told apart by a double. */
export const SURE = 15;

export const quotedForDuckDb = (text: string): string =>
  `'${text.replaceAll("'", "''").replaceAll('\0', "'||chr(0)||'")}'`;

/** What JavaScript takes for blank around a number. */
const BLANKS = [9, 10, 11, 12, 13, 32, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff]
  .concat(Array.from({ length: 11 }, (_, index) => 0x2000 + index))
  .map((code) => String.fromCodePoint(code))
  .join('');

/** Digits of the longest numbers that are told apart exactly, as in src/filter/meaning/numbers.ts. */
const DIGITS = 400;

/** U+FFFF is no character, so that no text holds it. */
const NO_CHARACTER = 'chr(65535)';

/** Functions that readings and comparisons call, to be created before. */
export const duckDbFunctions: readonly string[] = [
  // One character for one: İ is the only one whose small letter is longer.
  `CREATE MACRO dw_folded(t) AS replace(lower(replace(t,'İ',${NO_CHARACTER})),${NO_CHARACTER},'İ')`,
  `CREATE MACRO dw_trimmed(t) AS trim(t,${quotedForDuckDb(BLANKS)})`,
  String.raw`CREATE MACRO dw_is_number(t) AS regexp_full_match(t,'[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?')`,
  String.raw`CREATE MACRO dw_is_plain(t) AS regexp_full_match(t,'[+-]?\d{1,${DIGITS}}(\.\d{1,${DIGITS}})?')`,
  // The whole part at one length, then the fraction without zeros that say nothing.
  `CREATE MACRO dw_size(t) AS lpad(ltrim(split_part(ltrim(t,'+-'),'.',1),'0'),${DIGITS},'0')||'.'||rtrim(split_part(ltrim(t,'+-'),'.',2),'0')`,
  // Below zero the greater size is the smaller number.
  `CREATE MACRO dw_key(t,size) AS CASE WHEN t LIKE '-%' AND regexp_matches(size,'[1-9]') THEN 'm'||translate(size,'0123456789','9876543210')||'~' ELSE 'p'||size END`,
  String.raw`CREATE MACRO dw_local(t) AS CASE WHEN regexp_full_match(t,'\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?)?') THEN substr(t,1,10)||'T'||CASE WHEN length(t)<16 THEN '00:00' ELSE substr(t,12,5) END||':'||CASE WHEN substr(t,17,1)=':' THEN substr(t,18,2) ELSE '00' END END`,
  `CREATE MACRO dw_month_length(y,m) AS CASE WHEN m IN (4,6,9,11) THEN 30 WHEN m<>2 THEN 31 WHEN y%4=0 AND (y%100<>0 OR y%400=0) THEN 29 ELSE 28 END`,
  `CREATE MACRO dw_exists(l) AS substr(l,6,2) BETWEEN '01' AND '12' AND substr(l,9,2)::INT BETWEEN 1 AND dw_month_length(substr(l,1,4)::INT,substr(l,6,2)::INT) AND substr(l,12,2)<='23' AND substr(l,15,2)<='59' AND substr(l,18,2)<='59'`,
  String.raw`CREATE MACRO dw_zone(t) AS regexp_extract(t,'[+-]\d{2}:\d{2}$')`,
  `CREATE MACRO dw_in_utc(l,zone) AS CASE WHEN zone='' THEN l ELSE strftime(TRY_CAST(l AS TIMESTAMP)-to_minutes((CASE WHEN zone LIKE '-%' THEN -1 ELSE 1 END)*(substr(zone,2,2)::INT*60+substr(zone,5,2)::INT)),'%Y-%m-%dT%H:%M:%S') END`,
  `CREATE MACRO dw_boolean(t) AS CASE WHEN lower(t) IN ('true','yes','1') THEN TRUE WHEN lower(t) IN ('false','no','0') THEN FALSE END`,
  String.raw`CREATE MACRO dw_like(t,p) AS regexp_full_match(t,replace(replace(regexp_escape(p),'\*','.*'),'\?','.'),'s')`,
];

/** The key that `key` gives a cell; undefined for what is not plain digits. */
export function numberKeyOf(digits: string): string | undefined {
  const decimal = decimalOf(digits);
  if (decimal === undefined) return undefined;
  const [whole = '', fraction = ''] = textOfDecimal(decimal).replace('-', '').split('.');
  const size = `${(whole === '0' ? '' : whole).padStart(DIGITS, '0')}.${fraction}`;
  return decimal.units < 0n
    ? `m${size.replaceAll(/\d/gu, (digit) => String(9 - Number(digit)))}~`
    : `p${size}`;
}

const isBare = (text: string): string => `translate(${text},'0123456789.-','')=''`;

/** What a reading is computed from, each from the one before: longer expressions grow beyond measure. */
const STEPS: Readonly<Record<Reading, readonly ((text: string, before: string) => string)[]>> = {
  folded: [(text) => `dw_folded(${text})`],
  collated: [(text) => `rtrim(dw_folded(${text}),' ')`],
  // What is nothing but digits, as nearly every number is, is told without a regular expression.
  number: [
    (text) => `CASE WHEN ${isBare(text)} THEN ${text} ELSE dw_trimmed(${text}) END`,
    (_, trimmed) =>
      `CASE WHEN ${isBare(trimmed)} THEN TRY_CAST(${trimmed} AS DOUBLE) WHEN dw_is_number(${trimmed}) THEN TRY_CAST(${trimmed} AS DOUBLE) END`,
  ],
  key: keySteps(() => 'TRUE'),
  longKey: keySteps((text) => `length(${text})>${SURE}`),
  moment: [
    (text) => `dw_local(${text})`,
    (text, local) => `CASE WHEN dw_exists(${local}) THEN dw_in_utc(${local},dw_zone(${text})) END`,
  ],
  boolean: [(text) => `dw_trimmed(${text})`, (_, trimmed) => `dw_boolean(${trimmed})`],
};

function keySteps(
  isWanted: (text: string) => string,
): readonly ((text: string, before: string) => string)[] {
  return [
    (text) => `CASE WHEN ${isWanted(text)} THEN dw_trimmed(${text}) END`,
    (_, trimmed) => `CASE WHEN dw_is_plain(${trimmed}) THEN [${trimmed},dw_size(${trimmed})] END`,
    (_, parts) => `dw_key(${parts}[1],${parts}[2])`,
  ];
}

/** Collects the readings that expressions ask for, and puts them into a relation. */
export interface Readings {
  /** The name of a reading. */
  readonly of: (column: string, reading: Reading) => string;
  /** A relation with its columns and all readings asked for so far. */
  readonly over: (relation: string) => string;
}

export function openReadings(): Readings {
  const names = new Map<string, { readonly column: string; readonly reading: Reading }>();
  const known = new Map<string, string>();
  return {
    of(column, reading) {
      const key = `${reading} ${column}`;
      const found = known.get(key) ?? `r${known.size}`;
      known.set(key, found);
      names.set(found, { column, reading });
      return found;
    },
    over(relation) {
      let result = relation;
      for (let step = 0; step < 3; step += 1) {
        const computed = [...names].flatMap(([name, { column, reading }]) => {
          const steps = STEPS[reading];
          const sql = steps[step]?.(column, `${name}_${step - 1}`);
          const isLast = step === steps.length - 1;
          return sql === undefined ? [] : [`${sql} AS ${isLast ? name : `${name}_${step}`}`];
        });
        if (computed.length > 0) result = `(SELECT *,${computed.join(',')} FROM ${result})`;
      }
      return result;
    },
  };
}
