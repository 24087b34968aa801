/** What client and server say to each other of databases outside. Types and names only. */

/** How to open the database of the settings; null where nothing is kept for it. */
export const sqlServerSecretRequest = 'dualWrite/sqlServerSecret';
export interface SqlServerSecretParams {
  readonly server: string;
  readonly user: string;
  /** By a password of SQL Server, or by the Microsoft account that the editor is signed in with. */
  readonly authentication: 'sql' | 'microsoft';
}
export type SqlServerSecretResult =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'token'; readonly token: string };

/** A password was set or forgotten: databases are to be opened anew. */
export const sqlServerSecretChanged = 'dualWrite/sqlServerSecretChanged';
