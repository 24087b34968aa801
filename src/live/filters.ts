import type { Comparison, Condition } from '../filter/meaning/condition.ts';
import { evaluate, evaluateWithoutNull } from '../filter/meaning/evaluate.ts';
import type { Cell } from '../filter/meaning/values.ts';
import { key } from '../metadata/merge.ts';
import type { Row } from './model.ts';

/**
 * What a filter says of a row. `null`: unknown in SQL, so that the row is not taken; `lost`: the same, though X++ would
 * say true. `open`: cells of the row are not known. `unreadable`: nobody knows what the filter means.
 */
export type Answer = 'true' | 'false' | 'null' | 'lost' | 'open' | 'unreadable';

export interface Answered {
  readonly answer: Answer;
  /** Fields whose cells would decide. */
  readonly missing: readonly string[];
}

export function answerOf(condition: Condition, row: Row): Answered {
  const missing = new Set<string>();
  const judged = judge(condition, row, missing);
  if (judged === 'null') {
    const cells = (field: string): string | null => row.get(key(field)) ?? null;
    const isLost = evaluateWithoutNull(condition, cells) === true;
    return { answer: isLost ? 'lost' : 'null', missing: [] };
  }
  return { answer: judged, missing: judged === 'open' ? [...missing] : [] };
}

type Judged = Exclude<Answer, 'lost'>;

function judge(condition: Condition, row: Row, missing: Set<string>): Judged {
  switch (condition.kind) {
    case 'always':
      return 'true';
    case 'unreadable':
      return 'unreadable';
    case 'comparison':
      return compare(condition, row, missing);
    case 'not': {
      const term = judge(condition.term, row, missing);
      if (term === 'true') return 'false';
      return term === 'false' ? 'true' : term;
    }
    case 'and':
    case 'or': {
      const deciding = condition.kind === 'or' ? 'true' : 'false';
      const terms = new Set(condition.terms.map((term) => judge(term, row, missing)));
      if (terms.has(deciding)) return deciding;
      // What is not known may still decide; NULL decides nothing.
      for (const each of ['unreadable', 'open', 'null'] as const) {
        if (terms.has(each)) return each;
      }
      return deciding === 'true' ? 'false' : 'true';
    }
  }
}

function compare(comparison: Comparison, row: Row, missing: Set<string>): Judged {
  const { left, right } = comparison;
  const asksForNull = [left, right].some(
    (operand) => operand.kind === 'constant' && operand.constant === null,
  );
  const cellOf = (field: string): Cell | undefined => {
    const own = row.get(key(field));
    return own === undefined && asksForNull ? cellBehind(field, row) : own;
  };
  const fields = [left, right].flatMap((operand) =>
    operand.kind === 'field' ? [operand.name] : [],
  );
  const unknown = fields.filter((field) => cellOf(field) === undefined);
  for (const field of unknown) missing.add(field);
  if (unknown.length > 0) return 'open';
  const truth = evaluate(comparison, (field) => cellOf(field) ?? null);
  return truth === undefined ? 'null' : truth ? 'true' : 'false';
}

/**
 * Whether a lookup is empty, any cell of the row that it leads to tells: `msdyn_parent.msdyn_projectid` for
 * `_msdyn_parent_value`, which holds a GUID that no payload names.
 */
function cellBehind(field: string, row: Row): Cell | undefined {
  const lookup = /^_(.+)_value$/u.exec(key(field))?.[1];
  if (lookup === undefined) return undefined;
  const own = row.get(lookup);
  if (own !== undefined) return own;
  for (const [name, cell] of row) if (name.startsWith(`${lookup}.`)) return cell;
  return undefined;
}
