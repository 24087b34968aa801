import messages from '../../../l10n/messages.en.json' with { type: 'json' };
import type { Messages } from '../messages.ts';

/** A module per language, so that only the one that is spoken is loaded. */
export const english = (): Messages => messages;
