import type { Fix, Problem } from '../../../problem/problem.ts';
import type { ODataCall } from '../ast.ts';
import {
  dataverseFunction,
  dataverseFunctions,
  documentedFunctions,
} from '../dataverseFunctions.ts';
import {
  type ODataFunction,
  odataFunction,
  odataFunctions,
  signatureOf,
  takes,
} from '../functions.ts';
import { nearest } from '../nearest.ts';
import type { ODataPlace } from '../visit.ts';
import { rewriting } from './check.ts';

/** Functions: whether there is such a one, whether it takes these arguments, who documents it. */
export function checkCall({ expression, above }: ODataPlace): readonly Problem[] {
  if (expression.kind !== 'call') return [];
  // `Collection(Edm.String)` is the name of a type.
  const caller = above?.expression.kind === 'call' ? above.expression.name : '';
  if (expression.name === 'Collection' && ['cast', 'isof'].includes(caller)) return [];
  const query = dataverseFunction(expression.name);
  const known = query ?? odataFunction(expression.name);
  if (known === undefined) return [unknownFunction(expression)];
  return [
    ...checkArguments(expression, known, query !== undefined),
    ...checkDocumented(expression, query !== undefined),
  ];
}

function checkDocumented({ name, nameSpan }: ODataCall, isQuery: boolean): readonly Problem[] {
  if (documentedFunctions.has(name)) return [];
  return [
    {
      code: 'undocumented-function',
      span: nameSpan,
      variant: isQuery ? 'query' : 'odata',
      args: { name },
    },
  ];
}

function checkArguments(
  call: ODataCall,
  known: ODataFunction,
  isQuery: boolean,
): readonly Problem[] {
  const count = call.args.length;
  const { nameSpan: span } = call;
  const args = { name: call.name, signature: signatureOf(known), count };
  if (!takes(known, count)) return [{ code: 'argument-count', span, args }];
  const unnamed = call.args.filter(({ name }) => name === undefined);
  if (!isQuery) {
    return unnamed.length === count ? [] : [{ code: 'argument-name', span, variant: 'none', args }];
  }
  if (unnamed.length > 0) {
    return [{ code: 'argument-name', span, variant: 'all', args, fixes: namingFixes(call, known) }];
  }
  return checkNames(call, known);
}

function checkNames(call: ODataCall, known: ODataFunction): readonly Problem[] {
  const due = new Set(known.parameters.map(({ name }) => name));
  const wrong = call.args.flatMap(({ name }) =>
    // Deleting tells the second use of a name, too.
    name === undefined || due.delete(name.text) ? [] : [name],
  );
  return wrong.map(({ text, span }) => {
    const meant = nearest(text, [...due]) ?? [...due][0] ?? '';
    return {
      code: 'argument-name',
      span,
      variant: 'unknown',
      args: { name: call.name, written: text, meant },
      fixes: [rewriting('replace-name', span, meant)],
    };
  });
}

/** Offered where no argument has a name yet: the order tells them. */
function namingFixes(call: ODataCall, known: ODataFunction): readonly Fix[] {
  if (call.args.some(({ name }) => name !== undefined)) return [];
  return [
    {
      title: 'name-arguments',
      edits: call.args.map(({ value }, index) => ({
        span: { start: value.span.start, end: value.span.start },
        text: `${known.parameters[index]?.name ?? ''}=`,
      })),
      preferred: true,
    },
  ];
}

const KNOWN_NAMES: readonly string[] = [...odataFunctions, ...dataverseFunctions].map(
  ({ name }) => name,
);

const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function unknownFunction({ name, nameSpan: span, args }: ODataCall): Problem {
  const meant = meantFunction(
    name,
    args.some((argument) => argument.name !== undefined),
  );
  const problem = { code: 'unknown-function', span } as const;
  return meant === undefined
    ? { ...problem, args: { name } }
    : {
        ...problem,
        variant: 'near',
        args: { name, meant },
        fixes: [rewriting('replace-name', span, meant)],
      };
}

/** `Contains`, `LastXDays`, `startwith`: other case, without namespace, or a slip of the hand. */
function meantFunction(name: string, hasNames: boolean): string | undefined {
  const isQuery = hasNames || name.includes('.');
  const candidates = isQuery ? dataverseFunctions.map((known) => known.name) : KNOWN_NAMES;
  const lower = shortName(name).toLowerCase();
  const same = candidates.find((known) => shortName(known).toLowerCase() === lower);
  if (same !== undefined) return same;
  const near = nearest(
    lower,
    candidates.map((known) => shortName(known).toLowerCase()),
  );
  return candidates.find((known) => shortName(known).toLowerCase() === near);
}
