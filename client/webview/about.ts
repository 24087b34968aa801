import type { RowsAsSqlResult, RowsOrigin, RowsResult } from '../../src/service/protocol/rows.ts';
import type { Labels } from '../panel/labels.ts';
import type { Action } from '../panel/messages.ts';
import { button, element } from './dom.ts';
import { fill } from './fill.ts';
import { countsText } from './summary.ts';

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

/** Of a filter that gives something else as SQL: what it gives there. */
export const aboutSql = ({ counts, isSame }: RowsAsSqlResult, labels: Labels): readonly Node[] =>
  isSame
    ? []
    : [
        element(
          'p',
          { class: 'notice', role: 'alert' },
          fill(labels.asSqlOther, countsText(counts, labels)),
        ),
      ];

function originText(source: RowsOrigin, count: string, labels: Labels): string {
  switch (source.kind) {
    case 'file':
      return fill(labels.sourceFile, source.name, count);
    case 'witness':
      return fill(labels.sourceWitness, count);
    case 'project':
      return fill(labels.sourceProject, source.name, count);
    case 'engine':
      return fill(labels.sourceEngine, source.name, count);
  }
}
