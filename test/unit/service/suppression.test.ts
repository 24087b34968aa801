import assert from 'node:assert/strict';
import { runCommandLine } from '../../../cli/run.ts';
import { lspDiagnostic } from '../../../server/convert.ts';
import { translator } from '../../../src/problem/message.ts';
import { analyse } from '../../../src/service/analysis.ts';
import {
  type DiagnosticOptions,
  readDiagnosticOptions,
} from '../../../src/service/diagnosticOptions.ts';
import { type Diagnostic, diagnosticsOf } from '../../../src/service/diagnostics.ts';
import { fixesOf } from '../../../src/service/fixes.ts';
import { type Document, emptyWorkspace } from '../../../src/service/workspace.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { linesOf } from '../../../src/text/lines.ts';

const english = translator('en');

const map = (fo: string, dataverse = ''): string => `{
  "name": "[Customers V3] - [accounts]",
  "legs": [
    {
      "sourceSchema": "Customers V3",
      "destinationSchema": "accounts",
      // FO
      "sourceFilter": ${JSON.stringify(fo)},
      // DATAVERSE
      "reversedSourceFilter": ${JSON.stringify(dataverse)},
      "fieldMappings": []
    }
  ]
}
`;

const jsonc = (text: string): Document => ({ uri: 'file:///map.jsonc', text });

const xml = (mapping: string, comment = ''): Document => ({
  uri: 'file:///customizations.xml',
  text: `<?xml version="1.0"?>
<ImportExportXml>
  ${comment}
  <msdyn_dualwriteentitymap>
    <msdyn_mapping>${mapping.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</msdyn_mapping>
  </msdyn_dualwriteentitymap>
</ImportExportXml>
`,
});

function diagnosticsIn(
  document: Document,
  options: Partial<DiagnosticOptions> = {},
): readonly Diagnostic[] {
  const diagnostics = { ...emptyWorkspace.diagnostics, ...options };
  return diagnosticsOf(analyse(document, { ...emptyWorkspace, diagnostics }), english);
}

const codesIn = (document: Document, options: Partial<DiagnosticOptions> = {}): readonly string[] =>
  diagnosticsIn(document, options)
    .map(({ code }) => code)
    .filter((code) => code !== 'metadata-missing');

const markedIn = (document: Document): readonly string[] =>
  diagnosticsIn(document)
    .filter(({ code }) => code === 'unused-suppression')
    .map(({ span, problem }) => {
      const text = document.text.slice(span.start, span.end);
      return `${problem.variant ?? 'unused'} | ${text}`;
    });

/** The document after a fix of the first problem of a code. */
function fixed(document: Document, code: string, title?: string): string {
  const diagnostic = diagnosticsIn(document).find((each) => each.code === code);
  assert.ok(diagnostic, code);
  const fixes = fixesOf(diagnostic, document, emptyWorkspace, english);
  const fix = title === undefined ? fixes[0] : fixes.find((each) => each.title === title);
  assert.ok(fix, fixes.map((each) => each.title).join(' | '));
  return applyEdits(document.text, fix.change.edits[0]?.edits ?? []);
}

const BLANK = '(Name == " ")';

