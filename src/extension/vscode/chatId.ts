// Finds the chat id in whatever a person pastes: the bare id, a widget snippet, a link.

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const BARE_ID = /^[\w.-]{1,128}$/;
/** How widget snippets and links name it: `chatId: "…"`, `data-chat-id="…"`, `chat_id=…`, `/chats/…`. */
const NAMED = /(?:chat[-_]?id["']?\s*[:=]\s*["']?|\/chats\/)([\w.-]{1,128})(?!\/chats\/|[\w.-])/i;

/**
 * @returns the id; `null` when none is found, or when several could be meant
 */
export function parseChatId(pasted: string): string | null {
  const text = pasted.trim();
  if (BARE_ID.test(text)) return text;
  const named = NAMED.exec(text)?.[1];
  if (named !== undefined) return named;
  const found = new Set((text.match(UUID) ?? []).map((id) => id.toLowerCase()));
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}
