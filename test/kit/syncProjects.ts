/** A sync project as text: customers and accounts, coupled one by one; some of them stand in conflict. */
export function syncProjectText(
  customers = 3,
  { conflicts = 1, mode = 'improved' }: { conflicts?: number; mode?: string } = {},
): string {
  const numbers = Array.from({ length: customers }, (_, index) => index + 1);
  const idOf = (side: number, number: number): string =>
    `0000000${side}-0000-8000-8000-${String(number).padStart(12, '0')}`;
  return JSON.stringify({
    settings: { mode },
    businessCentral: {
      tables: [
        {
          name: 'Customer',
          number: 18,
          primaryKey: ['No.'],
          fields: [
            { name: 'No.', type: 'code', number: 1 },
            { name: 'Name', type: 'text', number: 2 },
          ],
          rows: numbers.map((number) => ({
            id: idOf(1, number),
            'No.': `C${number}`,
            Name: `Customer ${number}`,
          })),
        },
      ],
    },
    dataverse: {
      tables: [
        {
          name: 'account',
          fields: [{ name: 'name', type: 'text' }],
          rows: numbers.map((number) => ({
            id: idOf(2, number),
            name: number <= conflicts ? `Account ${number}` : `Customer ${number}`,
          })),
        },
      ],
    },
    mappings: [
      {
        name: 'CUSTOMER',
        table: 'Customer',
        integrationTable: 'account',
        direction: 'Bidirectional',
        fields: [{ field: 'Name', integrationField: 'name', direction: 'Bidirectional' }],
      },
    ],
    couplings: numbers.map((number) => ({
      mapping: 'CUSTOMER',
      record: idOf(1, number),
      integrationRecord: idOf(2, number),
    })),
    jobQueue: [{ mapping: 'CUSTOMER', minutes: 30 }],
  });
}
