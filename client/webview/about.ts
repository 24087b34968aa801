import type { RowsOrigin, RowsResult } from '../../src/service/protocol/rows.ts';
import type { Labels } from '../panel/labels.ts';
import type { Action } from '../panel/messages.ts';
import { button, element } from './dom.ts';
import { fill } from './fill.ts';

type Rows = Extract<RowsResult, { kind: 'rows' }>;

/** Where the rows come from, how their NULL is meant and who counted them. */
export function aboutRows(
  result: Rows,
  isStopped: boolean,
  labels: Labels,
  act: (action: Action) => () => void,
): readonly Node[] {
  const { source, engine, notice, rowCount } = result;
  const rule = source.kind === 'file' ? source.nullRule : undefined;
  const told = [
    originText(source, rowCount.toLocaleString(labels.language), labels),
    ...(engine === 'memory' ? [] : [fill(labels.answered, engine)]),
  ].join(' · ');
  return [
    element(
      'p',
      { class: 'source' },
      told,
      ...(rule === undefined ? [] : [`. ${labels.rules[rule]}`]),
      ' ',
      ...(source.kind === 'file' ? [button(labels.change, act('chooseRows'))] : []),
    ),
    ...(notice === undefined ? [] : [element('p', { class: 'notice' }, notice)]),
    ...(isStopped ? [element('p', {}, button(labels.readAgain, act('readAgain')))] : []),
    ...(source.kind === 'file' && source.longRows > 0
      ? [
          element(
            'p',
            { class: 'notice' },
            fill(labels.longRows, source.longRows.toLocaleString(labels.language)),
          ),
        ]
      : []),
  ];
}

function originText(source: RowsOrigin, count: string, labels: Labels): string {
  switch (source.kind) {
    case 'file':
      return fill(labels.sourceFile, source.name, count);
    case 'witness':
      return fill(labels.sourceWitness, count);
    case 'engine':
      return fill(labels.sourceEngine, source.name, count);
  }
}
