// Where each call goes.

import { TwinError } from '../core/errors';

/**
 * Where a session is started.
 *
 * @throws TwinError as {@link address}
 */
export function startAddress(apiUrl: string, chatId: string): URL {
  return address(apiUrl, ['api', 'chats', 'v1', 'chats', chatId, 'sessions'], '?x_widget=1');
}

/**
 * The URL of a call: each part is one segment, whatever is in it.
 *
 * @throws TwinError `refused` for a base that is no address; `notFound` for a part that cannot be
 *   one segment (a URL swallows "." and ".." however they are written)
 */
export function address(base: string, parts: readonly string[], query = ''): URL {
  if (parts.some((part) => /^\.{0,2}$/.test(part)))
    throw new TwinError('notFound', 'An empty id, or one of dots');
  const path = parts.map((part) => encodeURIComponent(part)).join('/');
  try {
    return new URL(`${base.replace(/\/+$/, '')}/${path}${query}`);
  } catch (error) {
    // Also lone surrogates in an id, which encodeURIComponent refuses.
    throw new TwinError('refused', 'Not an address', { cause: error });
  }
}
