import { deepEqual } from 'node:assert/strict';
import { problemKey, translator } from '../../../src/problem/message.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { legFilters } from '../../../src/service/checks/legFilters.ts';
import { checkSiblings } from '../../../src/service/checks/siblings.ts';
import { diagnosticsOf } from '../../../src/service/diagnostics.ts';
import { emptyWorkspace } from '../../../src/service/workspace.ts';
import { readShared } from '../../kit/repository.ts';

/**
 * Every finding in Microsoft's own maps, all of them information: filters on fields that only a default is mapped to, as
 * the table of `dualwrite.md` section 5 records them, and the lookups past the limit of the initial synchronization.
 */
const FINDINGS: Readonly<Record<string, readonly string[]>> = {
  salesorders: ['untracked-field.otherWay msdyn_ordertype', 'lookup-limit 11'],
  accounts: [
    'untracked-field.otherWay PartyType',
    'untracked-field.otherWay customertypecode',
    'lookup-limit 11',
  ],
  msdyn_postaladdresses: [],
  msdyn_complimentaryclosings: [],
  msdyn_vendors: ['lookup-limit 10'],
  invoices: ['dead-filter.dataverse'],
  msdyn_decisionmakingroles: [],
  msdyn_partyelectronicaddresses: [],
  msdyn_personalcharactertypes: [],
  msdyn_contactforparties: ['lookup-limit 10'],
  msdyn_salescontactpersontitles: [],
  msdyn_employmentjobfunctions: [],
  quotes: [
    'untracked-field.otherWay msdyn_ordertype',
    'untracked-field.unmapped statecode',
    'may-not-return.unwritten statecode',
    'lookup-limit 10',
  ],
  contacts: ['untracked-field.otherWay PartyType', 'untracked-field.otherWay msdyn_sellable'],
  msdyn_partypostaladdresses: [],
  msdyn_salutations: [],
  msdyn_postaladdresscollections: [],
  msdyn_loyaltylevels: [],
  msdyn_parties: [],
};

describe('the 19 maps that Microsoft ships', () => {
  it('have these findings and no others, each of them information', function () {
    const text = readShared(this, 'data/gab-maps/customizations.xml');
    const analysed = analyse({ uri: 'file:///w/customizations.xml', text }, emptyWorkspace);
    const siblings = checkSiblings(legFilters(analysed, emptyWorkspace), []);
    const diagnostics = diagnosticsOf(analysed, translator('en'), siblings);
    deepEqual([...new Set(diagnostics.map(({ severity }) => severity))], ['information']);
    const found = Object.fromEntries(
      analysed.map.maps.map(({ legs, span }) => [
        legs[0]?.destinationSchema ?? '',
        diagnostics
          .filter((each) => span.start <= each.span.start && each.span.end <= span.end)
          .map(({ problem }) => {
            const about = problem.args?.['field'] ?? problem.args?.['count'] ?? '';
            return `${problemKey(problem).replace('problem.', '')} ${about}`.trim();
          }),
      ]),
    );
    deepEqual(found, FINDINGS);
    deepEqual(diagnostics.length, Object.values(FINDINGS).flat().length);
  });
});
