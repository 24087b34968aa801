import assert from 'node:assert/strict';
import { analyseDataverse } from '../../../../src/filter/odata/dataverse.ts';
import { messageOf, translator } from '../../../../src/problem/message.ts';
import { applyEdits } from '../../../../src/text/edit.ts';

interface Checked {
  readonly id: string;
  readonly source: string;
  /** `code start-end`, with the variant behind a dot. */
  readonly problems?: readonly string[];
  /** The text after the first fix of every problem that has one. */
  readonly fixed?: string;
}

const GUID = '8c9bdef2-1234-4567-89ab-0123456789ab';

const checked: readonly Checked[] = [
  // Another table (F7, F8).
  { id: 'F8', source: "primarycontactid/fullname eq 'x'", problems: ['navigation.lookup 0-25'] },
  {
    id: 'F8-key',
    source: `msdyn_Company/cdm_companyid eq ${GUID}`,
    problems: ['navigation.lookup 0-27'],
    fixed: `_msdyn_company_value eq ${GUID}`,
  },
  { id: 'F8-key-of-text', source: "a/b_id eq 'x'", problems: ['navigation.lookup 0-6'] },
  { id: 'F8-two-steps', source: `a/b/cid eq ${GUID}`, problems: ['navigation.lookup 0-7'] },
  {
    id: 'F8-lambda',
    source: 'Account_Tasks/all(t:t/statecode eq 1 and t/b add 1 eq 2)',
    problems: ['navigation.collection 0-56'],
  },
  { id: 'F8-count', source: 'Tasks/$count gt 5', problems: ['navigation.collection 0-12'] },
  {
    id: 'F7',
    source: "Customer.Name eq 'x'",
    problems: ['dotted-field 0-13'],
    fixed: "Name eq 'x'",
  },
  // What Dataverse does not know.
  {
    id: 'arithmetic',
    source: 'a add b sub 1 gt 5',
    problems: ['not-in-dataverse.operator 2-5', 'not-in-dataverse.operator 8-11'],
  },
  { id: 'minus', source: '-a gt 5', problems: ['not-in-dataverse.operator 0-1'] },
  { id: 'has', source: "a has N.E'X'", problems: ['not-in-dataverse.operator 2-5'] },
  {
    id: 'in',
    source: "a in (1,'x''y')",
    problems: ['not-in-dataverse.in 2-4'],
    fixed: "(a eq 1 or a eq 'x''y')",
  },
  {
    id: 'not-in',
    source: 'not a in (1,2)',
    problems: ['not-in-dataverse.in 6-8'],
    fixed: 'not (a eq 1 or a eq 2)',
  },
  { id: 'it', source: '$it/a eq 1', problems: ['not-in-dataverse.name 0-3'], fixed: 'a eq 1' },
  { id: 'alias', source: 'a eq @p1', problems: ['not-in-dataverse.name 5-8'] },
  { id: 'json', source: 'a eq [1]', problems: ['not-in-dataverse.json 5-8'] },
  { id: 'placeholder', source: '_a_value eq <guid>', problems: ['placeholder.odata 12-18'] },
  // Functions.
  { id: 'documented', source: "startswith(a,'x') or not contains(a,'y') or endswith(a,'z')" },
  {
    id: 'undocumented',
    source: "tolower(a) eq 'x'",
    problems: ['undocumented-function.odata 0-7'],
  },
  {
    id: 'query',
    source: 'Microsoft.Dynamics.CRM.Between(PropertyName=\'a\',PropertyValues=["5","2000"])',
    problems: ['undocumented-function.query 0-30'],
  },
  {
    id: 'misspelt',
    source: "startwith(a,'x')",
    problems: ['unknown-function.near 0-9'],
    fixed: "startswith(a,'x')",
  },
  {
    id: 'cased',
    source: "Contains(a,'x')",
    problems: ['unknown-function.near 0-8'],
    fixed: "contains(a,'x')",
  },
  {
    id: 'no-namespace',
    source: "LastXDays(PropertyName='a',PropertyValue=3)",
    problems: ['unknown-function.near 0-9'],
    fixed: "Microsoft.Dynamics.CRM.LastXDays(PropertyName='a',PropertyValue=3)",
  },
  {
    id: 'other-namespace',
    source: "CRM.LastXDay(PropertyName='a',PropertyValue=3)",
    problems: ['unknown-function.near 0-12'],
    fixed: "Microsoft.Dynamics.CRM.LastXDays(PropertyName='a',PropertyValue=3)",
  },
  { id: 'unknown', source: 'frobnicate(a)', problems: ['unknown-function 0-10'] },
  { id: 'too-few', source: 'contains(a)', problems: ['argument-count 0-8'] },
  { id: 'too-many', source: "contains(a,'x','y')", problems: ['argument-count 0-8'] },
  {
    id: 'optional',
    source: 'substring(a,1) eq substring(a,1,2)',
    problems: ['undocumented-function.odata 0-9', 'undocumented-function.odata 18-27'],
  },
  {
    id: 'query-too-few',
    source: "Microsoft.Dynamics.CRM.On(PropertyName='a')",
    problems: ['argument-count 0-25', 'undocumented-function.query 0-25'],
  },
  {
    id: 'query-positional',
    source: "Microsoft.Dynamics.CRM.On('a','2021-06-23')",
    problems: ['argument-name.all 0-25', 'undocumented-function.query 0-25'],
    fixed: "Microsoft.Dynamics.CRM.On(PropertyName='a',PropertyValue='2021-06-23')",
  },
  {
    id: 'query-name',
    source: "Microsoft.Dynamics.CRM.On(PropertyName='a',Value='x')",
    problems: ['argument-name.unknown 43-48', 'undocumented-function.query 0-25'],
    fixed: "Microsoft.Dynamics.CRM.On(PropertyName='a',PropertyValue='x')",
  },
  {
    id: 'query-name-twice',
    source: "Microsoft.Dynamics.CRM.On(PropertyName='a',PropertyName='x')",
    problems: ['argument-name.unknown 43-55', 'undocumented-function.query 0-25'],
  },
  {
    id: 'named',
    source: "contains(PropertyName='a',PropertyValue='x')",
    problems: ['argument-name.none 0-8'],
  },
  // not binds tighter than eq.
  {
    id: 'not-binding',
    source: "not a eq 'x'",
    problems: ['not-binding 0-3'],
    fixed: "not (a eq 'x')",
  },
  { id: 'not-boolean', source: 'not a eq true' },
  { id: 'not-group', source: "not (a eq 'x')" },
  // Null (N4, N5).
  { id: 'N4-eq', source: "a eq ''", problems: ['empty-text.eq 5-7'], fixed: 'a eq null' },
  { id: 'N4-ne', source: "'' ne a", problems: ['empty-text.ne 0-2'], fixed: 'null ne a' },
  { id: 'null-order', source: 'a gt null', problems: ['null-order 0-9'] },
  { id: 'null-compared', source: 'a eq null or b ne null' },
  { id: 'N5', source: 'a ne 5', problems: ['null-excluded 0-6'], fixed: '(a ne 5 or a eq null)' },
  {
    id: 'N5-mirrored',
    source: '5 ne a',
    problems: ['null-excluded 0-6'],
    fixed: '(5 ne a or a eq null)',
  },
  {
    id: 'N5-in-group',
    source: '(a ne 5) and b',
    problems: ['null-excluded 1-7'],
    fixed: '(a ne 5 or a eq null) and b',
  },
  {
    id: 'N5-kept',
    source: '(msdyn_linetype ne 690970000 or msdyn_linetype eq null) and x eq true',
  },
  { id: 'N5-kept-first', source: 'A eq null or (b and a ne 5)' },
  { id: 'N5-kept-nested', source: 'a ne 5 or (b or (a eq null))' },
  { id: 'N5-kept-other', source: 'a ne 5 or b eq null', problems: ['null-excluded 0-6'] },
  { id: 'N5-dropped', source: 'a ne 5 and a ne null' },
  { id: 'N5-dropped-by-value', source: '(a ne 5) and (a gt 3)' },
  { id: 'N5-dropped-by-call', source: "a ne 'x' and startswith(a,'y')" },
  {
    id: 'N5-two',
    source: 'a ne 5 and a ne 6',
    problems: ['null-excluded 0-6', 'null-excluded 11-17'],
    fixed: '(a ne 5 or a eq null) and (a ne 6 or a eq null)',
  },
  { id: 'N5-negated', source: 'not (a ne 5)' },
  { id: 'N5-columns', source: 'a ne b' },
  // Quotes (L5).
  { id: 'L5-number', source: "AccountType eq '3'" },
  { id: 'L5-name', source: "objecttypecode eq 'account'" },
  {
    id: 'L5-date',
    source: "a le '2021-06-23'",
    problems: ['quoted-value.date 5-17'],
    fixed: 'a le 2021-06-23',
  },
  {
    id: 'L5-instant',
    source: "a le '2021-06-23T00:00:00Z'",
    problems: ['quoted-value.date 5-27'],
    fixed: 'a le 2021-06-23T00:00:00Z',
  },
  { id: 'L5-no-date', source: "a le '2021-02-30'" },
  {
    id: 'L5-guid',
    source: `_a_value eq '${GUID}'`,
    problems: ['quoted-value.guid 12-50'],
    fixed: `_a_value eq ${GUID}`,
  },
  { id: 'L5-guid-elsewhere', source: `a eq '${GUID}'` },
];

describe('checkDataverse', () => {
  const translate = translator('en');

  for (const { id, source, problems = [], fixed } of checked) {
    it(`${id}: ${source}`, () => {
      const found = analyseDataverse(source).problems;
      assert.deepEqual(
        found.map(
          ({ code, variant, span }) =>
            `${code}${variant === undefined ? '' : `.${variant}`} ${span.start}-${span.end}`,
        ),
        problems,
      );
      for (const problem of found) {
        const message = messageOf(problem, translate);
        assert.ok(!message.startsWith('problem.') && !/\{\w+\}/u.test(message), message);
        for (const { title, args } of problem.fixes ?? []) {
          assert.doesNotMatch(translate(`fix.${title}`, args), /^fix\./u);
        }
      }
      if (fixed === undefined) return;
      const edits = found.flatMap(({ fixes }) => fixes?.[0]?.edits ?? []);
      assert.equal(applyEdits(source, edits), fixed);
    });
  }
});
