import { key } from '../../metadata/merge.ts';
import { type EmbeddedText, plainText } from '../../text/embedded.ts';
import {
  childNamed,
  descendants,
  listNamed,
  readXml,
  type XmlElement,
  xmlTextOf,
  xmlValueOf,
} from '../../text/xml.ts';

/** X++ source code of one element of the AOT, or of a file that is nothing but X++. */
export interface XppSource {
  /** The declaration first, whose variables all methods see; then the methods. */
  readonly texts: readonly EmbeddedText[];
  /** The table whose methods these are, of which `this` is a row. */
  readonly table: string | undefined;
  /** The tables of a form's data sources, which are variables there. */
  readonly dataSources: ReadonlyMap<string, string>;
}

/** What may write rows: an operation of `dualwrite.md` 7.1 by its name. Most X++ has none and is not read further. */
const OPERATION =
  /\bdo(?:insert|update|delete)\b|_recordset\b|\bdelete_from\b|\bskipBusinessEvents\b|\bRecord(?:InsertList|SortedList)\b/iu;

const mayWriteUntracked = (text: string): boolean => OPERATION.test(text);

/** The X++ in a file of AOT XML or in a plain text; undefined where there is none that matters. */
export function xppSourceOf(text: string): XppSource | undefined {
  if (!mayWriteUntracked(text)) return undefined;
  if (!text.replace('\uFEFF', '').trimStart().startsWith('<')) {
    return { texts: [plainText(text)], table: undefined, dataSources: new Map() };
  }
  const { value: root } = readXml(text);
  const code = root === undefined ? undefined : childNamed(root, 'SourceCode');
  if (root === undefined || code === undefined) return undefined;
  const declaration = childNamed(code, 'Declaration');
  // Methods of a form stand below its data sources and controls as well.
  const methods = descendants(code)
    .filter(({ name }) => name === 'Method')
    .flatMap((method) => childNamed(method, 'Source') ?? []);
  return {
    texts: [...(declaration === undefined ? [] : [declaration]), ...classFirst(methods, text)].map(
      (element) => xmlTextOf(text, element),
    ),
    table: root.name === 'AxTable' ? xmlValueOf(text, childNamed(root, 'Name') ?? root) : undefined,
    dataSources: dataSourcesOf(root, text),
  };
}

/** A form keeps its declaration as the method `classDeclaration`, wherever it stands. */
function classFirst(methods: readonly XmlElement[], text: string): readonly XmlElement[] {
  const isDeclaration = ({ content }: XmlElement): boolean =>
    /\bclass\s+\w+[^;]*\{/u.test(text.slice(content.start, content.end));
  return [...methods.filter(isDeclaration), ...methods.filter((each) => !isDeclaration(each))];
}

function dataSourcesOf(root: XmlElement, text: string): ReadonlyMap<string, string> {
  if (root.name !== 'AxForm') return new Map();
  return new Map(
    listNamed(root, 'DataSources').flatMap((element) => {
      const [name, table] = ['Name', 'Table'].map((child) => {
        const found = childNamed(element, child);
        return found === undefined ? '' : xmlValueOf(text, found);
      });
      return name === undefined || table === undefined || name === '' || table === ''
        ? []
        : [[key(name), table] as const];
    }),
  );
}
