/** What is bundled to be measured: the product's parsers and the limit, compiled alike. */
export { readODataByGrammar } from '../../src/filter/odata/byGrammar.ts';
export { parseOData } from '../../src/filter/odata/parse.ts';
export { readXppByGrammar } from '../../src/filter/xpp/byGrammar.ts';
export { parseXpp } from '../../src/filter/xpp/parse.ts';
export { parseODataByHand } from '../limit/odata.ts';
export { parseXppByHand } from '../limit/xpp.ts';
