import type { Node } from 'jsonc-parser';
import type { Side } from '../map/model.ts';
import type { Analysed, Problem } from '../problem/problem.ts';
import { plainText } from '../text/embedded.ts';
import { itemsOf, type JsonText, nodeSpan, readJson } from '../text/json.ts';
import { cellsOf, NOWHERE, type Part, partOf, valuesOf } from './decode.ts';
import {
  type Action,
  ACTIONS,
  CATCH_UPS,
  type Change,
  type Expectation,
  type InitialSync,
  OUTCOMES,
  type Placed,
  type Rehearsal,
  type RowsOfTable,
  type Step,
  type Writing,
  WRITINGS,
} from './model.ts';
import { AS_IT_SHOULD_BE, environmentIn } from './readEnvironment.ts';

const SIDES = ['fo', 'dataverse'] as const;

/** Reads the text of a `*.rehearsal.json`; what can't be understood is told and left out. */
export function readRehearsal(text: string): Analysed<Rehearsal> {
  const { value: json, problems: broken } = readJson(plainText(text));
  const problems = [...broken];
  const { root } = json;
  if (root?.type !== 'object') {
    if (problems.length === 0) {
      const span = { start: 0, end: Math.min(1, text.length) };
      problems.push({
        code: 'rehearsal-invalid',
        variant: 'type.object',
        span,
        args: { name: '' },
      });
    }
    return { value: EMPTY, problems };
  }
  const part = partOf(root, json, problems);
  part.text('$schema');
  const rows = part.part('rows');
  const maps = part.textsAndObjects('maps');
  const value: Rehearsal = {
    description: part.text('description') ?? '',
    maps: maps.texts,
    writtenMaps: maps.objects.map(({ offset, length }) => text.slice(offset, offset + length)),
    metadata: part.texts('metadata'),
    environment: environmentIn(part.part('environment')),
    rows: {
      fo: rows === undefined ? [] : rowsIn(rows, 'fo', json, problems),
      dataverse: rows === undefined ? [] : rowsIn(rows, 'dataverse', json, problems),
    },
    steps: part.parts('steps').flatMap((step) => stepIn(step, json, problems)),
  };
  rows?.finish();
  part.finish(['steps']);
  return { value, problems };
}

function rowsIn(
  part: Part,
  side: Side,
  json: JsonText,
  problems: Problem[],
): readonly RowsOfTable[] {
  return part.entries(side).map(({ name, node }) => {
    const read = itemsOf(node).map((item) => cellsOf(item, json, problems));
    if (node.type !== 'array') tellType(node, 'array', name.value, json, problems);
    return {
      table: name,
      rows: read.map(({ row }) => row),
      names: read.flatMap(({ names }) => names),
    };
  });
}

function tellType(
  node: Node,
  type: string,
  name: string,
  json: JsonText,
  problems: Problem[],
): void {
  problems.push({
    code: 'rehearsal-invalid',
    variant: `type.${type}`,
    span: nodeSpan(json, node),
    args: { name },
  });
}

function stepIn(part: Part, json: JsonText, problems: Problem[]): readonly Step[] {
  const span = nodeSpan(json, part.node);
  if (part.has('action')) return actionIn(part, json, problems);
  const expected = (): Expectation | undefined =>
    expectationIn(part.part('expect'), json, problems);
  if (part.has('wait')) {
    const inner = part.part('wait');
    const days = inner?.number('days') ?? 0;
    inner?.finish(['days']);
    const wait: Step = { kind: 'wait', days, expected: expected(), span };
    part.finish();
    return [wait];
  }
  const transaction: Step = {
    kind: 'transaction',
    name: part.text('transaction') ?? '',
    side: part.choice('side', SIDES) ?? 'fo',
    company: part.text('company'),
    isOneScope: part.flag('oneTransactionScope') ?? true,
    megabytes: part.number('megabytes'),
    seconds: part.number('seconds'),
    changes: part.parts('changes').flatMap((change) => changeIn(change, json, problems)),
    expected: expected(),
    span,
  };
  part.finish(['transaction', 'changes']);
  return [transaction];
}

function actionIn(part: Part, json: JsonText, problems: Problem[]): readonly Step[] {
  const action = part.choice('action', ACTIONS);
  const sync = part.part('initialSync');
  const read: Omit<Action, 'action'> = {
    kind: 'action',
    map: part.placed('map') ?? NOWHERE,
    catchUp: part.choice('catchUp', CATCH_UPS) ?? 'replay',
    initialSync: sync === undefined ? undefined : initialSyncIn(sync),
    expected: expectationIn(part.part('expect'), json, problems),
    span: nodeSpan(json, part.node),
  };
  part.finish(['map']);
  return action === undefined ? [] : [{ ...read, action }];
}

