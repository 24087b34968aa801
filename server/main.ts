import module from 'node:module';
import { startProcess } from './process.ts';

/** The server as a process of its own: started by the extension, or by any editor with `--stdio`. */

// Keeps compiled code from one start to the next; Node 20 has no such thing yet (`performance.md` 8.5).
if ('enableCompileCache' in module) module.enableCompileCache();
startProcess();
