/** A method of SysQueryRangeUtil: what completion, hover and signature help show, and the parser counts. */
export interface RangeMethodDescription {
  readonly name: string;
  readonly parameters: readonly RangeParameter[];
}

/** Every parameter is a whole number and may be left out. */
interface RangeParameter {
  readonly name: string;
  readonly byDefault: number;
}

const method = (name: string, parameters = ''): RangeMethodDescription => ({
  name,
  parameters: parameters
    .split(' ')
    .filter((parameter) => parameter !== '')
    .map((parameter) => ({ name: parameter, byDefault: 0 })),
});

/** The documented ones (`dualwrite.md` 2.5); a company may have added methods of its own. */
export const rangeMethods: readonly RangeMethodDescription[] = [
  method('Day', '_relativeDays'),
  method('DayRange', '_relativeDaysFrom _relativeDaysTo'),
  method('GreaterThanDate', '_relativeDays'),
  method('GreaterThanUtcDate', '_relativeDays'),
  method('GreaterThanUtcNow'),
  method('LessThanDate', '_relativeDays'),
  method('LessThanUtcDate', '_relativeDays'),
  method('LessThanUtcNow'),
  method('MonthRange', '_relativeFrom _relativeTo'),
  method('YearRange', '_relativeFrom _relativeTo'),
];

const byName: ReadonlyMap<string, RangeMethodDescription> = new Map(
  rangeMethods.map((known) => [known.name.toLowerCase(), known]),
);

/** X++ tells no case apart: `yearRange` is `YearRange`. */
export const rangeMethod = (name: string): RangeMethodDescription | undefined =>
  byName.get(name.toLowerCase().replace(/^sysqueryrangeutil::/u, ''));

export const signatureOf = ({ name, parameters }: RangeMethodDescription): string =>
  `${name}(${parameters.map((parameter) => `${parameter.name} = ${parameter.byDefault}`).join(', ')})`;
