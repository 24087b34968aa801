/** A sentence with its numbered places filled, as `vscode.l10n.t` does. */
export const fill = (sentence: string, ...values: readonly string[]): string =>
  sentence.replaceAll(/\{(\d+)\}/gu, (place, index: string) => values[Number(index)] ?? place);
