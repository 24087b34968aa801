import type { MapDocument } from '../../map/model.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Workspace } from '../workspace.ts';
import { checkEntityRows } from './entityRows.ts';
import { checkKeys } from './keys.ts';
import { legEntity } from './legEntity.ts';
import { checkLookupKeys } from './lookups.ts';
import { checkMappedValues } from './mappedValues.ts';
import { checkRoundTrips } from './roundTrip.ts';

/** What metadata tells of the legs and field mappings of a document, whatever their filters say. */
export const checkMapMetadata = ({ maps }: MapDocument, workspace: Workspace): readonly Problem[] =>
  maps.flatMap(({ legs }) =>
    legs.flatMap((leg) => {
      const known = legEntity(leg, workspace);
      const { entity, shown } = known;
      if (entity === undefined && shown === undefined && !workspace.metadata.dataverse.hasTables) {
        return [];
      }
      return [
        ...checkEntityRows(known, workspace.metadata),
        ...checkKeys(known),
        ...checkLookupKeys(leg, workspace.metadata),
        ...checkMappedValues(known),
        ...checkRoundTrips(known),
      ];
    }),
  );
