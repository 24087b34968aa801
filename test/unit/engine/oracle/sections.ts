import type { Scenario } from './scenario.ts';
import { sectionA } from './a.scenarios.ts';
import { sectionB } from './b.scenarios.ts';
import { sectionC } from './c.scenarios.ts';
import { sectionD } from './d.scenarios.ts';
import { sectionE } from './e.scenarios.ts';
import { sectionF } from './f.scenarios.ts';
import { sectionG } from './g.scenarios.ts';
import { sectionH } from './h.scenarios.ts';
import { sectionI } from './i.scenarios.ts';
import { sectionJ, sectionK, sectionL } from './jkl.scenarios.ts';
import { sectionM, sectionN, sectionO } from './mno.scenarios.ts';

export const sections: readonly (readonly [string, readonly Scenario[]])[] = [
  ['A. Job and mapping validity', sectionA],
  ['B. Insert, modify, unchanged', sectionB],
  ['C. Update conflicts', sectionC],
  ['D. Deleted partners', sectionD],
  ['E. Fail, skip, retry', sectionE],
  ['F. The error page', sectionF],
  ['G. Field transfer', sectionG],
  ['H. Templates', sectionH],
  ['I. Candidates, watermarks, time', sectionI],
  ['J. Coupling rules', sectionJ],
  ['K. Match-based coupling', sectionK],
  ['L. Uncoupling', sectionL],
  ['M. Full synchronisation review', sectionM],
  ['N. Job queue', sectionN],
  ['O. Log', sectionO],
];
