/** Text that is no markup, in an element as well as in an attribute's quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** The same, with its line breaks kept. */
export function htmlLines(text: string): string {
  return escapeHtml(text.replace(/\r\n?|[\u2028\u2029]/g, '\n')).replaceAll('\n', '<br>');
}