function initialSyncIn(part: Part): InitialSync {
  const read: InitialSync = {
    from: part.choice('from', SIDES) ?? 'fo',
    master: part.choice('master', SIDES) ?? 'dataverse',
    rows: part.number('rows'),
    legalEntities: part.number('legalEntities'),
    hours: part.number('hours'),
    exportMinutes: part.number('exportMinutes'),
  };
  part.finish();
  return read;
}

/** Which way of writing goes with which operation. */
const OPERATION_OF: Readonly<Record<Exclude<Writing, 'plain'>, Change['operation']>> = {
  doInsert: 'insert',
  insert_recordset: 'insert',
  doUpdate: 'update',
  update_recordset: 'update',
  doDelete: 'delete',
  delete_from: 'delete',
};

function changeIn(part: Part, json: JsonText, problems: Problem[]): readonly Change[] {
  const operation = (['insert', 'update', 'delete'] as const).find((name) => part.has(name));
  const [table, where, values, more] = [
    part.placed(operation ?? 'insert'),
    part.cells('where'),
    part.cells('values'),
    part.cells('entityFields'),
  ];
  const writing = part.choice('by', ['insert', 'update', 'delete', ...WRITINGS]) ?? 'plain';
  const skips = part.flag('skipBusinessEvents') ?? false;
  const records = part.number('records') ?? 1;
  part.finish();
  if (operation === undefined || table === undefined) {
    if (operation === undefined) {
      const span = nodeSpan(json, part.node);
      problems.push({ code: 'rehearsal-invalid', variant: 'noOperation', span });
    }
    return [];
  }
  const isPlain = writing === 'plain' || writing === operation;
  const special = WRITINGS.find((each) => each === writing);
  const fits =
    isPlain ||
    (special !== undefined && special !== 'plain' && OPERATION_OF[special] === operation);
  if (!fits) {
    problems.push({
      code: 'rehearsal-invalid',
      variant: 'writing',
      span: nodeSpan(json, part.node),
      args: { writing, operation },
    });
  }
  return [
    {
      operation,
      table,
      where: where.row,
      values: values.row,
      names: [...where.names, ...values.names],
      entityFields: more.row,
      writing: isPlain ? 'plain' : (special ?? 'plain'),
      skipsBusinessEvents: skips,
      records: Math.max(1, Math.floor(records)),
      span: nodeSpan(json, part.node),
    },
  ];
}

function expectationIn(
  part: Part | undefined,
  json: JsonText,
  problems: Problem[],
): Expectation | undefined {
  if (part === undefined) return undefined;
  const span = nodeSpan(json, part.node);
  const results = part.texts('result');
  const [first] = results;
  const maps = part.entries('maps').map(({ name, node }) => ({
    map: name.value,
    value: (node.type === 'array' ? itemsOf(node) : [node]).map(({ value }) => String(value)),
    span: nodeSpan(json, node),
  }));
  for (const each of results) tellUnknownResult(each, problems);
  const state = part.placed('state');
  const rows = part.part('rows');
  const read: Expectation = {
    result:
      first === undefined ? undefined : { value: valuesOf(results), span: spanOf(results, span) },
    maps,
    message: part.placed('message'),
    happens: part.texts('happens'),
    log: part.parts('log').map((entry) => entryIn(entry, json)),
    rows: SIDES.flatMap((side) =>
      (rows?.entries(side) ?? []).flatMap(({ name, node }) =>
        itemsOf(node).map((item) => ({
          side,
          table: name.value,
          value: cellsOf(item, json, problems).row,
          span: nodeSpan(json, item),
        })),
      ),
    ),
    state: state === undefined ? undefined : { ...state, map: part.text('map') },
  };
  rows?.finish();
  part.finish();
  return read;
}

function entryIn(part: Part, json: JsonText): Expectation['log'][number] {
  const [entity, record, message] = [
    part.text('entity'),
    part.text('record'),
    part.text('message'),
  ];
  part.finish();
  return {
    value: {
      ...(entity === undefined ? {} : { entity }),
      ...(record === undefined ? {} : { record }),
      ...(message === undefined ? {} : { message }),
    },
    span: nodeSpan(json, part.node),
  };
}

const RESULTS: readonly string[] = [...OUTCOMES, 'done', 'refused', 'lost'];

function tellUnknownResult({ value, span }: Placed<string>, problems: Problem[]): void {
  if (RESULTS.includes(value)) return;
  problems.push({
    code: 'rehearsal-invalid',
    variant: 'value',
    span,
    args: { value, choices: RESULTS.join(', ') },
  });
}

const spanOf = (
  placed: readonly Placed<string>[],
  otherwise: Placed<string>['span'],
): Placed<string>['span'] => ({
  start: placed[0]?.span.start ?? otherwise.start,
  end: placed.at(-1)?.span.end ?? otherwise.end,
});

const EMPTY: Rehearsal = {
  description: '',
  maps: [],
  writtenMaps: [],
  metadata: [],
  environment: AS_IT_SHOULD_BE,
  rows: { fo: [], dataverse: [] },
  steps: [],
};
