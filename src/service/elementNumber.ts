import type { SqlLiteral } from '../filter/meaning/sqlText.ts';
import type { EnumElement } from '../metadata/model.ts';
import type { ElementNumber } from '../preview/engines/sqlServerSql.ts';
import type { AnalysedFilter } from './analysed.ts';
import { legEntity } from './checks/legEntity.ts';
import type { Workspace } from './workspace.ts';

/** The numbers under which a database keeps elements of enums, by what metadata tell of fields and enums. */
export function elementNumberOf(
  { site: { leg } }: Pick<AnalysedFilter, 'site'>,
  workspace: Workspace,
): ElementNumber {
  const typeOf = leg === undefined ? undefined : legEntity(leg, workspace).typeOf;
  return (field, literal) => {
    const name = nameIn(literal);
    if (name === undefined) return undefined;
    const type = field === undefined ? undefined : typeOf?.(field);
    const elements: readonly EnumElement[] | undefined =
      type?.kind === 'enum' && type.elements.length > 0
        ? type.elements
        : literal.type === 'enum'
          ? (workspace.metadata.enumNamed(literal.enumName)?.elements ?? [])
          : type?.kind === 'enum'
            ? []
            : undefined;
    if (elements === undefined) return undefined;
    const found = elements.find((element) => element.name.toLowerCase() === name.toLowerCase());
    return found?.value ?? 'unknown';
  };
}

function nameIn(literal: SqlLiteral): string | undefined {
  switch (literal.type) {
    case 'enum':
      return literal.element;
    case 'text':
      return literal.text;
    default:
      return undefined;
  }
}
