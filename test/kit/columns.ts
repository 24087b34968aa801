import type { PublicEntity } from '../../src/metadata/publicEntity.ts';

/** The columns of a row file in short: `Amount number NULL`. */
export const columnsTold = (entity: PublicEntity | undefined): readonly string[] | undefined =>
  entity?.fields.map(
    ({ name, type, sample }) =>
      `${name} ${type.kind === 'enum' ? type.name : type.kind}${sample?.hasNull === true ? ' NULL' : ''}`,
  );
