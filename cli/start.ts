#!/usr/bin/env node
import { runProgram } from '../src/program/runProgram.ts';

declare const MAIN: string;

/** The command line as a process of its own. */
runProgram(__dirname, MAIN);
