import { deepEqual, ok } from 'node:assert/strict';
import { translator } from '../../../src/problem/message.ts';
import { analyse, reanalyse } from '../../../src/service/analysis.ts';
import { type Diagnostic, diagnosticsOf } from '../../../src/service/diagnostics.ts';
import { emptyWorkspace } from '../../../src/service/workspace.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { diagnosticsIn } from '../../kit/findings.ts';
import { hostsOf } from '../../kit/hosts.ts';
import { readShared } from '../../kit/repository.ts';

const CODES: ReadonlySet<string> = new Set([
  'duplicate-value',
  'duplicate-mapping',
  'lookup-limit',
]);

/** `code.variant marked text first place`, the texts without their escapes. */
const told = (text: string, diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics
    .filter(({ code }) => CODES.has(code))
    .map(({ problem, span, related }) => {
      const places = [span, ...related.map((each) => each.span)].map(({ start, end }) =>
        text.slice(start, end).replaceAll(/&quot;|\\+"/gu, '"'),
      );
      const variant = problem.variant === undefined ? '' : `.${problem.variant}`;
      return `${problem.code}${variant} ${places.join(' < ')}`;
    });

interface Row {
  readonly id: string;
  readonly mappings: readonly object[];
  readonly found?: readonly string[];
}

const valueMap = (pairs: string, syncDirection: number | string = 3): object => ({
  syncDirection,
  valueTransforms: [{ transformType: 'ValueMap', valueMap: JSON.parse(pairs) as unknown }],
});
const mapped = (syncDirection: number, sourceField: string, destinationField: string): object => ({
  syncDirection,
  sourceField,
  destinationField,
});
const lookups = (count: number, direction: number): readonly object[] =>
  Array.from({ length: count }, (_, index) => mapped(direction, `F${index}`, `f${index}.code`));
const text = (mapping: object): string => JSON.stringify(mapping);

const rows: readonly Row[] = [
  { id: 'different pairs', mappings: [valueMap('{"no":"0","yes":"1"}')] },
  { id: 'blank keys, as Microsoft has them', mappings: [valueMap('{"en-us":"5","":"5"," ":"5"}')] },
  { id: 'blank values', mappings: [valueMap('{"1/1/1900":"blank","x":"","y":""}')] },
  { id: 'one value, one way', mappings: [valueMap('{"a":"1","b":"1"}', '1')] },
  {
    id: 'one value, both ways',
    mappings: [valueMap('{"a":"1","b":"1"}')],
    found: ['duplicate-value.value "b":"1" < "a":"1"'],
  },
  {
    id: 'keys that differ in case',
    mappings: [valueMap('{"No":"1","no":"2"}', 2)],
    found: ['duplicate-value.case "no":"2" < "No":"1"'],
  },
  { id: 'one field each way', mappings: [mapped(1, 'A', 'x'), mapped(2, 'A', 'x')] },
  { id: 'one source, two columns', mappings: [mapped(1, 'A', 'x'), mapped(1, 'A', 'y')] },
  { id: 'defaults', mappings: [mapped(1, '', 'x'), mapped(1, '', 'y'), mapped(2, 'A', '')] },
  {
    id: 'a column twice',
    mappings: [mapped(1, 'A', 'x'), mapped(3, 'B', 'X')],
    found: [`duplicate-mapping ${text(mapped(3, 'B', 'X'))} < ${text(mapped(1, 'A', 'x'))}`],
  },
  {
    id: 'a field twice',
    mappings: [mapped(2, 'A', 'x'), mapped(3, 'a', 'y')],
    found: [`duplicate-mapping ${text(mapped(3, 'a', 'y'))} < ${text(mapped(2, 'A', 'x'))}`],
  },
  {
    id: 'a mapping twice',
    mappings: [mapped(3, 'A', 'x'), mapped(3, 'A', 'x')],
    found: [`duplicate-mapping ${text(mapped(3, 'A', 'x'))} < ${text(mapped(3, 'A', 'x'))}`],
  },
  { id: 'nine lookups', mappings: lookups(9, 3) },
  { id: 'ten lookups to Dataverse', mappings: lookups(10, 1) },
  {
    id: 'ten lookups',
    mappings: lookups(10, 2),
    found: [`lookup-limit ${text(mapped(2, 'F9', 'f9.code'))}`],
  },
];

describe('the field mappings of a map', () => {
  for (const { id, mappings, found = [] } of rows) {
    it(id, () => {
      for (const { name, document } of hostsOf('(A == "x")', 'fo', 'Projects', mappings).slice(1)) {
        const diagnostics = diagnosticsIn(document);
        deepEqual(told(document.text, diagnostics), found, name);
        ok(diagnostics.every(({ message }) => !/\{\w+\}|^problem\./u.test(message)));
      }
    });
  }

  it('may name a key twice, of which JSON keeps the last', () => {
    const document = {
      uri: 'file:///w/map.json',
      text: '{"legs":[{"fieldMappings":[{"syncDirection":1,"valueTransforms":[{"valueMap":{"a":"1","a":"2"}}]}]}]}',
    };
    const expected = ['duplicate-value.key "a":"2" < "a":"1"'];
    deepEqual(told(document.text, diagnosticsIn(document)), expected);
  });

  it('are found where they stand after an edit in a filter before them', () => {
    const mappings = [valueMap('{"a":"1","b":"1"}')];
    for (const { name, document } of hostsOf('(A == 1)', 'fo', 'Projects', mappings).slice(1)) {
      const before = analyse(document, emptyWorkspace);
      const at = before.filters[0]?.span.end ?? 0;
      const edit = { span: { start: at, end: at }, text: '   ' };
      const edited = { ...document, text: applyEdits(document.text, [edit]) };
      const after = reanalyse(before, edit, edited, emptyWorkspace);
      ok(after, name);
      const found = told(edited.text, diagnosticsOf(after, translator('en')));
      deepEqual(found, ['duplicate-value.value "b":"1" < "a":"1"'], name);
    }
  });

  it('have too many lookups in some maps that Microsoft ships, and nothing else', function () {
    const shipped = readShared(this, 'data/gab-maps/customizations.xml');
    const document = { uri: 'file:///customizations.xml', text: shipped };
    const { map } = analyse(document, emptyWorkspace);
    const found = diagnosticsIn(document)
      .filter(({ code }) => CODES.has(code))
      .map(({ code, span, severity, problem }) => {
        const legs = map.maps.flatMap((each) => each.legs);
        const leg = legs.find((each) => each.span.start <= span.start && span.end <= each.span.end);
        return `${severity} ${code} ${leg?.destinationSchema} ${problem.args?.['count']}`;
      });
    deepEqual(found, [
      'information lookup-limit salesorders 11',
      'information lookup-limit accounts 11',
      'information lookup-limit msdyn_vendors 10',
      'information lookup-limit msdyn_contactforparties 10',
      'information lookup-limit quotes 10',
    ]);
  });
});