describe('comments that suppress by code', () => {
  it('work for a document, a line, and several codes', () => {
    const plain = map('Name = " "', "name eq ''");
    assert.deepEqual(codesIn(jsonc(plain)), [
      'outer-parentheses',
      'single-equals',
      'blank-text',
      'empty-text',
    ]);
    const whole = `// dual-write-disable blank-text, single-equals -- agreed\n${plain}`;
    assert.deepEqual(codesIn(jsonc(whole)), ['outer-parentheses', 'empty-text']);
    const line = plain.replace('// FO', '// dual-write-disable-next-line blank-text');
    assert.deepEqual(codesIn(jsonc(line)), ['outer-parentheses', 'single-equals', 'empty-text']);
    const block = plain.replace('// DATAVERSE', '/* dual-write-disable-next-line empty-text */');
    assert.deepEqual(codesIn(jsonc(block)), ['outer-parentheses', 'single-equals', 'blank-text']);
  });

  it('work with CRLF and a byte order mark', () => {
    const text = map(BLANK).replace('// FO', '// dual-write-disable-next-line blank-text');
    assert.deepEqual(codesIn(jsonc(`\uFEFF// x\r\n${text.replaceAll('\n', '\r\n')}`)), []);
  });

  it('work in XML', () => {
    const mapping = map(BLANK).replaceAll(/ *\/\/.*\n/gu, '');
    assert.deepEqual(codesIn(xml(mapping)), ['blank-text']);
    assert.deepEqual(codesIn(xml(mapping, '<!-- dual-write-disable blank-text -->')), []);
    assert.deepEqual(codesIn(xml(mapping, '<![CDATA[<!-- dual-write-disable blank-text -->]]>')), [
      'blank-text',
    ]);
  });

  it('are none inside texts', () => {
    const text = map(BLANK).replace('Customers V3"', '// dual-write-disable blank-text"');
    assert.deepEqual(codesIn(jsonc(text)), ['blank-text']);
  });

  it('are none in a filter of its own', () => {
    const document: Document = { uri: 'file:///a.xppfilter', text: BLANK, side: 'fo' };
    assert.deepEqual(codesIn(document), ['blank-text']);
  });

  it('are problems themselves where they suppress nothing', () => {
    const unused = jsonc(`// dual-write-disable blank-text, wildcard\n${map(BLANK)}`);
    assert.deepEqual(markedIn(unused), ['unused | wildcard']);
    assert.equal(
      fixed(unused, 'unused-suppression'),
      `// dual-write-disable blank-text\n${map(BLANK)}`,
    );
    const unknown = jsonc(`// dual-write-disable blnk-text\n${map(BLANK)}`);
    assert.deepEqual(markedIn(unknown), ['unknown | blnk-text']);
    assert.equal(
      fixed(unknown, 'unused-suppression'),
      `// dual-write-disable blank-text\n${map(BLANK)}`,
    );
    const empty = jsonc(`// dual-write-disable\n${map(BLANK)}`);
    assert.deepEqual(markedIn(empty), ['empty | // dual-write-disable']);
    assert.equal(fixed(empty, 'unused-suppression', 'Remove this comment'), map(BLANK));
    const inXml = xml(map(BLANK).replaceAll(/ *\/\/.*\n/gu, ''), '<!-- dual-write-disable -->');
    const rest = { ...inXml, text: fixed(inXml, 'unused-suppression', 'Remove this comment') };
    assert.deepEqual(markedIn(rest), []);
    assert.deepEqual(codesIn(rest), ['blank-text']);
    const alone = jsonc(
      map('(A == 1)').replace('// FO', '// dual-write-disable-next-line wildcard'),
    );
    assert.equal(fixed(alone, 'unused-suppression'), map('(A == 1)').replace('      // FO\n', ''));
  });

  it('are not taken for others of a similar name', () => {
    assert.deepEqual(markedIn(jsonc(`// dual-write-disabled\n${map(BLANK)}`)), []);
  });
});

describe('the fix that suppresses a code in a file', () => {
  const title = 'Suppress blank-text in this file';

  it('writes a comment and what it suppresses is gone', () => {
    const before = jsonc(map(BLANK));
    const after = fixed(before, 'blank-text', title);
    assert.equal(after, `// dual-write-disable blank-text\n${map(BLANK)}`);
    assert.deepEqual(codesIn(jsonc(after)), []);
  });

  it('adds to the comment that is there', () => {
    const before = jsonc(`// dual-write-disable single-equals\n${map('(Name = " ")')}`);
    const after = fixed(before, 'blank-text', title);
    assert.match(after, /^\/\/ dual-write-disable single-equals, blank-text\n/u);
    assert.deepEqual(codesIn(jsonc(after)), []);
  });

  it('stands behind the declaration of XML', () => {
    const before = xml(map(BLANK).replaceAll(/ *\/\/.*\n/gu, ''));
    const after = fixed(before, 'blank-text', title);
    assert.match(after, /^<\?xml version="1\.0"\?>\n<!-- dual-write-disable blank-text -->\n</u);
    assert.deepEqual(codesIn({ ...before, text: after }), []);
  });

  it('is not offered where comments are none, nor for what is broken', () => {
    const titles = (document: Document): readonly string[] =>
      diagnosticsIn(document).flatMap((diagnostic) =>
        fixesOf(diagnostic, document, emptyWorkspace, english).map((fix) => fix.title),
      );
    const json = { uri: 'file:///map.json', text: map(BLANK).replaceAll(/ *\/\/.*\n/gu, '') };
    assert.ok(!titles(json).includes(title));
    const broken = titles(jsonc(map('(A == ')));
    assert.deepEqual(
      broken.filter((each) => each.startsWith('Suppress')),
      [],
    );
  });
});

