import type { Reply } from './gate';
import type { Variants } from './variants';

/** Thrown by a call that the platform does not grant; answered in the shape of the variant. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
  }
}

export const NOT_FOUND = 'Entity not found';
export const INVALID = 'Invalid input parameters';

export function refusalReply(refusal: Refusal, shape: Variants['errorBody']): Reply {
  const { status, message, details } = refusal;
  const more = details === undefined ? {} : { details };
  switch (shape) {
    case 'string':
      return { status, body: { error: message, ...more } };
    case 'object':
      return { status, body: { error: { code: status, message }, ...more } };
    case 'message':
      return { status, body: { message } };
    case 'html':
      return {
        status,
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
        body: `<html><head><title>${status}</title></head><body><center><h1>${status} ${message}</h1></center><hr><center>nginx</center></body></html>`,
      };
  }
}
