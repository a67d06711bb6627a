// Local time in a zone, as ISO 8601 with that zone's offset.

/** The zone's offset from UTC at an instant, in minutes. */
function offsetAt(instant: number, zone: string): number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - instant) / 60_000);
}

/**
 * "2026-11-24T16:00" in Europe/Berlin → "2026-11-24T16:00:00+01:00".
 * A time that a clock change skips moves on by the change; one that it repeats is the first of the two.
 */
export function zoned(local: string, zone: string): string {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) throw new Error("not a local time");
  const around = [offsetAt(asUtc - 86_400_000, zone), offsetAt(asUtc + 86_400_000, zone)] as const;
  const fitting = around.find((offset) => offsetAt(asUtc - offset * 60_000, zone) === offset);
  const offset = fitting ?? around[0];
  const skipped = fitting === undefined ? around[1] - around[0] : 0;
  const shown = new Date(asUtc + skipped * 60_000).toISOString().slice(0, 19);
  return shown + offsetText(offset + skipped);
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, "0"));
  return `${minutes < 0 ? "-" : "+"}${hours}:${rest}`;
}
