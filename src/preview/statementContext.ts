/** The company and partition that the generated statement is limited to. */
export interface StatementContext {
  readonly company: string;
  readonly partition: string;
}

export const defaultContext: StatementContext = { company: 'usmf', partition: '5637144576' };
