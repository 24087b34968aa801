/** A figure with the lowest and the highest of what it is the median of. */
export interface Figure {
  readonly median: number;
  readonly lo: number;
  readonly hi: number;
}

/** Figures by name, such as `parse.odata.ours.ratio`. Goals and tables are made of these alone. */
export type Figures = Readonly<Record<string, Figure>>;

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const figure = (values: readonly number[]): Figure => ({
  median: median(values),
  lo: Math.min(...values),
  hi: Math.max(...values),
});

/** Ratios of what was measured side by side: noise that slows both cancels out. */
export const pairedRatios = (
  numerators: readonly number[],
  denominators: readonly number[],
): readonly number[] =>
  numerators.flatMap((value, index) => {
    const other = denominators[index];
    return other === undefined ? [] : [value / other];
  });

export function digits(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export const shown = ({ median, lo, hi }: Figure): string =>
  `${digits(median)} [${digits(lo)}..${digits(hi)}]`;
