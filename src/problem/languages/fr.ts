import messages from '../../../l10n/messages.fr.json' with { type: 'json' };
import type { Messages } from '../messages.ts';

/** A module per language, so that only the one that is spoken is loaded. */
export const french = (): Messages => messages;
