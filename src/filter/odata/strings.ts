/** A text as OData writes it: in single quotes, those inside doubled. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
