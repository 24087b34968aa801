/** Past this depth a nested collection is no drawing of a person's, and reading it would cost quadratic time. */
const DEEPEST_COLLECTION = 50;

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|INF)|NaN`;
const POSITION = new RegExp(`(?:${NUMBER})(?: (?:${NUMBER})){1,3}`, 'giu');

/** The shapes of the ABNF (`fullPointLiteral` and its neighbours), each position written as `p`. */
const SHAPES: readonly RegExp[] = [
  /Point\(p\)/giu,
  /LineString\(p(?:,p)+\)/giu,
  /Polygon\(\(p(?:,p)*\)(?:,\(p(?:,p)*\))*\)/giu,
  /MultiPoint\((?:\(p\)(?:,\(p\))*)?\)/giu,
  /MultiLineString\((?:\(p(?:,p)+\)(?:,\(p(?:,p)+\))*)?\)/giu,
  /MultiPolygon\((?:\(\(p(?:,p)*\)(?:,\(p(?:,p)*\))*\)(?:,\(\(p(?:,p)*\)(?:,\(p(?:,p)*\))*\))*)?\)/giu,
];
const COLLECTION = /GeometryCollection\(g(?:,g)*\)/giu;

/** Whether a text is well-known text with its SRID: `SRID=4326;Point(142.1 64.1)`. */
export function isSpatial(text: string): boolean {
  const content = /^SRID=\d{1,5};([^]+)$/iu.exec(text)?.[1];
  if (content === undefined) return false;
  let drawing = content.replaceAll(POSITION, 'p');
  for (const shape of SHAPES) {
    drawing = drawing.replaceAll(shape, (whole, offset: number) =>
      // `MultiPoint(…)` ends like `Point(…)`: a shape begins where no letter stands before it.
      /[a-z]/iu.test(drawing[offset - 1] ?? '') ? whole : 'g',
    );
  }
  for (let depth = 0; depth < DEEPEST_COLLECTION && drawing !== 'g'; depth += 1) {
    const next = drawing.replaceAll(COLLECTION, 'g');
    if (next === drawing) return false;
    drawing = next;
  }
  return drawing === 'g';
}
