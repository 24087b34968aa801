/** A sentence, or one per plural form of the argument `count` (CLDR names: one, few, many, other). */
type Template = string | Readonly<Record<string, string>>;
export type Messages = Readonly<Record<string, Template>>;
