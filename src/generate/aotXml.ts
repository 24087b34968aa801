import type { Edit } from '../text/edit.ts';
import { childNamed, readXml, type XmlElement } from '../text/xml.ts';

/**
 * An extension of a data entity with some fields. The reader of the AOT silently skips children that stand out
 * of order, so all of them are written, in the order that its own files have.
 */
export const newExtension = (
  name: string,
  fieldXml: string,
): string => `<?xml version="1.0" encoding="utf-8"?>
<AxDataEntityViewExtension xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
\t<Name>${name}</Name>
\t<DataSources />
\t<FieldGroupExtensions />
\t<FieldGroups />
\t<FieldModifications />
\t<Fields>
${fieldXml}
\t</Fields>
\t<Mappings />
\t<PropertyModifications />
\t<Relations />
</AxDataEntityViewExtension>
`;

/** A class that extends a data entity, with one method. */
export const newExtensionClass = (name: string, entity: string, method: string): string =>
  newClass(
    name,
    [
      '/// <summary>',
      `/// What dual-write maps need of ${entity}.`,
      '/// </summary>',
      `[ExtensionOf(tableStr(${entity}))]`,
      `public final class ${name}`,
      '{',
      '}',
    ].join('\n'),
    method,
  );

/** A class with its declaration and the XML of its methods. */
export const newClass = (
  name: string,
  declaration: string,
  methodXml: string,
): string => `<?xml version="1.0" encoding="utf-8"?>
<AxClass xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
\t<Name>${name}</Name>
\t<SourceCode>
\t\t<Declaration><![CDATA[
${inCdata(declaration)}
]]></Declaration>
\t\t<Methods>
${methodXml}
\t\t</Methods>
\t</SourceCode>
</AxClass>
`;

/** A method as it stands in the list `Methods` of a class. */
export const methodXml = (name: string, source: string): string =>
  [
    `\t\t\t<Method>`,
    `\t\t\t\t<Name>${name}</Name>`,
    `\t\t\t\t<Source><![CDATA[`,
    inCdata(source),
    ``,
    `]]></Source>`,
    `\t\t\t</Method>`,
  ].join('\n');

/** The end of a CDATA section can't stand in one. */
const inCdata = (text: string): string => text.replaceAll(']]>', ']]]]><![CDATA[>');

/** The members of these elements in the order of the AOT's own files; one that is missing goes to its place. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  AxDataEntityViewExtension: [
    'Name',
    'DataSources',
    'FieldGroupExtensions',
    'FieldGroups',
    'FieldModifications',
    'Fields',
    'Mappings',
    'PropertyModifications',
    'Relations',
  ],
  SourceCode: ['Declaration', 'Methods'],
};

/**
 * The edit that appends an item to a list below the root, opening it where it is written as `<List />`. Line ends and
 * indentation are those of the file. Undefined where the file, the list or what closes it is missing.
 *
 * @param itemXml indented by tabs as many as its depth.
 * @param canAddList whether a list that is missing is written, too.
 */
export function insertIntoList(
  text: string | undefined,
  path: readonly string[],
  itemXml: string,
  canAddList = false,
): Edit | undefined {
  if (text === undefined) return undefined;
  const { value: root, problems } = readXml(text);
  if (root === undefined || problems.length > 0) return undefined;
  const above = path.slice(0, -1);
  let parent: XmlElement | undefined = root;
  for (const name of above) parent = parent === undefined ? undefined : childNamed(parent, name);
  const name = path.at(-1);
  if (parent === undefined || name === undefined) return undefined;
  const list = childNamed(parent, name);
  const style = styleOf(text, list ?? parent.children[0], path.length);
  const item = style.item(itemXml);
  if (list === undefined) {
    const before = canAddList ? placeOf(parent, name) : undefined;
    if (before === undefined) return undefined;
    const at = { start: before.span.end, end: before.span.end };
    const written = `<${name}>${style.newline}${item}${style.newline}${style.outer}</${name}>`;
    return { span: at, text: `${style.newline}${style.outer}${written}` };
  }
  if (list.content.end === list.span.end) {
    return {
      span: list.span,
      text: `<${name}>${style.newline}${item}${style.newline}${style.outer}</${name}>`,
    };
  }
  const end = text.slice(0, list.content.end).trimEnd().length;
  const at = { start: Math.max(end, list.content.start), end: list.content.end };
  return { span: at, text: `${style.newline}${item}${style.newline}${style.outer}` };
}

/** The member behind which one of this name stands. */
function placeOf({ name, children }: XmlElement, member: string): XmlElement | undefined {
  const order = MEMBERS[name] ?? [];
  const rank = order.indexOf(member);
  return children.findLast((child) => {
    const own = order.indexOf(child.name);
    return own >= 0 && own < rank;
  });
}

interface Style {
  readonly newline: string;
  /** What stands in front of the list. */
  readonly outer: string;
  /** An item in the indentation of the file. */
  readonly item: (xml: string) => string;
}

/** The blanks in front of an element tell those of one level: files of other tools are indented by blanks. */
function styleOf(text: string, element: XmlElement | undefined, depth: number): Style {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const line = /(?:^|[\r\n])([ \t]*)$/u.exec(text.slice(0, element?.span.start ?? 0))?.[1];
  const isEven = line !== undefined && line.length > 0 && line.length % depth === 0;
  const unit = isEven ? line.slice(0, line.length / depth) : '\t';
  const outer = line ?? unit.repeat(depth);
  return {
    newline,
    outer,
    item: (xml) =>
      xml
        .replaceAll(/^\t+/gmu, (tabs) => outer + unit.repeat(Math.max(0, tabs.length - depth)))
        .replaceAll('\n', newline),
  };
}
