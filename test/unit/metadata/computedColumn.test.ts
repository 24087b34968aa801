import { equal } from 'node:assert/strict';
import { isNullSafe } from '../../../src/metadata/computedColumn.ts';

const IF =
  'SysComputedColumn::if(SysComputedColumn::isNullExpression(f), SysComputedColumn::returnLiteral(""), f)';
const method = (returned: string): string =>
  `public static str m()\n{\n    str f = x();\n    return ${returned};\n}`;

const safe = [
  { id: 'the documented form', source: method(IF) },
  {
    id: 'any case and blanks',
    source: method(
      'syscomputedcolumn::IF(\n  SysComputedColumn::IsNullExpression( f ),\n  SysComputedColumn::ReturnLiteral(0),\n  f)',
    ),
  },
  {
    id: 'another literal',
    source: method(
      'SysComputedColumn::if(SysComputedColumn::isNullExpression(f), SysComputedColumn::returnLiteral(dateNull()), f)',
    ),
  },
  { id: 'comments between', source: method(`// return f;\n ${IF} /* else */`) },
];
const unsafe = [
  { id: 'nothing', source: '' },
  { id: 'a bare field', source: method('f') },
  {
    id: 'the other branch yields another field',
    source: method(
      'SysComputedColumn::if(SysComputedColumn::isNullExpression(f), SysComputedColumn::returnLiteral(""), g)',
    ),
  },
  {
    id: 'NULL yields the field',
    source: method(
      'SysComputedColumn::if(SysComputedColumn::isNullExpression(f), f, SysComputedColumn::returnLiteral(""))',
    ),
  },
  {
    id: 'another test',
    source: method(
      'SysComputedColumn::if(SysComputedColumn::equalExpression(f, g), SysComputedColumn::returnLiteral(""), f)',
    ),
  },
  { id: 'more around it', source: method(`SysComputedColumn::add(${IF}, g)`) },
  { id: 'in a comment', source: method(`f; // return ${IF}`) },
  { id: 'in a comment that stands before', source: `/* return ${IF}; */\n${method('f')}` },
  { id: 'no semicolon', source: `return ${IF}` },
];

describe('a method of a computed column', () => {
  for (const { id, source } of safe) {
    it(`catches NULL: ${id}`, () => {
      equal(isNullSafe(source), true);
    });
  }

  for (const { id, source } of unsafe) {
    it(`is not known to catch NULL: ${id}`, () => {
      equal(isNullSafe(source), false);
    });
  }
});
