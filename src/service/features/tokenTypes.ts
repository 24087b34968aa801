/** Names of the protocol's standard legend; the order here is the legend. */
export const tokenTypes = [
  'namespace',
  'type',
  'enum',
  'enumMember',
  'property',
  'parameter',
  'variable',
  'function',
  'keyword',
  'operator',
  'string',
  'number',
] as const;
export type TokenType = (typeof tokenTypes)[number];

/** `readonly`: a computed column, which nothing can be written into. */
export const tokenModifiers = ['readonly'] as const;
export type TokenModifier = (typeof tokenModifiers)[number];
