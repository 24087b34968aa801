import assert from 'node:assert/strict';
import type { ODataExpression } from '../../../../src/filter/odata/ast.ts';
import { parseOData } from '../../../../src/filter/odata/parse.ts';
import { shapeOf } from './shape.ts';

interface Valid {
  readonly id: string;
  readonly source: string;
  readonly shape: string;
}

const GUID = '8c9bdef2-1234-4567-89ab-0123456789ab';

const valid: readonly Valid[] = [
  // Operators and their ranks (OData 4.01 part 2, "Operator Precedence").
  { id: 'eq', source: 'a eq 1', shape: '(eq a integer:1)' },
  { id: 'and-or', source: 'a or b and c', shape: '(or a (and b c))' },
  { id: 'or-and', source: 'a and b or c and d', shape: '(or (and a b) (and c d))' },
  { id: 'flat-chain', source: 'a and b and c', shape: '(and a b c)' },
  { id: 'not-tight', source: 'not a and b', shape: '(and (not a) b)' },
  { id: 'not-eq', source: 'not a eq true', shape: '(eq (not a) boolean:true)' },
  { id: 'not-in', source: 'not a in (1,2)', shape: '(not (in a (list integer:1 integer:2)))' },
  { id: 'not-not', source: 'not not a', shape: '(not (not a))' },
  {
    id: 'rank-of-arithmetic',
    source: 'a add b mul c sub d eq 1',
    shape: '(eq (add,sub a (mul b c) d) integer:1)',
  },
  {
    id: 'all-arithmetic',
    source: 'a mul b div c divby d mod e eq 1',
    shape: '(eq (mul,div,divby,mod a b c d e) integer:1)',
  },
  { id: 'relational-first', source: 'a gt 1 eq true', shape: '(eq (gt a integer:1) boolean:true)' },
  { id: 'equality-last', source: 'true eq a gt 1', shape: '(eq boolean:true (gt a integer:1))' },
  { id: 'left-to-right', source: 'a eq b ne c', shape: '(ne (eq a b) c)' },
  { id: 'group', source: '(a or b) and c', shape: '(and (group (or a b)) c)' },
  { id: 'group-of-value', source: '(a) eq (1)', shape: '(eq (group a) (group integer:1))' },
  { id: 'minus', source: '-a lt - b', shape: '(lt (- a) (- b))' },
  { id: 'minus-of-literal', source: 'a lt -5', shape: '(lt a integer:-5)' },
  {
    id: 'minus-of-group',
    source: '-(a add 1) lt 5',
    shape: '(lt (- (group (add a integer:1))) integer:5)',
  },
  { id: 'has', source: "a has N.E'X,Y'", shape: "(has a enum:N.E'X,Y')" },
  { id: 'in-one', source: 'a in (1)', shape: '(in a (list integer:1))' },
  { id: 'in-none', source: 'a in ()', shape: '(in a (list))' },
  { id: 'in-blanks', source: "a in ( 'x' , 'y' )", shape: "(in a (list string:'x' string:'y'))" },
  { id: 'in-array', source: 'a in [1,2]', shape: '(in a (array integer:1 integer:2))' },
  { id: 'in-member', source: 'a in b', shape: '(in a b)' },
  { id: 'in-group', source: 'a in (b)', shape: '(in a (group b))' },
  { id: 'lone-property', source: 'isactive', shape: 'isactive' },
  { id: 'blanks', source: '  a \t eq\n1 ', shape: '(eq a integer:1)' },
  // Names that look like operators.
  { id: 'column-mod', source: 'mod eq 5', shape: '(eq mod integer:5)' },
  {
    id: 'column-in',
    source: 'a eq 1 and in gt 5',
    shape: '(and (eq a integer:1) (gt in integer:5))',
  },
  {
    id: 'column-order',
    source: 'order eq 1 or notes eq 2',
    shape: '(or (eq order integer:1) (eq notes integer:2))',
  },
  {
    id: 'column-date',
    source: 'date eq 1 and now eq 2',
    shape: '(and (eq date integer:1) (eq now integer:2))',
  },
  { id: 'column-nullable', source: 'nullable eq trueish', shape: '(eq nullable trueish)' },
  // Literals (ABNF section 7).
  { id: 'null', source: 'a eq null', shape: '(eq a null:null)' },
  { id: 'boolean', source: 'a eq TRUE', shape: '(eq a boolean:TRUE)' },
  { id: 'guid', source: `a eq ${GUID}`, shape: `(eq a guid:${GUID})` },
  {
    id: 'guid-letters',
    source: `a eq abcdef01${GUID.slice(8)}`,
    shape: `(eq a guid:abcdef01${GUID.slice(8)})`,
  },
  { id: 'date', source: 'a eq 2024-02-29', shape: '(eq a date:2024-02-29)' },
  { id: 'date-early', source: 'a eq -0044-03-15', shape: '(eq a date:-0044-03-15)' },
  { id: 'date-late', source: 'a eq 12024-01-01', shape: '(eq a date:12024-01-01)' },
  {
    id: 'instant-utc',
    source: 'a eq 2021-06-23T12:30:00Z',
    shape: '(eq a dateTimeOffset:2021-06-23T12:30:00Z)',
  },
  {
    id: 'instant-short',
    source: 'a eq 2021-06-23T12:30Z',
    shape: '(eq a dateTimeOffset:2021-06-23T12:30Z)',
  },
  {
    id: 'instant-offset',
    source: 'a eq 2021-06-23t12:30:00.123456789012-08:00',
    shape: '(eq a dateTimeOffset:2021-06-23t12:30:00.123456789012-08:00)',
  },
  {
    id: 'instant-leap',
    source: 'a eq 2016-12-31T23:59:60Z',
    shape: '(eq a dateTimeOffset:2016-12-31T23:59:60Z)',
  },
  { id: 'time', source: 'a eq 07:59:59.999', shape: '(eq a timeOfDay:07:59:59.999)' },
  { id: 'time-short', source: 'a eq 07:59', shape: '(eq a timeOfDay:07:59)' },
  {
    id: 'duration',
    source: "a eq duration'-P3DT1H2M3.5S'",
    shape: "(eq a duration:duration'-P3DT1H2M3.5S')",
  },
  {
    id: 'integer',
    source: 'a eq 12345678901234567890',
    shape: '(eq a integer:12345678901234567890)',
  },
  { id: 'integer-plus', source: 'a eq +5', shape: '(eq a integer:+5)' },
  { id: 'decimal', source: 'a eq 3.14', shape: '(eq a decimal:3.14)' },
  { id: 'double', source: 'a eq -1.5E-10', shape: '(eq a decimal:-1.5E-10)' },
  {
    id: 'infinity',
    source: 'a lt INF and a gt -INF',
    shape: '(and (lt a decimal:INF) (gt a decimal:-INF))',
  },
  { id: 'nan', source: 'a eq NaN', shape: '(eq a decimal:NaN)' },
  { id: 'string', source: "a eq 'O''Bryan'", shape: "(eq a string:'O''Bryan')" },
  { id: 'string-empty', source: "a eq ''", shape: "(eq a string:'')" },
  { id: 'string-of-quotes', source: "a eq ''''''", shape: "(eq a string:'''''')" },
  { id: 'string-with-operators', source: "a eq 'x and (y'", shape: "(eq a string:'x and (y')" },
  { id: 'binary', source: "a eq binary'T0RhdGE'", shape: "(eq a binary:binary'T0RhdGE')" },
  { id: 'binary-padded', source: "a eq binary'T0RhdGE='", shape: "(eq a binary:binary'T0RhdGE=')" },
  { id: 'enum-number', source: "a eq N.E'-1'", shape: "(eq a enum:N.E'-1')" },
  {
    id: 'point',
    source: "geo.distance(a,geography'SRID=4326;Point(142.1 64.1)') lt 5",
    shape: "(lt geo.distance[a, geography:geography'SRID=4326;Point(142.1 64.1)'] integer:5)",
  },
  {
    id: 'collection-of-shapes',
    source:
      "a eq geometry'SRID=0;GeometryCollection(Point(1 2),LineString(1 2,3 4),GeometryCollection(MultiPoint((1 2))))'",
    shape:
      "(eq a geometry:geometry'SRID=0;GeometryCollection(Point(1 2),LineString(1 2,3 4),GeometryCollection(MultiPoint((1 2))))')",
  },
  {
    id: 'polygons',
    source:
      "geo.intersects(a,geography'SRID=0;MultiPolygon(((1 2,3 4,1 2),(0 0,1 1,0 0)),((5 5 5,6 6 6,5 5 5)))')",
    shape:
      "geo.intersects[a, geography:geography'SRID=0;MultiPolygon(((1 2,3 4,1 2),(0 0,1 1,0 0)),((5 5 5,6 6 6,5 5 5)))']",
  },
  {
    id: 'placeholder',
    source: '_owninguser_value eq <guid>',
    shape: '(eq _owninguser_value placeholder:<guid>)',
  },
  // Functions.
  { id: 'call', source: "contains( name , 'A' )", shape: "contains[name, string:'A']" },
  {
    id: 'call-nested',
    source: "startswith(tolower(trim(name)),'a')",
    shape: "startswith[tolower[trim[name]], string:'a']",
  },
  { id: 'call-empty', source: 'a lt now()', shape: '(lt a now[])' },
  {
    id: 'call-of-expression',
    source: 'round(a add 1) eq 2',
    shape: '(eq round[(add a integer:1)] integer:2)',
  },
  { id: 'call-of-parameter', source: 'f(p=@p1,q=1)', shape: 'f[p=alias:@p1, q=integer:1]' },
  {
    id: 'query-function',
    source: "Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=3)",
    shape:
      "Microsoft.Dynamics.CRM.LastXDays[PropertyName=string:'createdon', PropertyValue=integer:3]",
  },
  {
    id: 'query-function-with-array',
    source: 'Microsoft.Dynamics.CRM.In(PropertyName=\'a\',PropertyValues=["O\'Brian","x"])',
    shape:
      'Microsoft.Dynamics.CRM.In[PropertyName=string:\'a\', PropertyValues=(array string:"O\'Brian" string:"x")]',
  },
  {
    id: 'cast',
    source: "cast(a,Edm.String) eq 'x'",
    shape: "(eq cast[a, typeName:Edm.String] string:'x')",
  },
  { id: 'isof', source: 'isof(N.T)', shape: 'isof[typeName:N.T]' },
  {
    id: 'isof-collection',
    source: 'isof(a,Collection(Edm.String))',
    shape: 'isof[a, Collection[typeName:Edm.String]]',
  },
  {
    id: 'case',
    source: 'case(a gt 0:1,true:-1) eq 1',
    shape: '(eq case[(gt a integer:0), integer:1, boolean:true, integer:-1] integer:1)',
  },
  {
    id: 'hassubset',
    source: 'hassubset(a,[1,2])',
    shape: 'hassubset[a, (array integer:1 integer:2)]',
  },
  {
    id: 'json-object',
    source: 'a eq {"b":1,"c":["d",e add 1]}',
    shape: '(eq a (object b=integer:1 c=(array string:"d" (add e integer:1))))',
  },
  { id: 'json-empty', source: 'f([],{})', shape: 'f[(array), (object )]' },
  // Paths.
  {
    id: 'path',
    source: "primarycontactid/createdby/fullname eq 'x'",
    shape: "(eq primarycontactid/createdby/fullname string:'x')",
  },
  { id: 'path-cast', source: 'a/N.T/b eq 1', shape: '(eq a/typeName:N.T/b integer:1)' },
  { id: 'path-cast-first', source: 'N.T/b eq 1', shape: '(eq typeName:N.T/b integer:1)' },
  {
    id: 'lambda',
    source: 'Tasks/any(t:t/state eq 1)',
    shape: 'Tasks/any[t: (eq variable:t/state integer:1)]',
  },
  {
    id: 'lambda-blanks',
    source: 'Tasks/all( t : t eq 1 )',
    shape: 'Tasks/all[t: (eq variable:t integer:1)]',
  },
  { id: 'lambda-none', source: 'Tasks/any()', shape: 'Tasks/any[]' },
  {
    id: 'lambda-nested',
    source: "a/any(c:c/j eq 'x' and c/b/any(o:o/d ne c/d)) and c eq 1",
    shape:
      "(and a/any[c: (and (eq variable:c/j string:'x') variable:c/b/any[o: (ne variable:o/d variable:c/d)])] (eq c integer:1))",
  },
  { id: 'count', source: 'Tasks/$count gt 5', shape: '(gt Tasks/$count integer:5)' },
  {
    id: 'count-options',
    source: 'Tasks/$count($filter=a eq 1;$search=b OR "c)") gt 5',
    shape: '(gt Tasks/$count[$filter=(eq a integer:1), search:$search=b OR "c)"] integer:5)',
  },
  {
    id: 'subset',
    source: 'Tasks/$filter(a eq 1)/any()',
    shape: 'Tasks/$filter[(eq a integer:1)]/any[]',
  },
  {
    id: 'it',
    source: "endswith($it,'.com') and $this ne $it/b",
    shape: "(and endswith[variable:$it, string:'.com'] (ne variable:$this variable:$it/b))",
  },
  {
    id: 'root',
    source: "$root/People('1')/Name eq 'x'",
    shape: "(eq variable:$root/People[string:'1']/Name string:'x')",
  },
  {
    id: 'bound-function',
    source: '$it/N.f(p=1)/$count ge 1',
    shape: '(ge variable:$it/N.f[p=integer:1]/$count integer:1)',
  },
  {
    id: 'alias',
    source: 'a eq @p1 or @p1/b eq 1',
    shape: '(or (eq a alias:@p1) (eq alias:@p1/b integer:1))',
  },
  {
    id: 'annotation',
    source: "Price/@Measures.Currency eq 'EUR'",
    shape: "(eq Price/annotation:@Measures.Currency string:'EUR')",
  },
  { id: 'annotation-first', source: '@N.T#q/a eq 1', shape: '(eq annotation:@N.T#q/a integer:1)' },
  { id: 'annotation-short', source: 'a/@t eq 1', shape: '(eq a/annotation:@t integer:1)' },
];

