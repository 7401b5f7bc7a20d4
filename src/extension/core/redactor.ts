const QUERY_VALUE = /([?&][^=&#\s"'<>]+=)[^&#\s"'<>]*/g;
const SHORTEST_SECRET = 4;

/**
 * Takes secrets out of text by construction: every value of a URL's query, and every secret it was
 * told of. The session id is TWIN's only credential, and it travels in paths too.
 */
export class Redactor {
  private readonly secrets = new Set<string>();

  /** From now on `secret` never passes. */
  add(secret: string): void {
    if (secret.length >= SHORTEST_SECRET) this.secrets.add(secret);
  }

  redact(text: string): string {
    return this.conceal(text).replace(QUERY_VALUE, '$1…');
  }

  /** Takes out the secrets alone: addresses in people's messages still lead where they led. */
  conceal(text: string): string {
    let result = text;
    for (const secret of this.secrets) {
      result = result.replaceAll(secret, '…');
      const encoded = encodeURIComponent(secret);
      if (encoded !== secret) result = result.replaceAll(encoded, '…');
    }
    return result;
  }
}
