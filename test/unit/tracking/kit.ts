import { deepEqual } from 'node:assert/strict';
import type { MapDocument } from '../../../src/map/model.ts';
import { readMapDocument } from '../../../src/map/read.ts';
import type { Metadata } from '../../../src/metadata/metadata.ts';
import type { Doubt, Reason, Tracking, Verdict } from '../../../src/tracking/model.ts';
import { trackingOf } from '../../../src/tracking/tracking.ts';
import { metadataIn, type MetadataTexts } from '../../kit/metadata.ts';

/** Direction, field of Finance and Operations, column of Dataverse. */
export type Mapping = readonly [1 | 2 | 3, string, string];

export const mapOf = (mappings: readonly Mapping[], sourceSchema = 'Entities'): string =>
  JSON.stringify({
    name: `[${sourceSchema}] - [rows]`,
    legs: [
      {
        sourceSchema,
        destinationSchema: 'rows',
        sourceFilter: '',
        fieldMappings: mappings.map(([syncDirection, sourceField, destinationField]) => ({
          syncDirection,
          sourceField,
          destinationField,
        })),
      },
    ],
  });

const legsIn = ({ maps }: MapDocument): Parameters<typeof trackingOf>[1] =>
  maps.flatMap(({ name, legs }) => legs.map((leg) => ({ map: name, leg })));

export function tracked(
  texts: MetadataTexts,
  mappings: readonly Mapping[],
  entityName = 'E',
): Tracking {
  const metadata: Metadata = metadataIn(texts);
  const { value, problems } = readMapDocument(mapOf(mappings));
  deepEqual(problems, []);
  const entity = metadata.entityNamed(entityName);
  if (entity === undefined) throw new Error(`no entity ${entityName}`);
  return trackingOf(entity, legsIn(value), metadata);
}

const because = (reason: Reason | Doubt): string => {
  switch (reason.kind) {
    case 'nested':
      return `nested ${reason.path.join('>')}>${reason.table}`;
    case 'outerReadOnly':
    case 'onlyLookups':
    case 'noDataSource':
      return `${reason.kind} ${reason.dataSource}`;
    case 'noTable':
      return `noTable ${reason.table}`;
    case 'cycle':
      return `cycle ${reason.entity}`;
    case 'computed':
      return `computed ${reason.method}`;
    default:
      return reason.kind;
  }
};

/** A verdict the way tables of tests write it. */
export const words = (verdict: Verdict): string =>
  verdict.kind === 'tracked'
    ? `tracked ${verdict.by} ${verdict.table}.${verdict.field}`
    : `${verdict.kind} ${because(verdict.reason)}`;

/** The verdict of each field, by its name. */
export const verdictsOf = ({ dataSources, others }: Tracking): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...dataSources.flatMap(({ fields }) => fields), ...others].map(({ name, verdict }) => [
      name,
      words(verdict),
    ]),
  );
