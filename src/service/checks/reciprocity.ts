import { type Comparison, comparisonsOf, type Condition } from '../../filter/meaning/condition.ts';
import { emptyCellFor, evaluateComparison, fieldWithKnown } from '../../filter/meaning/evaluate.ts';
import { canBeTrue, EVERY_ANSWER } from '../../filter/meaning/possible.ts';
import { textOfValue, type Truth } from '../../filter/meaning/values.ts';
import type { FieldMapping, FilterSite, Side } from '../../map/model.ts';
import { isBroken } from '../../problem/catalogue.ts';
import type { Problem } from '../../problem/problem.ts';
import { contains, type Span } from '../../text/span.ts';
import { isFrom, type LegFacts } from './legFacts.ts';

const SIDE_NAMES: Readonly<Record<Side, string>> = {
  fo: 'Finance and Operations',
  dataverse: 'Dataverse',
};

/**
 * A row that one side writes must pass the filter of the other side, otherwise what is changed there later never
 * comes back. Microsoft's own maps see to it with default values (`dualwrite.md` section 5, F11).
 *
 * @param told what else is known to be wrong with the filter.
 * @param isComputed whether metadata says that a field is no column anybody writes.
 */
export function checkReciprocity(
  { side, leg, text }: FilterSite,
  facts: LegFacts,
  meaning: Condition,
  told: readonly Problem[],
  isComputed: (field: string) => boolean = () => false,
): readonly Problem[] {
  const writer = side === 'fo' ? 'dataverse' : 'fo';
  // Where nothing flows back the filter is dead, and that is told.
  if (!facts.isSource || !facts.isTarget || text.value.trim() === '') return [];
  if (isBroken(told)) return [];
  const comparisons = comparisonsOf(meaning);
  if (comparisons.length > MOST_COMPARISONS) return [];
  const companies = told.filter(({ code }) => code === 'company-filter').map(({ span }) => span);
  const key = `${(leg?.destinationSchema ?? '').toLowerCase().replace(/s$/u, '')}id`;
  const writtenTo = ({ name, span }: FieldUse): Written => {
    const field = name.toLowerCase();
    return SYSTEM_FIELDS.has(field) ||
      field === key ||
      isComputed(field) ||
      companies.some((company) => contains(company, span))
      ? ANYTHING
      : writtenBy(facts.mappingsOf(field), field, side);
  };
  const uses = new Map<Comparison, Use>();
  for (const comparison of comparisons) {
    const field = fieldWithKnown(comparison)?.field;
    const written = field === undefined ? ANYTHING : writtenTo(field);
    // Where anything may be written, nothing is known to keep a row out.
    if (field !== undefined && written !== ANYTHING) uses.set(comparison, { field, written });
  }
  return uses.size === 0 ? [] : problemsOf({ meaning, uses, writer, side });
}

/** A filter with more is made by a machine, and looking for the one to blame takes the square of it. */
const MOST_COMPARISONS = 100;

interface FieldUse {
  readonly name: string;
  readonly span: Span;
}

/** What the mappings of one direction put into a field. */
type Written =
  | { readonly kind: 'anything' | 'nothing' }
  | { readonly kind: 'default' | 'valueMap'; readonly cells: readonly string[] };

const ANYTHING: Written = { kind: 'anything' };

/** Filled by the system itself, whatever is mapped. */
const SYSTEM_FIELDS: ReadonlySet<string> = new Set([
  'createdon',
  'modifiedon',
  'overriddencreatedon',
  'versionnumber',
  'importsequencenumber',
  '_createdby_value',
  '_modifiedby_value',
  '_ownerid_value',
  '_owninguser_value',
  '_owningteam_value',
  '_owningbusinessunit_value',
  'recid',
  'recversion',
  'partition',
  'dataareaid',
  'createddatetime',
  'modifieddatetime',
  'createdby',
  'modifiedby',
]);

/** Columns whose first value is the system's, and which a default would set again with each change. */
const STATE_COLUMNS: ReadonlySet<string> = new Set(['statecode', 'statuscode']);

