// Calendar files of days on which something is due, as RFC 5545 asks.

/** @typedef {{id: string, date: string, title: string, text: string}} Due A day in ISO 8601, and what is due. */

const MOST_BYTES = 75;
// Characters that no calendar may hold, halves of pairs among them.
// eslint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000b-\u001f\u007f\ud800-\udfff]/gu;

/** @param {string} text */
function escapeText(text) {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(UNWRITABLE, "")
    .replace(/[\\;,]/g, (letter) => `\\${letter}`)
    .replace(/\n/g, "\\n");
}

/**
 * A line in pieces of at most 75 bytes of UTF-8, each but the first after a space. No letter is cut in two.
 *
 * @param {string} line
 */
export function foldLine(line) {
  const encoder = new TextEncoder();
  let folded = "";
  let bytes = 0;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (bytes + size > MOST_BYTES) {
      folded += "\r\n ";
      bytes = 1;
    }
    folded += letter;
    bytes += size;
  }
  return folded;
}

/** @param {string} date */
function dayAfter(date) {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toJSON().slice(0, 10);
}

/**
 * A calendar with an entry of a whole day for each.
 *
 * @param {string} title
 * @param {Due[]} entries
 * @param {string} host Ends the names of the entries, so that they are the same when the file is opened again.
 * @param {string} now When the file is written, in ISO 8601.
 */
export function writeCalendar(title, entries, host, now) {
  const plain = (/** @type {string} */ text) => text.replace(/[-:]|\.\d+/g, "");
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//goodpractice//reflection//EN", `X-WR-CALNAME:${escapeText(title)}`];
  for (const entry of entries) {
    lines.push("BEGIN:VEVENT", `UID:${entry.id}@${host}`, `DTSTAMP:${plain(now)}`, `DTSTART;VALUE=DATE:${plain(entry.date)}`, `DTEND;VALUE=DATE:${plain(dayAfter(entry.date))}`);
    lines.push(`SUMMARY:${escapeText(entry.title)}`, "TRANSP:TRANSPARENT");
    if (entry.text) lines.push(`DESCRIPTION:${escapeText(entry.text)}`);
    lines.push("END:VEVENT");
  }
  return [...lines, "END:VCALENDAR", ""].map(foldLine).join("\r\n");
}
