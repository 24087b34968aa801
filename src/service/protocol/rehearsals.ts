import type { Report } from './advice.ts';
import type { FilterReference } from './maps.ts';

/** What client and server say to each other about rehearsals. Types and names only. */

interface Place {
  readonly line: number;
  readonly character: number;
}

interface Range {
  readonly start: Place;
  readonly end: Place;
}

/** The rehearsals of the workspace, or some of them, with their steps. */
export const rehearsalsRequest = 'dualWrite/rehearsals';
export interface RehearsalsParams {
  /** All of the workspace where none is named; one that is gone is answered without steps. */
  readonly uris?: readonly string[];
}
export interface RehearsalsResult {
  readonly files: readonly RehearsalFile[];
}
export interface RehearsalFile {
  readonly uri: string;
  readonly title: string;
  readonly steps: readonly { readonly title: string; readonly range: Range }[];
}

/** Plays rehearsals. */
export const rehearseRequest = 'dualWrite/rehearse';
export interface RehearseParams {
  readonly uri: string;
}
export interface RehearseResult {
  readonly steps: readonly {
    /** A step that expects nothing neither passes nor fails. */
    readonly state: 'passed' | 'failed' | 'shown';
    /** What it comes to, in words. */
    readonly outcome: string;
    /** What happens, line by line. */
    readonly output: string;
    readonly failures: readonly { readonly message: string; readonly range: Range }[];
  }[];
  /** What is wrong with the file, as sentences. */
  readonly errors: readonly { readonly message: string; readonly range: Range }[];
}

/** What happens when the field changes that is mapped at a place of a map; null where none is. */
export const explainChangeRequest = 'dualWrite/explainChange';
export interface ExplainChangeParams {
  readonly uri: string;
  readonly position: Place;
}
export type ExplainChangeResult = Report;

/** What happens when a row of the preview is inserted or updated; null where it, or a map around the filter, is gone. */
export const explainRowChangeRequest = 'dualWrite/explainRowChange';
export interface ExplainRowChangeParams {
  readonly filter: FilterReference;
  /** As `JudgedRow` counts. */
  readonly number: number;
}
