import type { Problem } from '../problem/problem.ts';
import type { DataverseTable } from './dataverse/model.ts';
import type { EntityExtension, Query } from './entityView.ts';
import type { LabelFile } from './labels.ts';
import type { Entity, EnumType, ExtendedType, Method, Table } from './model.ts';
import type { PublicEntity } from './publicEntity.ts';
import type { EnumExtension, TableExtension } from './readTypes.ts';

/** What one file of the AOT tells. */
export interface MetadataFile {
  readonly uri: string;
  readonly entities: readonly Entity[];
  readonly extensions: readonly EntityExtension[];
  readonly views: readonly Entity[];
  readonly queries: readonly Query[];
  readonly tables: readonly Table[];
  readonly tableExtensions: readonly TableExtension[];
  readonly enums: readonly EnumType[];
  readonly publicEnums: readonly EnumType[];
  readonly enumExtensions: readonly EnumExtension[];
  readonly extendedTypes: readonly ExtendedType[];
  readonly publicEntities: readonly PublicEntity[];
  /** What a file of rows tells, each entity named as the file is. */
  readonly sampledEntities: readonly PublicEntity[];
  readonly dataverseTables: readonly DataverseTable[];
  readonly methods: readonly Method[];
  readonly labels: readonly LabelFile[];
  readonly problems: readonly Problem[];
}
