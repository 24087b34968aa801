import assert from 'node:assert/strict';
import { diagnosticsOf } from '../../../src/service/diagnostics.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { emptyWorkspace } from '../../../src/service/workspace.ts';
import { translator } from '../../../src/problem/message.ts';
import { diagnosticsIn } from '../../kit/findings.ts';
import { hostsOf } from '../../kit/hosts.ts';
import { readShared } from '../../kit/repository.ts';

describe('the filters that Microsoft published', () => {
  it('have neither error nor warning', function () {
    let count = 0;
    for (const line of readShared(this, 'facts/filters.tsv').split(/\r?\n/u)) {
      const [side, entity = '', filter = '', source = ''] = line.split('\t');
      if ((side !== 'fo' && side !== 'dv') || entity.includes('NEGATIVE')) continue;
      // Inputs of somebody's unit tests, and a filter of another product's step: F9 is about it.
      if (source.includes('toolbAX') || entity.includes('Data Integrator step')) continue;
      // The 2020 text was corrected later: Dataverse stores no empty text (N4).
      if (entity.includes('2020 text') && filter.includes("''")) continue;
      // Documentation with a placeholder instead of a value.
      if (filter.includes('<guid>')) continue;
      for (const { document } of hostsOf(filter, side === 'fo' ? 'fo' : 'dataverse')) {
        const loud = diagnosticsIn(document).filter(({ severity }) =>
          ['error', 'warning'].includes(severity),
        );
        assert.deepEqual(
          loud.map(({ code, message }) => `${code}: ${message}`),
          [],
          filter,
        );
      }
      count += 1;
    }
    assert.ok(count >= 40, String(count));
  });

  it('have nothing above information in the maps that are shipped', function () {
    const text = readShared(this, 'data/gab-maps/customizations.xml');
    const document = { uri: 'file:///customizations.xml', text };
    const analysed = analyse(document, emptyWorkspace);
    assert.equal(analysed.map.maps.length, 19);
    const found = diagnosticsOf(analysed, translator('en'))
      .filter(({ code }) => code !== 'metadata-missing' && code !== 'lookup-limit')
      .map(({ code, severity, filter }) => {
        const { sourceSchema, destinationSchema } = filter?.site.leg ?? {};
        return `${severity} ${code} ${sourceSchema} - ${destinationSchema}`;
      });
    assert.deepEqual(found, [
      'information untracked-field CDS sales order headers - salesorders',
      'information untracked-field Customers V3 - accounts',
      'information untracked-field Customers V3 - accounts',
      'information dead-filter Sales invoice headers V2 - invoices',
      'information untracked-field CDS sales quotation header - quotes',
      'information untracked-field CDS sales quotation header - quotes',
      'information may-not-return CDS sales quotation header - quotes',
      'information untracked-field Customers V3 - contacts',
      'information untracked-field Customers V3 - contacts',
    ]);
  });
});
