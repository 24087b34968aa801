import type { TemplateDefinition } from '../model/mapping.ts';
import type { EngineMode, EngineProject } from '../model/project.ts';
import type { SqlStore } from './database.ts';

/** What holds for the whole project. */
export interface Settings {
  readonly mode: EngineMode;
  readonly integrationUser: string;
  readonly jobUser: string;
  readonly connectionEnabled: boolean;
  /** Why the connection was disabled; blank where a person did so. */
  readonly connectionDisabledReason: string;
  readonly templates: readonly TemplateDefinition[];
  /** The id of the company in Business Central, as the company column of Dataverse holds it. */
  readonly company: string;
}

export function writeSettings(store: SqlStore, project: EngineProject): void {
  changeSettings(store, {
    mode: project.mode ?? 'improved',
    integrationUser: project.integrationUser ?? 'integration user',
    jobUser: project.jobUser ?? 'job queue',
    connectionEnabled: project.connectionEnabled ?? true,
    connectionDisabledReason: '',
    templates: project.templates ?? [],
    company: project.company ?? 'company',
  });
}

export function changeSettings(store: SqlStore, settings: Settings): void {
  store.run("INSERT OR REPLACE INTO meta VALUES('settings', ?)", [JSON.stringify(settings)]);
}

export const readSettings = (store: SqlStore): Settings =>
  JSON.parse(String(store.value("SELECT value FROM meta WHERE key = 'settings'"))) as Settings;
