// @ts-check
/** Names that nothing else has. */

/**
 * A name for a text that nothing else has: a random UUID (RFC 9562, version 4), as a URN.
 *
 * @param {Pick<Crypto, "getRandomValues">} [chance]
 */
export function freshName(chance = crypto) {
  const bytes = chance.getRandomValues(new Uint8Array(16)); // randomUUID is missing on pages that http serves
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `urn:uuid:${[digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-")}`;
}
