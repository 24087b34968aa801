import { equal } from 'node:assert/strict';
import type { ConfigTemplate, ProjectChange, Scenario, Step } from './scenario.ts';

const project: ProjectChange = {
  templates: [
    { code: 'X', table: 'Customer', values: { 'Location Code': 'X' } },
    { code: 'Y', table: 'Customer', values: { 'Location Code': 'Y', Country: 'GB' } },
  ],
};
const templates = (...chosen: readonly ConfigTemplate[]): Step => ({
  mapping: true,
  set: { templates: chosen },
});
const add: Step = { add: 'dv:B', values: { name: 'B', fax: '123', country: 'US' } };
const insert = { run: true, only: 'from', rows: ['dv:B'], override: true } as const;

export const sectionH: readonly Scenario[] = [
  {
    id: 'H01',
    title: 'a template fills in what is not mapped',
    project,
    steps: [
      templates({ code: 'X' }),
      add,
      { ...insert, from: { I: 1 } },
      { rows: { 'bc:B': { 'Location Code': 'X' } } },
    ],
  },
  {
    id: 'H02',
    title: 'the first template whose filter fits',
    project,
    steps: [
      templates(
        { code: 'Y', priority: 2, filter: 'WHERE(fax=CONST(456))' },
        { code: 'X', priority: 1, filter: 'WHERE(fax=CONST(123))' },
      ),
      add,
      { ...insert, from: { I: 1 } },
      { rows: { 'bc:B': { 'Location Code': 'X' } } },
      { add: 'dv:C', values: { name: 'C', fax: '456' } },
      { ...insert, rows: ['dv:C'], from: { I: 1 } },
      { rows: { 'bc:C': { 'Location Code': 'Y' } } },
    ],
  },
  {
    id: 'H04',
    title: 'a template that does not exist leaves nothing behind',
    project,
    steps: [
      templates({ code: 'GONE' }),
      add,
      { ...insert, from: { F: 1 }, errors: ['templateNotFound'] },
      { couplings: { 'dv:B': null }, count: { 'bc:Customer': 1 } },
    ],
  },
  {
    id: 'H06',
    title: 'a template overrides what is mapped',
    project,
    steps: [
      templates({ code: 'Y' }),
      {
        mapping: true,
        set: {
          fields: [
            { field: 'Name', integrationField: 'name', direction: 'Bidirectional' },
            { field: 'Country', integrationField: 'country', direction: 'Bidirectional' },
          ],
        },
      },
      add,
      { ...insert, from: { I: 1 } },
      { rows: { 'bc:B': { Country: 'GB' } } },
    ],
  },
  {
    id: 'H07',
    title: 'a template is for new rows',
    project,
    steps: [
      templates({ code: 'X' }),
      { edit: 'dv:A', values: { fax: '2' } },
      { run: true, only: 'from', from: { M: 1 } },
      { rows: { 'bc:A': { 'Location Code': '', 'Fax No.': '2' } } },
    ],
  },
  {
    id: 'H04',
    title: 'an insertion that failed is tried again',
    modes: ['improved'],
    project,
    steps: [
      { mapping: true, set: { synchOnlyCoupledRecords: false } },
      templates({ code: 'GONE' }),
      add,
      { run: true, only: 'from', from: { F: 1 }, errors: ['templateNotFound'] },
      templates({ code: 'X' }),
      { wait: 24 * 3600 * 1000 },
      { run: true, only: 'from', from: { I: 1 } },
      {
        check: 'nothing is pending',
        holds: ({ engine }) => equal(engine.store.value('SELECT count(*) FROM pending'), 0),
      },
    ],
  },
  {
    id: 'H04',
    title: 'an insertion that failed is lost in the product',
    modes: ['faithful'],
    project,
    steps: [
      { mapping: true, set: { synchOnlyCoupledRecords: false } },
      templates({ code: 'GONE' }),
      add,
      { edit: 'dv:A' },
      { run: true, only: 'from', from: { F: 1, U: 1 }, errors: ['templateNotFound'] },
      templates({ code: 'X' }),
      { wait: 24 * 3600 * 1000 },
      { edit: 'dv:A', values: { fax: '8' } },
      { run: true, only: 'from', from: { M: 1 } },
      { wait: 24 * 3600 * 1000 },
      { run: true, only: 'from', from: { U: 1 } },
      { count: { 'bc:Customer': 1 } },
    ],
  },
];
