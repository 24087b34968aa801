import type { FieldMapping, Leg } from '../../map/model.ts';
import { lookupColumn } from '../../metadata/dataverse/model.ts';
import type { Metadata } from '../../metadata/metadata.ts';
import type { Problem } from '../../problem/problem.ts';
import { fieldSpan } from './legEntity.ts';

/**
 * Lookups that don't say by which column they find their row (`dualwrite.md` 1.3). A map with one can't be started; its
 * related entity shows that a lookup is meant.
 */
export const checkLookupColumns = ({ fieldMappings }: Leg): readonly Problem[] =>
  fieldMappings.flatMap((mapping): readonly Problem[] => {
    const { destinationField: field, relatedEntity } = mapping;
    if (field === '') return [];
    if (isBroken(field)) return [withoutColumn(mapping, 'broken')];
    return relatedEntity !== '' && !field.includes('.') ? [withoutColumn(mapping)] : [];
  });

const withoutColumn = (mapping: FieldMapping, variant?: 'broken'): Problem => ({
  code: 'lookup-without-column',
  ...(variant === undefined ? {} : { variant }),
  span: fieldSpan(mapping, 'dataverse'),
  args: { field: mapping.destinationField, table: mapping.relatedEntity },
});

/** Polymorphic lookups name their columns in parentheses: `customerid.Account(accountnumber)`. */
const isBroken = (field: string): boolean =>
  (field.includes('.') || field.includes('(')) && /^\.|\.$|\.\.|\(\s*\)/u.test(field);

/** A lookup finds its row by an alternate key (`dualwrite.md` 7.2, DIPV1027 and DIPV1028). */
export const checkLookupKeys = (
  { fieldMappings, destinationSchema }: Leg,
  { dataverse }: Metadata,
): readonly Problem[] =>
  fieldMappings.flatMap((mapping): readonly Problem[] => {
    const { destinationField, relatedEntity } = mapping;
    const [lookup = '', column, ...more] = destinationField.split('.');
    if (column === undefined) {
      const table = dataverse.tableNamed(destinationSchema);
      const isLookup =
        relatedEntity === '' &&
        table?.columns.some(
          ({ name, type }) => type === 'lookup' && name.toLowerCase() === lookupColumn(lookup),
        ) === true;
      return isLookup && lookup !== '' && mapping.transforms.length === 0
        ? [withoutColumn({ ...mapping, relatedEntity: lookup })]
        : [];
    }
    // Behind further dots stand tables that no metadata ties to this one.
    if (more.length > 0 || column.includes('(') || relatedEntity === '') return [];
    const related = dataverse.tableNamed(relatedEntity);
    const name = column.toLowerCase();
    if (related?.keys === undefined || name === `${related.logicalName}id`) return [];
    if (related.keys.some((key) => key.some((each) => each.toLowerCase() === name))) return [];
    return [
      {
        code: 'lookup-key',
        span: fieldSpan(mapping, 'dataverse'),
        args: { column, table: relatedEntity },
      },
    ];
  });
