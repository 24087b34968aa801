import { deepEqual, ok } from 'node:assert/strict';
import { array, assert, constantFrom, property } from 'fast-check';
import { xppWritesIn } from '../../../src/tracking/xpp/writes.ts';

/** The writes of a text the way tables of tests write them: `operation table [fields] | what is marked`. */
const writesIn = (text: string): readonly string[] =>
  xppWritesIn(text).map(
    ({ operation, table, fields, span }) =>
      `${operation} ${table.toLowerCase()}${fields === undefined ? '' : ` [${fields.join(' ')}]`} | ${text.slice(span.start, span.end)}`,
  );

const method = (body: string): string => `void run()\n{\n    ${body}\n}`;

const xml = (root: string, name: string, declaration: string, methods: readonly string[]): string =>
  `<?xml version="1.0" encoding="utf-8"?>
<${root} xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
  <Name>${name}</Name>
  <SourceCode>
    <Declaration><![CDATA[${declaration}]]></Declaration>
    <Methods>${methods.map((source, index) => `<Method><Name>m${index}</Name><Source><![CDATA[${source}]]></Source></Method>`).join('')}</Methods>
  </SourceCode>
</${root}>`;

const speaks: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'doInsert in any case': [
    method('CustTable custTable; custTable.DOINSERT();'),
    ['doInsert custtable | custTable.DOINSERT'],
  ],
  doUpdate: [
    method('CustTable c = CustTable::find(id), other; other.doUpdate();'),
    ['doUpdate custtable | other.doUpdate'],
  ],
  'doDelete of a parameter': [
    'void run(boolean _all, CustTable _custTable)\n{ _custTable.doDelete(); }',
    ['doDelete custtable | _custTable.doDelete'],
  ],
  insert_recordset: [
    method('VendTable v; CustTable c; insert_recordset c (AccountNum) select AccountNum from v;'),
    ['insertRecordset custtable | insert_recordset c'],
  ],
  'update_recordset with what it sets': [
    method(
      'CustTable c; update_recordset forceliterals c setting CreditMax = max(1, 2), Blocked = 0 where c.AccountNum == "1";',
    ),
    ['updateRecordset custtable [creditmax blocked] | update_recordset forceliterals c'],
  ],
  delete_from: [
    method('CustTable custTable; delete_from custTable where custTable.AccountNum == "x";'),
    ['deleteFrom custtable | delete_from custTable'],
  ],
  'delete_from with from': [
    method('CustTable custTable; delete_from /* all */ custTable;'),
    ['deleteFrom custtable | delete_from /* all */ custTable'],
  ],
  RecordInsertList: [
    method('RecordInsertList list = new RecordInsertList(tableNum(CustTable), true);'),
    ['recordList custtable | new RecordInsertList'],
  ],
  'RecordInsertList by a buffer': [
    method('CustTable c; list = new RecordInsertList(c.TableId);'),
    ['recordList custtable | new RecordInsertList'],
  ],
  'RecordSortedList that inserts': [
    method(
      'RecordSortedList list = new RecordSortedList(tableNum(CustTable)); list.insertDatabase();',
    ),
    ['recordList custtable | list.insertDatabase'],
  ],
  skipBusinessEvents: [
    method('CustTable c; c.skipBusinessEvents(true); c.update();'),
    ['skipBusinessEvents custtable | c.skipBusinessEvents'],
  ],
  'an inner declaration': [
    method('CustTable c; if (x) { VendTable c; c.doUpdate(); } c.doUpdate();'),
    ['doUpdate vendtable | c.doUpdate', 'doUpdate custtable | c.doUpdate'],
  ],
  'a class in plain text': [
    'public class Job\n{\n  CustTable custTable;\n  void run() { custTable.doUpdate(); this.custTable.doInsert(); }\n}',
    ['doUpdate custtable | custTable.doUpdate', 'doInsert custtable | this.custTable.doInsert'],
  ],
  'a class in XML, whose methods see its members': [
    xml('AxClass', 'Job', 'public class Job { CustTable custTable; }', [
      method('custTable.doUpdate();'),
    ]),
    ['doUpdate custtable | custTable.doUpdate'],
  ],
  'a method of a table': [
    xml('AxTable', 'CustTable', 'public class CustTable extends common {}', [
      method('this.doUpdate();'),
    ]),
    ['doUpdate custtable | this.doUpdate'],
  ],
  'an extension of a table': [
    xml(
      'AxClass',
      'CustTable_Ours_Extension',
      '[ExtensionOf(tableStr(CustTable))] final class CustTable_Ours_Extension {}',
      [method('this.doInsert();')],
    ),
    ['doInsert custtable | this.doInsert'],
  ],
  'a data source of a form': [
    `<AxForm><Name>F</Name><SourceCode><Methods><Method><Name>classDeclaration</Name><Source><![CDATA[public class F extends FormRun {}]]></Source></Method></Methods>
     <DataSources><DataSource><Name>Cust</Name><Methods><Method><Name>write</Name><Source><![CDATA[void write() { Cust.doUpdate(); }]]></Source></Method></Methods></DataSource></DataSources></SourceCode>
     <DataSources><AxFormDataSource><Name>Cust</Name><Table>CustTable</Table></AxFormDataSource></DataSources></AxForm>`,
    ['doUpdate custtable | Cust.doUpdate'],
  ],
  'behind entities of XML': [
    '<AxClass><Name>J</Name><SourceCode><Declaration>class J {}</Declaration><Methods><Method><Source>void m() { CustTable c; if (a &lt; b &amp;&amp; x) c.doUpdate(); }</Source></Method></Methods></SourceCode></AxClass>',
    ['doUpdate custtable | c.doUpdate'],
  ],
};

