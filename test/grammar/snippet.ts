/** What VS Code inserts for the snippet before anyone types, in the file of that name: default texts, first choices. */
export function expand(body: string, fileName: string): string {
  const texts = new Map<string, string>();
  const variable =
    /\$\{TM_FILENAME\/((?:\\.|[^/\\])+)\/\$\{1:\?((?:\\.|[^:\\])*):((?:\\.|[^}\\])*)\}\/([a-z]*)\}/gu;
  return body
    .replaceAll(
      variable,
      (_all, pattern: string, then: string, otherwise: string, flags: string) =>
        new RegExp(pattern, flags).exec(fileName)?.[1] === undefined
          ? unescaped(otherwise)
          : unescaped(then),
    )
    .replaceAll(/\$\{(\d+):([^}]*)\}/gu, (_all, number: string, text: string) => {
      texts.set(number, text);
      return text;
    })
    .replaceAll(/\$\{\d+\|([^,|]*)[^|]*\|\}/gu, '$1')
    .replaceAll(/\$(\d+)/gu, (_all, number: string) => texts.get(number) ?? '');
}

const unescaped = (text: string): string => text.replaceAll(/\\(.)/gu, '$1');

interface Snippet {
  readonly prefix: string;
  readonly body: string | readonly string[];
}

export const bodyOf = ({ body }: Snippet): string =>
  typeof body === 'string' ? body : body.join('\n');
