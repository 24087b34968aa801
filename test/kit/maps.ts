import { encodeXmlText } from '../../src/text/xml.ts';

/** A leg with the given filter; every other value is that of a shipped map (`dualwrite.md` 1.3). */
export interface LegParts {
  readonly sourceFilter?: unknown;
  readonly reversedSourceFilter?: unknown;
  readonly sourceSchema?: string;
  readonly fields?: readonly string[];
}

export const legOf = ({
  sourceFilter = '',
  reversedSourceFilter = '',
  sourceSchema = 'Projects',
  fields = ['PROJECTID', 'PARENTPROJECT', 'SCHEDULED'],
}: LegParts): object => ({
  id: '001',
  sourceEnvironment: '',
  sourceSchema,
  sourceEnvironmentType: 'AX',
  sourceFilter,
  destinationEnvironment: '',
  destinationSchema: 'msdyn_projects',
  destinationEnvironmentType: 'CRM',
  reversedSourceFilter,
  fieldMappings: fields.map((sourceField, index) => ({
    syncDirection: index % 2 === 0 ? 3 : '3',
    sourceField,
    destinationField: `msdyn_${sourceField.toLowerCase()}`,
    isSystemGenerated: false,
  })),
  entityFileFormat: 'CSV',
  deleteNonMatchingData: false,
});

export const mappingOf = (...legs: readonly LegParts[]): object => ({
  name: '[Projects] - [msdyn_projects]',
  order: 0,
  leftEnvironmentType: 'AX',
  centerEnvironmentType: 'CRM',
  legs: legs.map(legOf),
});

const recordOf = (mapping: unknown): object => ({
  msdyn_dualwriteentitymapid: '5d0e3a51-6d0f-4f0a-9a3e-0c8a52d6d001',
  msdyn_name: 'msdyn_[msdyn_projects - Projects]',
  msdyn_displayname: 'msdyn_projects - Projects',
  msdyn_version: '1.0.0.5',
  msdyn_mapping: mapping,
  // One shipped map has a property list that is no JSON (`dualwrite.md` 1.3).
  msdyn_properties: '{"TargetTypeList":[3,1]',
});

const solutionOf = (mapping: string): string =>
  [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<ImportExportXml>',
    '  <msdyn_dualwriteentitymaps>',
    '    <msdyn_dualwriteentitymap msdyn_dualwriteentitymapid="1">',
    '      <msdyn_displayname>msdyn_projects - Projects</msdyn_displayname>',
    `      <msdyn_mapping>${mapping}</msdyn_mapping>`,
    '      <msdyn_version>1.0.0.5</msdyn_version>',
    '    </msdyn_dualwriteentitymap>',
    '  </msdyn_dualwriteentitymaps>',
    '</ImportExportXml>',
  ].join('\n');

export interface MapForm {
  readonly id: string;
  readonly kind: 'mapping' | 'record' | 'solution';
  /** Whether the form tells name and version besides the mapping. */
  readonly hasRecord: boolean;
  readonly write: (...legs: readonly LegParts[]) => string;
}

const pretty = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** Every form a map is known to take (`dualwrite.md` 1.2 to 1.5). */
export const mapForms: readonly MapForm[] = [
  {
    id: 'mapping',
    kind: 'mapping',
    hasRecord: false,
    write: (...legs) => pretty(mappingOf(...legs)),
  },
  {
    id: 'mapping in one line',
    kind: 'mapping',
    hasRecord: false,
    write: (...legs) => JSON.stringify(mappingOf(...legs)),
  },
  {
    id: 'mapping with byte order mark and CRLF',
    kind: 'mapping',
    hasRecord: false,
    write: (...legs) => `\uFEFF${pretty(mappingOf(...legs)).replaceAll('\n', '\r\n')}\r\n`,
  },
  {
    id: 'list of mappings',
    kind: 'mapping',
    hasRecord: false,
    write: (...legs) => pretty([mappingOf(...legs)]),
  },
  {
    id: 'record',
    kind: 'record',
    hasRecord: true,
    write: (...legs) => pretty(recordOf(JSON.stringify(mappingOf(...legs)))),
  },
  {
    id: 'record encoded twice',
    kind: 'record',
    hasRecord: true,
    write: (...legs) => pretty(recordOf(JSON.stringify(JSON.stringify(mappingOf(...legs))))),
  },
  {
    id: 'record not encoded',
    kind: 'record',
    hasRecord: true,
    write: (...legs) => pretty(recordOf(mappingOf(...legs))),
  },
  {
    id: 'page of records',
    kind: 'record',
    hasRecord: true,
    write: (...legs) =>
      pretty({ '@odata.context': 'x', value: [recordOf(pretty(mappingOf(...legs)))] }),
  },
  {
    id: 'project of the gateway',
    kind: 'mapping',
    hasRecord: false,
    write: (...legs) =>
      pretty({
        name: 'p',
        displayName: 'Projects',
        environments: [],
        entityMappingTasks: [{ legs: legs.map(legOf) }],
      }),
  },
  {
    id: 'solution',
    kind: 'solution',
    hasRecord: true,
    write: (...legs) =>
      solutionOf(encodeXmlText(pretty(mappingOf(...legs))).replaceAll('"', '&quot;')),
  },
  {
    id: 'solution with bare quotes',
    kind: 'solution',
    hasRecord: true,
    write: (...legs) => solutionOf(encodeXmlText(pretty(mappingOf(...legs)))),
  },
  {
    id: 'solution with CDATA',
    kind: 'solution',
    hasRecord: true,
    write: (...legs) => solutionOf(`<![CDATA[${pretty(mappingOf(...legs))}]]>`),
  },
  {
    id: 'solution with CRLF',
    kind: 'solution',
    hasRecord: true,
    write: (...legs) =>
      `\uFEFF${solutionOf(encodeXmlText(pretty(mappingOf(...legs)))).replaceAll('\n', '\r\n')}`,
  },
];
