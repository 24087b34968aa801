import { createEngine, type Engine } from '../../../../src/engine/engine.ts';
import type { EngineMode, EngineProject } from '../../../../src/engine/model/project.ts';
import { addRow } from '../../../../src/engine/sides/people.ts';
import { type Surface, surfaceOf } from '../../../../src/engine/surface/surface.ts';
import { steadyOptions } from '../disk/kit.ts';
import { standardProject } from '../standardProject.ts';

/** A store with rows by their names; whoever is called alike on both sides is not coupled by that. */
export interface World {
  readonly engine: Engine;
  readonly surface: Surface;
  readonly record: (values: Readonly<Record<string, string>>) => string;
  readonly partner: (values: Readonly<Record<string, string>>) => string;
}

export function worldOf(
  change: (project: EngineProject) => EngineProject = (project) => project,
  mode: EngineMode = 'improved',
): World {
  const engine = createEngine(change(standardProject(mode)), steadyOptions());
  return {
    engine,
    surface: surfaceOf(engine, 'en'),
    record: (values) => addRow(engine, 'BusinessCentral', 'Customer', values),
    partner: (values) => addRow(engine, 'Dataverse', 'account', values),
  };
}

/** The same project with another customer mapping. */
export const withCustomer =
  (change: Partial<EngineProject['mappings'][number]>) =>
  (project: EngineProject): EngineProject => ({
    ...project,
    mappings: project.mappings.map((mapping) =>
      mapping.name === 'CUSTOMER' ? { ...mapping, ...change } : mapping,
    ),
  });
