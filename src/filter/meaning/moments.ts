const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/iu;

/**
 * A date or a point in time as `2021-06-23T00:00:00`, in UTC and to the second: an order that text has, too.
 * Undefined for what is no day or time that exists.
 */
export function readMoment(text: string): string | undefined {
  const match = MOMENT.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', zone] =
    match;
  const moment = new Date(0);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isDay = moment.getUTCMonth() === Number(month) - 1 && moment.getUTCDate() === Number(day);
  if (!isDay || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (zone === undefined || zone.toUpperCase() === 'Z') {
    return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  }
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  const offset = (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
  moment.setUTCHours(Number(hour), Number(minute) - offset, Number(second));
  return isoOf(moment);
}

/** The moment a number of seconds later; undefined where the calendar of four digits ends. */
export function momentAfter(moment: string, seconds: number): string | undefined {
  return isoOf(new Date(Date.parse(`${moment}Z`) + seconds * 1000));
}

function isoOf(moment: Date): string | undefined {
  if (Number.isNaN(moment.getTime())) return undefined;
  const iso = moment.toISOString();
  return /^\d{4}-/u.test(iso) ? iso.slice(0, 19) : undefined;
}