const parsed = (source: string): ODataExpression => {
  const { value, problems } = parseOData(source);
  assert.deepEqual(problems, []);
  assert.ok(value);
  return value;
};

describe('parseOData on what the ABNF allows', () => {
  for (const { id, source, shape } of valid) {
    it(`${id}: ${source}`, () => {
      assert.equal(shapeOf(parsed(source)), shape);
    });
  }

  it('answers undefined for an empty filter', () => {
    for (const source of ['', '  \t']) {
      assert.deepEqual(parseOData(source), { value: undefined, problems: [] });
    }
  });

  it('keeps the span of every operator and node', () => {
    const value = parsed("not (a eq 1) and b ne 'x'");
    assert.deepEqual(value, {
      kind: 'logical',
      operator: 'and',
      operands: [
        {
          kind: 'not',
          operator: { text: 'not', span: { start: 0, end: 3 } },
          operand: {
            kind: 'group',
            expression: {
              kind: 'comparison',
              left: { kind: 'property', name: 'a', span: { start: 5, end: 6 } },
              operator: { name: 'eq', text: 'eq', span: { start: 7, end: 9 } },
              right: { kind: 'integer', value: 1, text: '1', span: { start: 10, end: 11 } },
              span: { start: 5, end: 11 },
            },
            span: { start: 4, end: 12 },
          },
          span: { start: 0, end: 12 },
        },
        {
          kind: 'comparison',
          left: { kind: 'property', name: 'b', span: { start: 17, end: 18 } },
          operator: { name: 'ne', text: 'ne', span: { start: 19, end: 21 } },
          right: { kind: 'string', value: 'x', text: "'x'", span: { start: 22, end: 25 } },
          span: { start: 17, end: 25 },
        },
      ],
      operators: [{ name: 'and', text: 'and', span: { start: 13, end: 16 } }],
      span: { start: 0, end: 25 },
    });
  });

  it('reads the values of literals', () => {
    const right = (literal: string): unknown => {
      const value = parsed(`a eq ${literal}`);
      assert.equal(value.kind, 'comparison');
      assert.ok('right' in value);
      return 'value' in value.right ? value.right.value : undefined;
    };
    assert.equal(right("'O''Bryan'"), "O'Bryan");
    assert.equal(right('True'), true);
    assert.equal(right('-INF'), Number.NEGATIVE_INFINITY);
    assert.equal(right('-1.5e3'), -1500);
    assert.equal(right("duration'PT1H'"), 'PT1H');
  });
});
