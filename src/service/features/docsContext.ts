import type { Translate } from '../../problem/message.ts';
import type { Workspace } from '../workspace.ts';
import type { FilterContext } from './fieldInfo.ts';
import type { FilterLanguage } from './lexemes.ts';

/** What an explanation is written from. */
export interface DocsContext {
  readonly filter: FilterContext;
  readonly workspace: Workspace;
  readonly translate: Translate;
}

export const languageOf = ({ site }: FilterContext): FilterLanguage =>
  site.side === 'fo' ? 'xpp' : 'odata';

/** Markdown. */
export const paragraphs = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n');

export const fenced = (code: string, filter: FilterContext): string =>
  `\`\`\`dualwrite-${languageOf(filter)}\n${code}\n\`\`\``;
