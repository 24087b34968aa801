/** What is bundled to be measured: the product's parsers and the limit, compiled alike. */
export { parseOData } from '../../src/filter/odata/parse.ts';
export { parseXpp } from '../../src/filter/xpp/parse.ts';
export { parseODataByHand } from '../limit/odata.ts';
export { parseXppByHand } from '../limit/xpp.ts';
