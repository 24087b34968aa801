import type { Edit } from '../text/edit.ts';
import { childNamed, readXml, type XmlElement } from '../text/xml.ts';

/**
 * An extension of a data entity with one field. The reader of the AOT silently skips children that stand out
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
export const newClass = (
  name: string,
  entity: string,
  methodXml: string,
): string => `<?xml version="1.0" encoding="utf-8"?>
<AxClass xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
\t<Name>${name}</Name>
\t<SourceCode>
\t\t<Declaration><![CDATA[
/// <summary>
/// Columns that dual-write maps filter on.
/// </summary>
[ExtensionOf(tableStr(${entity}))]
public final class ${name}
{
}
]]></Declaration>
\t\t<Methods>
${methodXml}
\t\t</Methods>
\t</SourceCode>
</AxClass>
`;

/**
 * The edit that appends an item to a list below the root, opening it where it is written as `<List />`.
 * Undefined where the file or the list can't be found: the caller then writes a file of its own.
 */
export function insertIntoList(
  text: string | undefined,
  path: readonly string[],
  itemXml: string,
): Edit | undefined {
  if (text === undefined) return undefined;
  let list: XmlElement | undefined = readXml(text).value;
  for (const name of path) list = list === undefined ? undefined : childNamed(list, name);
  const name = path.at(-1);
  if (list === undefined || name === undefined) return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = '\t'.repeat(path.length);
  const item = itemXml.replaceAll('\n', newline);
  if (list.content.end === list.span.end) {
    return {
      span: list.span,
      text: `<${name}>${newline}${item}${newline}${indent}</${name}>`,
    };
  }
  const end = text.slice(0, list.content.end).trimEnd().length;
  const at = { start: Math.max(end, list.content.start), end: list.content.end };
  return { span: at, text: `${newline}${item}${newline}${indent}` };
}