describe('settings of diagnostics', () => {
  const document = jsonc(map('(Name = " ")', "name eq ''"));

  it('change a severity or switch a code off', () => {
    const found = diagnosticsIn(document, {
      severity: { 'blank-text': 'error', 'single-equals': 'off' },
    });
    assert.deepEqual(
      found.map(({ code, severity }) => `${severity} ${code}`),
      ['hint metadata-missing', 'error blank-text', 'warning empty-text'],
    );
  });

  it('suppress by code, map and side', () => {
    const rest = (suppress: DiagnosticOptions['suppress']): readonly string[] =>
      codesIn(document, { suppress });
    const all = ['single-equals', 'blank-text', 'empty-text'];
    assert.deepEqual(rest([{ code: 'blank-text' }]), ['single-equals', 'empty-text']);
    assert.deepEqual(rest([{ code: 'blank-text', filter: 'dataverse' }]), all);
    for (const name of ['[Customers V3] - [accounts]', '*customers*', 'accounts - Customers V?']) {
      assert.deepEqual(rest([{ code: 'blank-text', map: name, filter: 'fo' }]), [
        'single-equals',
        'empty-text',
      ]);
    }
    assert.deepEqual(rest([{ code: 'blank-text', map: 'Customers' }]), all);
    assert.deepEqual(rest([{ code: 'blank-text', map: '[C]*' }]), all);
  });

  it('are read with care', () => {
    const severity = {
      'blank-text': 'off',
      'single-equals': 'loud',
      nothing: 'error',
      wildcard: 1,
    };
    const suppress = [
      { code: 'wildcard', map: 'x', filter: 'fo' },
      { code: 'nothing' },
      { code: 'wildcard', filter: 'both' },
      { code: 'wildcard', map: 1 },
      'wildcard',
      null,
    ];
    assert.deepEqual(readDiagnosticOptions(severity, suppress), {
      severity: { 'blank-text': 'off' },
      suppress: [{ code: 'wildcard', map: 'x', filter: 'fo' }],
    });
    assert.deepEqual(readDiagnosticOptions(undefined, 'x'), { severity: {}, suppress: [] });
    assert.deepEqual(readDiagnosticOptions([], {}), { severity: {}, suppress: [] });
  });

  it('come from the command line, too', async () => {
    const run = async (...words: readonly string[]) => {
      let out = '';
      let error = '';
      const exitCode = await runCommandLine(
        ['check', '--side', 'fo', '--expression', '(Name = " ")', ...words],
        {
          files: { list: async () => [], read: async () => new Uint8Array() },
          write: async () => undefined,
          isFolder: async () => false,
          input: async () => '',
          folder: '/',
          locale: 'en',
          out: (text) => (out += text),
          error: (text) => (error += text),
        },
      );
      return { exitCode, out, error };
    };
    assert.equal((await run()).exitCode, 1);
    const quiet = await run('--severity', 'blank-text=hint', '--severity=single-equals=off');
    assert.equal(quiet.exitCode, 0);
    assert.match(quiet.out, /hint blank-text/u);
    assert.doesNotMatch(quiet.out, /single-equals/u);
    for (const wrong of ['nothing=off', 'blank-text', 'blank-text=loud', 'blank-text=off=off']) {
      const { exitCode, error } = await run('--severity', wrong);
      assert.equal(exitCode, 2, wrong);
      assert.match(error, /--severity/u);
    }
  });
});

describe('tags', () => {
  it('reach the editor', () => {
    const document = jsonc(map('((A == 1) || (A == 1))'));
    const lines = linesOf(document.text);
    const tags = diagnosticsIn(document).map((diagnostic) => [
      diagnostic.code,
      lspDiagnostic(diagnostic, lines, () => undefined).tags,
    ]);
    assert.deepEqual(tags, [['duplicate-comparison', [1]]]);
  });
});
