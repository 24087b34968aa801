import type { Configuration, ProjectRecord } from './configuration.ts';
import { type Finding, groupedBy, key, pairKey } from './finding.ts';

/** Every map has two records in DualWriteProjectConfiguration (SEED, "There will be two records"). */
const RECORDS_PER_MAP = 2;

/** What the records themselves show: how many there are, what they are left over from, and where they lead. */
export function checkRecords(configuration: Configuration): readonly Finding[] {
  return [
    ...counts(configuration),
    ...addresses(configuration),
    ...leftoverFields(configuration),
    ...runtimes(configuration),
    ...debugModes(configuration),
  ];
}

const pairOf = ({ internal, external }: ProjectRecord): string => pairKey(internal, external);

function counts({ projects }: Configuration): readonly Finding[] {
  return [...groupedBy(projects, pairOf).values()].flatMap((records): readonly Finding[] => {
    const [first] = records;
    if (first === undefined || records.length === RECORDS_PER_MAP) return [];
    const { internal, external, place } = first;
    return [{ rule: 'record-count', place, args: { internal, external, count: records.length } }];
  });
}

/** One pair of environments is linked (`dualwrite.md` 7.1): an address of another one is left over. */
function addresses({ projects }: Configuration): readonly Finding[] {
  const told = projects.filter(({ address }) => address !== undefined);
  const empty = told.filter(({ address }) => address === '');
  const groups = groupedBy(
    told.filter(({ address }) => address !== ''),
    ({ address = '' }) => hostOf(address),
  );
  const bySize = [...groups].toSorted(([, a], [, b]) => b.length - a.length);
  const [most, second] = bySize;
  // Where none has more, nobody can tell which one is right: then it is said of all.
  const isClear = most !== undefined && most[1].length > (second?.[1].length ?? 0);
  const strange = second === undefined ? [] : bySize.slice(isClear ? 1 : 0);
  return [
    ...empty.map(({ internal, external, place }): Finding => ({
      rule: 'no-address',
      place,
      args: { internal, external },
    })),
    ...strange.flatMap(([host, records]) =>
      records.map(({ internal, external, place }): Finding => {
        const other = bySize.find(([name]) => name !== host)?.[0] ?? '';
        return { rule: 'organization', place, args: { internal, external, host, other } };
      }),
    ),
  ];
}

const hostOf = (address: string): string =>
  key(address)
    .replace(/^[a-z]+:\/\//u, '')
    .replace(/[/?#].*$/u, '');

/** Field configurations are kept by the name of their project (`dualwrite.md` 1.6). */
function leftoverFields({ files, projects, fields }: Configuration): readonly Finding[] {
  if (!files.some(({ kind }) => kind === 'projects')) return [];
  const known = new Set(projects.map(({ project }) => key(project)));
  const lost = groupedBy(
    fields.filter(({ project }) => !known.has(key(project))),
    ({ project }) => key(project),
  );
  return [...lost.values()].flatMap((records): readonly Finding[] => {
    const [first] = records;
    if (first === undefined) return [];
    const { project, place } = first;
    return [{ rule: 'leftover-fields', place, args: { project, count: records.length } }];
  });
}

function runtimes({ files, projects, runtime }: Configuration): readonly Finding[] {
  const knowsMaps = files.some(({ kind }) => kind === 'projects');
  const known = new Set(
    projects.flatMap(({ internal, external }) => [key(internal), key(external)]),
  );
  const isKnown = (name: string): boolean => known.has(key(name));
  const active = runtime.filter(({ isActive }) => isActive);
  const lost = knowsMaps
    ? runtime.filter(({ source, destination }) => !isKnown(source) && !isKnown(destination))
    : [];
  const twice = [
    ...groupedBy(
      active,
      ({ source, destination }) => `${key(source)}\0${key(destination)}`,
    ).values(),
  ].filter(({ length }) => length > 1);
  return [
    ...lost.map(({ source, destination, place }): Finding => ({
      rule: 'leftover-runtime',
      place,
      args: { source, destination },
    })),
    ...twice.flatMap((records) =>
      records.slice(1).map(({ source, destination, place }): Finding => ({
        rule: 'runtime-twice',
        place,
        args: { source, destination, count: records.length },
      })),
    ),
  ];
}

/** Verbose logs are for as long as somebody reads them. */
const debugModes = ({ projects }: Configuration): readonly Finding[] =>
  [
    ...groupedBy(
      projects.filter(({ isDebug }) => isDebug),
      pairOf,
    ).values(),
  ].flatMap(([first]) =>
    first === undefined
      ? []
      : [
          {
            rule: 'debug-mode',
            place: first.place,
            args: { internal: first.internal, external: first.external },
          },
        ],
  );