function writtenBy(mappings: readonly FieldMapping[], field: string, side: Side): Written {
  const writing = mappings.filter((mapping) => isFrom(mapping, side === 'fo' ? 'dataverse' : 'fo'));
  const [only] = writing;
  if (only === undefined) return { kind: 'nothing' };
  return writing.length === 1 ? writtenByOne(only, field, side) : ANYTHING;
}

function writtenByOne(mapping: FieldMapping, field: string, side: Side): Written {
  const [transform] = mapping.transforms;
  if (transform === undefined || mapping.transforms.length > 1) return ANYTHING;
  const [own, other] =
    side === 'fo'
      ? [mapping.sourceField, mapping.destinationField]
      : [mapping.destinationField, mapping.sourceField];
  // A default behind a lookup is the key of the other row, not the value of the column.
  if (own.toLowerCase() !== field) return ANYTHING;
  if (transform.kind === 'default') {
    return other === '' ? { kind: 'default', cells: [transform.value] } : ANYTHING;
  }
  const cells = transform.pairs.map(([key, value]) => (side === 'fo' ? key : value));
  // How an empty value is written differs, so such a map says nothing.
  return cells.length === 0 || cells.some((cell) => /^(?:blank)?$/iu.test(cell.trim()))
    ? ANYTHING
    : { kind: 'valueMap', cells };
}

interface Use {
  readonly field: FieldUse;
  readonly written: Written;
}

interface Question {
  readonly meaning: Condition;
  /** Those of the comparisons that compare a field with a value, where it is known what is written into that. */
  readonly uses: ReadonlyMap<Comparison, Use>;
  readonly writer: Side;
  readonly side: Side;
}

type Kind = Written['kind'];

/** What may keep a row out, the surest first. */
const KEEPING = ['default', 'valueMap', 'nothing'] as const;

function problemsOf(question: Question): readonly Problem[] {
  const { writer, side } = question;
  const sides = { writer: SIDE_NAMES[writer], reader: SIDE_NAMES[side] };
  const found = new Set<Kind>();
  for (const { written } of question.uses.values()) found.add(written.kind);
  for (const kind of KEEPING) {
    // Then the question is that of the kind before. Asked first of all, it tells a filter that nothing passes at all.
    if (kind !== 'default' && !found.has(kind)) continue;
    const kinds = new Set<Kind>(['default', kind]);
    if (isKept(question, kinds, kind)) continue;
    return blamed(question, kinds, kind).map(({ comparison, field, written }): Problem => {
      const { span } = comparison;
      const args = { field: field.name, ...sides };
      if (written.kind === 'default') {
        return { code: 'never-returns', span, args: { ...args, value: written.cells.join(', ') } };
      }
      if (written.kind === 'valueMap') {
        return { code: 'may-not-return', variant: 'valueMap', span, args };
      }
      const value = missingDefault(question, comparison, field.name);
      return value === undefined
        ? { code: 'may-not-return', variant: 'unwritten', span, args }
        : { code: 'may-not-return', variant: 'default', span, args: { ...args, value } };
    });
  }
  return [];
}

/**
 * Whether a row can pass, if what `kinds` of writing put into fields is known and all else open.
 *
 * @param only the one field of the kind `kind` that is known; all of them are where it is undefined.
 */
const isKept = (
  { meaning, uses, side }: Question,
  kinds: ReadonlySet<Kind>,
  kind: Kind,
  only?: string,
): boolean =>
  canBeTrue(meaning, (comparison) => {
    const use = uses.get(comparison);
    if (use === undefined) return knownAnswer(comparison);
    const { field, written } = use;
    const isOpen = written.kind === kind && only !== undefined && field.name.toLowerCase() !== only;
    return kinds.has(written.kind) && !isOpen
      ? answersFor(comparison, written, side)
      : EVERY_ANSWER;
  });

interface Blamed {
  readonly comparison: Comparison;
  readonly field: FieldUse;
  readonly written: Written;
}

