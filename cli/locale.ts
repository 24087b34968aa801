/**
 * The language to speak, as POSIX chooses it: the first of the variables that says something, an empty one counts as
 * none. Where none does, as on Windows, that of the system.
 */
export const localeOf = (
  environment: Readonly<Record<string, string | undefined>>,
  system: string,
): string =>
  ['LC_ALL', 'LC_MESSAGES', 'LANG']
    .map((name) => environment[name])
    .find((value) => value !== undefined && value !== '') ?? system;
