import { businessCentralMessages } from './businessCentral.ts';
import { checkMessages } from './checks.ts';
import { dualWriteMessages } from './dualWrite.ts';
import type { ProductMessage } from './model.ts';

/** Every message that can be explained. */
export const productMessages: readonly ProductMessage[] = [
  ...dualWriteMessages,
  ...checkMessages,
  ...businessCentralMessages,
];