const silent: Readonly<Record<string, string>> = {
  'a comment': method('CustTable c; // c.doUpdate();\n /* c.doUpdate(); */'),
  'a string': method(
    'CustTable c; info("c.doUpdate();"); info(\'delete_from c\'); info(@"c.doUpdate()");',
  ),
  'a string that is not closed': method('CustTable c; info("c.doUpdate();\n);'),
  'a variable that nobody declares': method('custTable.doUpdate();'),
  'a variable without a type': method('var c = CustTable::find(id); c.doUpdate();'),
  'a variable of another method': xml('AxClass', 'J', 'class J {}', [
    method('CustTable c;'),
    method('c.doUpdate();'),
  ]),
  'a parameter of another method': 'class J { void a(CustTable c) {} void b() { c.doUpdate(); } }',
  'what a call answers': method('CustTable::find(id).doUpdate(); a.b.doUpdate(); X::c.doUpdate();'),
  'a field of that name': method('CustTable c; c.doUpdate = 1;'),
  'business events that are not skipped': method(
    'CustTable c; c.skipBusinessEvents(false); c.skipBusinessEvents(_skip);',
  ),
  'a sorted list that is only read': method(
    'RecordSortedList list = new RecordSortedList(tableNum(CustTable)); list.first(c);',
  ),
  'this in a class': xml('AxClass', 'J', 'class J {}', [method('this.doUpdate();')]),
  'an option taken for a type': method('select forupdate custTable; custTable.doUpdate();'),
  'a macro taken for a type': method('#Ours\n c; c.doUpdate();'),
  'a select statement': method('CustTable c; select c where c.A == 1; c.update(); c.insert();'),
  'XML without X++': '<AxTable><Name>delete_from</Name></AxTable>',
};

describe('X++ that writes past business events', () => {
  for (const [id, [text, expected]] of Object.entries(speaks)) {
    it(`is found: ${id}`, () => deepEqual(writesIn(text), expected));
  }
  for (const [id, text] of Object.entries(silent)) {
    it(`is not seen in: ${id}`, () => deepEqual(writesIn(text), []));
  }

  it('is read whatever the text holds', () => {
    const pieces =
      '{ } ( ) " \' @" // /* */ ; , = . # [ CustTable c c.doUpdate() delete_from update_recordset setting <![CDATA[ ]]> <AxClass> <SourceCode> class'.split(
        ' ',
      );
    assert(
      property(array(constantFrom(...pieces, ' ', '\n'), { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        for (const { span } of xppWritesIn(text)) {
          ok(span.start < span.end && span.end <= text.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is found in long code without going deeper', () => {
    const many = method(`CustTable c; ${'if (x) { c.doUpdate(); } '.repeat(5000)}`);
    deepEqual(writesIn(many).length, 5000);
    deepEqual(writesIn(method(`${'{'.repeat(50_000)} CustTable c; c.doUpdate();`)).length, 1);
  });
});