/** The fields of a kind that keep rows out, each where it stands first; one of them where only all together do. */
function blamed(question: Question, kinds: ReadonlySet<Kind>, kind: Kind): readonly Blamed[] {
  const candidates = new Map<string, Blamed>();
  for (const [comparison, { field, written }] of question.uses) {
    if (written.kind !== kind) continue;
    const name = field.name.toLowerCase();
    if (!candidates.has(name)) candidates.set(name, { comparison, field, written });
  }
  const alone = [...candidates].filter(([name]) => !isKept(question, kinds, kind, name));
  return (alone.length > 0 ? alone : [...candidates].slice(0, 1)).map(([, each]) => each);
}

const knownAnswer = (comparison: Comparison): ReadonlySet<Truth> =>
  comparison.left.kind === 'field' || comparison.right.kind === 'field'
    ? EVERY_ANSWER
    : new Set([evaluateComparison(comparison, () => null)]);

function answersFor(comparison: Comparison, written: Written, side: Side): ReadonlySet<Truth> {
  switch (written.kind) {
    case 'anything':
      return EVERY_ANSWER;
    case 'nothing':
      return answersForNothing(comparison, side);
    default:
      return new Set(written.cells.flatMap((cell) => [...answersForCell(comparison, cell)]));
  }
}

/** Dataverse has null where nothing is written, but for two options; Finance and Operations has no null there. */
function answersForNothing(comparison: Comparison, side: Side): ReadonlySet<Truth> {
  if (side === 'fo')
    return new Set([evaluateComparison(comparison, () => emptyCellFor(comparison))]);
  const compared = fieldWithKnown(comparison);
  const isState = STATE_COLUMNS.has(compared?.field.name.toLowerCase() ?? '');
  if (isState && compared?.operator !== 'eq') return EVERY_ANSWER;
  const cell = compared?.literal.kind === 'constant' ? emptyCellFor(comparison) : null;
  return new Set([evaluateComparison(comparison, () => cell)]);
}

function answersForCell(comparison: Comparison, cell: string): ReadonlySet<Truth> {
  const known = fieldWithKnown(comparison)?.literal;
  if (known === undefined) return EVERY_ANSWER;
  if (known.kind === 'literal') {
    const text = textOfValue(known.value);
    // `1` and `Vendor` may be one element of an enum (`dualwrite.md` section 5), "0" and "No" too.
    if (isNumber(cell) !== isNumber(text) || [cell, text].every(isYesNo)) {
      return EVERY_ANSWER;
    }
  }
  const truth = evaluateComparison(comparison, () => cell);
  // Compared as another type than it has.
  return truth === undefined ? EVERY_ANSWER : new Set([truth]);
}

const isNumber = (text: string): boolean => /^-?\d+(?:\.\d+)?$/u.test(text.trim());
const isYesNo = (text: string): boolean => /^(?:no|yes|true|false)$/iu.test(text.trim());

/** The value that would let rows pass; undefined where it is not plain to see. */
function missingDefault(
  { meaning, uses, side }: Question,
  comparison: Comparison,
  field: string,
): string | undefined {
  const name = field.toLowerCase();
  const same = [...uses.values()].filter((use) => use.field.name.toLowerCase() === name);
  const compared = fieldWithKnown(comparison);
  if (same.length !== 1 || compared?.operator !== 'eq') return undefined;
  if (STATE_COLUMNS.has(name) || /^_.*_value$/u.test(name) || !isNeeded(meaning, comparison)) {
    return undefined;
  }
  const { literal } = compared;
  if (literal.kind === 'constant') {
    return literal.constant === null ? undefined : literal.constant ? 'True' : 'False';
  }
  if (literal.kind !== 'literal') return undefined;
  // A number on this side may stand for an element of an enum, whose default is its name.
  if (side === 'fo' && literal.value.type === 'number') return undefined;
  const value = textOfValue(literal.value);
  return value === '' ? undefined : value;
}

/** Whether no row passes for which the comparison is not true. */
const isNeeded = (meaning: Condition, comparison: Comparison): boolean =>
  !canBeTrue(meaning, (each) =>
    each === comparison ? new Set<Truth>([false, undefined]) : EVERY_ANSWER,
  );
