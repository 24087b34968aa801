import { deepEqual, equal, ok } from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  childNamed,
  descendants,
  readXml,
  type XmlElement,
  xmlTextOf,
  xmlValueOf,
} from '../../../src/text/xml.ts';

/** An element as `name[text](children)`, its text trimmed. */
const outline = (source: string, element: XmlElement | undefined): string => {
  if (element === undefined) return '-';
  const text = xmlValueOf(source, element);
  const children = element.children.map((child) => outline(source, child)).join(' ');
  return `${element.name}${text && `[${text}]`}${children && `(${children})`}`;
};

const problemsOf = (source: string): readonly string[] =>
  readXml(source).problems.map(
    ({ kind, name, span }) => `${kind} ${name} ${source.slice(span.start, span.end)}`,
  );

const cases = [
  { id: 'elements and text', source: '<a><b>x</b><c>y</c></a>', outline: 'a(b[x] c[y])' },
  {
    id: 'declaration, comment, mark',
    source: '\uFEFF<?xml version="1.0"?><!-- <x> --><a>t</a>',
    outline: 'a[t]',
  },
  { id: 'comment inside text', source: '<a>x<!-- <b> -->y</a>', outline: 'a[xy]' },
  { id: 'closes itself', source: '<a><b /><c/></a>', outline: 'a(b c)' },
  { id: 'entities', source: '<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x42;</a>', outline: `a[<&>"'AB]` },
  {
    id: 'entities it does not know',
    source: '<a>&nbsp;&;&#xZZ;&#x110000; & </a>',
    outline: 'a[&nbsp;&;&#xZZ;&#x110000; &]',
  },
  { id: 'CDATA', source: '<a><![CDATA[<b>&amp;</b>]]></a>', outline: 'a[<b>&amp;</b>]' },
  { id: 'CDATA between blanks', source: '<a>\n <![CDATA[x]]>\n</a>', outline: 'a[x]' },
  { id: 'CRLF', source: '<a>\r\n\t<b>x</b>\r\n</a>', outline: 'a(b[x])' },
  { id: 'case matters', source: '<a><B>x</B><b>y</b></a>', outline: 'a(B[x] b[y])' },
  { id: 'second root is ignored', source: '<a/><b/>', outline: 'a' },
  { id: 'unclosed', source: '<a><b>x</a>', outline: 'a(b[x])', problems: ['notClosed b <b>'] },
  {
    id: 'truncated in text',
    source: '<a><b>x',
    outline: 'a(b[x])',
    problems: ['notClosed b <b>', 'notClosed a <a>'],
  },
  { id: 'truncated in a tag', source: '<a><b', outline: 'a', problems: ['notClosed a <a>'] },
  {
    id: 'truncated in CDATA',
    source: '<a><![CDATA[x',
    outline: 'a[x]',
    problems: ['notClosed a <a>'],
  },
  { id: 'end tag of nothing', source: '<a></b></a>', outline: 'a' },
  { id: 'empty', source: '', outline: '-', problems: ['noRoot  '] },
  { id: 'no XML at all', source: 'plain & simple', outline: '-', problems: ['noRoot  '] },
  { id: 'binary', source: '\u0001\uFFFD\u0000<', outline: '-', problems: ['noRoot  '] },
] as const;

describe('XML', () => {
  for (const { id, source, outline: expected, ...rest } of cases) {
    it(`is read tolerantly: ${id}`, () => {
      equal(outline(source, readXml(source).value), expected);
      deepEqual(problemsOf(source), 'problems' in rest ? rest.problems : []);
    });
  }

  it('knows where elements and what they hold stand', () => {
    const source = '<a>\n <b x="1">t<c/></b>\n <d /></a>';
    const root = readXml(source).value;
    ok(root);
    const places = [root, ...descendants(root)].map(({ span, content }) => [
      source.slice(span.start, span.end),
      source.slice(content.start, content.end),
    ]);
    deepEqual(places, [
      [source, '\n <b x="1">t<c/></b>\n <d />'],
      ['<b x="1">t<c/></b>', 't<c/>'],
      ['<c/>', ''],
      ['<d />', ''],
    ]);
  });

  it('decodes attributes', () => {
    const { value } = readXml(`<a i:type="A&amp;B" b='&quot;'/>`);
    deepEqual(value?.attributes, { 'i:type': 'A&B', b: '"' });
  });

  const writing = [
    {
      id: 'escaped quotes go on escaped',
      source: '<a><m>&quot;x&quot;</m></a>',
      written: '&quot;&amp;&lt;&gt;',
    },
    { id: 'bare quotes stay bare', source: '<a><m>"x"</m></a>', written: '"&amp;&lt;&gt;' },
    { id: 'nothing is escaped in CDATA', source: '<a><m><![CDATA["x"]]></m></a>', written: '"&<>' },
  ];
  for (const { id, source, written } of writing) {
    it(`is written on in its own style: ${id}`, () => {
      const root = readXml(source).value;
      const element = root === undefined ? undefined : childNamed(root, 'm');
      ok(element);
      equal(xmlTextOf(source, element).encode('"&<>'), written);
    });
  }

  const large = [
    {
      id: 'nested 100,000 deep',
      source: '<a>'.repeat(100_000) + '</a>'.repeat(100_000),
      count: 99_999,
      problems: 0,
    },
    {
      id: 'nested 100,000 deep and unclosed',
      source: '<a>'.repeat(100_000),
      count: 99_999,
      problems: 100_000,
    },
    {
      id: '300,000 children',
      source: `<a>${'<b/>'.repeat(300_000)}</a>`,
      count: 300_000,
      problems: 0,
    },
  ];
  for (const { id, source, count, problems } of large) {
    it(`is read whatever its size: ${id}`, () => {
      const read = readXml(source);
      ok(read.value);
      equal(descendants(read.value).length, count);
      equal(read.problems.length, problems);
    });
  }

  it('keeps what stands in a section that is never closed', () => {
    for (const source of ['<a><![CDATA[<', '<a><![CDATA[', '<a><![CDATA[xy', '<a><![CDATA[x]]']) {
      const { value } = readXml(source);
      ok(value);
      const text = source.slice('<a><![CDATA['.length);
      equal(xmlTextOf(source, value).value, text);
    }
  });

  it('never throws, and every place lies inside the document', () => {
    const parts = [
      '<a>',
      '</a>',
      '<b ',
      '/>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '&amp;',
      '&',
      '"',
      'x',
      '<',
      '<?',
    ];
    const source = fc.string({ unit: fc.constantFrom(...parts), maxLength: 20 });
    fc.assert(
      fc.property(source, (text) => {
        const { value, problems } = readXml(text);
        const elements = value === undefined ? [] : [value, ...descendants(value)];
        const spans = [
          ...problems.map(({ span }) => span),
          ...elements.flatMap(({ span, content, text: pieces }) => [
            span,
            content,
            ...pieces.map((piece) => piece.span),
          ]),
        ];
        for (const { start, end } of spans) {
          ok(0 <= start && start <= end && end <= text.length, `${start}..${end} of ${text}`);
        }
      }),
    );
  });
});
