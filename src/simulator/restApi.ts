import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FileStore, StoredFile } from './fileStore';
import { dressFile, type Wardrobe } from './dress';
import type { Route } from './fault';
import type { Gate, Reply } from './gate';
import type { Ledger } from './ledger';
import type { Platform } from './platform';
import { INVALID, NOT_FOUND, Refusal, refusalReply } from './refusal';
import { readFiles, readJsonObject } from './requestBody';
import type { Session, SessionRequest } from './session';
import { isJsonObject, wireTime, type JsonObject } from './wire';

export interface RestParts {
  readonly platform: Platform;
  readonly files: FileStore;
  readonly ledger: Ledger;
  readonly gate: Gate;
  readonly maxFileBytes: number;
  readonly wardrobe: () => Wardrobe;
  /** Time for an event to reach the client ahead of the answer that is still held back. */
  readonly letEventsPass: () => Promise<void>;
  /** Swallows what closing the platform breaks off, and nothing else. */
  readonly unlessClosed: (turn: Promise<void>) => Promise<void>;
}

interface Call {
  readonly request: IncomingMessage;
  /** The request's body, as the gate lets it come. */
  readonly content: Readable;
  readonly url: URL;
  /** The variable parts of the path, decoded. */
  readonly ids: readonly string[];
}

interface Endpoint {
  readonly method: string;
  readonly path: RegExp;
  readonly route: Route;
  readonly handle: (call: Call) => Reply | Promise<Reply>;
}

/** The REST calls of both of TWIN's hosts. */
export class RestApi {
  private readonly endpoints: readonly Endpoint[] = [
    {
      method: 'POST',
      path: /^\/api\/chats\/v1\/chats\/([^/]+)\/sessions$/,
      route: 'start',
      handle: (call) => this.start(call),
    },
    {
      method: 'PUT',
      path: /^\/api\/chats\/v1\/chats\/([^/]+)\/sessions$/,
      route: 'continue',
      handle: (call) => this.continue(call),
    },
    {
      method: 'POST',
      path: /^\/api\/v1\/sessions\/([^/]+)\/messages$/,
      route: 'send',
      handle: (call) => this.send(call),
    },
    {
      method: 'POST',
      path: /^\/api\/chats\/v1\/files$/,
      route: 'upload',
      handle: (call) => this.upload(call),
    },
    {
      method: 'GET',
      path: /^\/storage\/([^/]+)\/[^/]+$/,
      route: 'file',
      handle: (call) => this.file(call),
    },
    {
      method: 'GET',
      path: /^\/api\/chats\/v1\/sessions\/([^/]+)\/messages$/,
      route: 'history',
      handle: (call) => this.history(call),
    },
    {
      method: 'DELETE',
      path: /^\/api\/chats\/v1\/sessions\/([^/]+)$/,
      route: 'close',
      handle: (call) => this.close(call),
    },
  ];

  constructor(private readonly parts: RestParts) {}

  /** The answer to any request: an unknown one and a refused one have theirs too. */
  async answer(request: IncomingMessage): Promise<Reply> {
    const method = request.method ?? '';
    const url = new URL(request.url ?? '/', 'http://platform');
    const reply = await this.replyTo(request, method, url);
    if (reply.status >= 400) {
      const { status } = reply;
      this.parts.ledger.note({ kind: 'requestRefused', method, path: url.pathname, status });
    }
    return reply;
  }

  private async replyTo(request: IncomingMessage, method: string, url: URL): Promise<Reply> {
    try {
      for (const endpoint of this.endpoints) {
        const ids = endpoint.method === method ? endpoint.path.exec(url.pathname) : null;
        if (ids) {
          const call = { request, url, ids: ids.slice(1).map(decodeId) };
          const { route, handle } = endpoint;
          return await this.parts.gate.answer(route, request, (content) =>
            handle({ ...call, content }),
          );
        }
      }
      throw new Refusal(404, NOT_FOUND);
    } catch (error) {
      if (error instanceof Refusal) {
        return refusalReply(error, this.parts.wardrobe().variants.errorBody);
      }
      throw error;
    }
  }

  private async start(call: Call): Promise<Reply> {
    const request = await readSessionRequest(call);
    const session = this.parts.platform.start(request);
    return { status: 201, body: known(session).startAnswer() };
  }

  private async continue(call: Call): Promise<Reply> {
    this.offeredOnly('continue');
    const request = await readSessionRequest(call);
    const last = this.parts.platform.lastOf(request);
    if (!last) {
      return { status: 201, body: known(this.parts.platform.start(request)).startAnswer() };
    }
    this.parts.ledger.note({ kind: 'sessionContinued', sessionId: last.id });
    return { status: 201, body: last.continueAnswer() };
  }

  private async send(call: Call): Promise<Reply> {
    const session = this.sessionOf(call);
    const { variants } = this.parts.wardrobe();
    if (!session.live) {
      throw new Refusal(Number(variants.endedStatus), 'Session is closed');
    }
    const { body, attachments, replyToMessageId } = this.readMessage(
      await readJsonObject(call.request, call.content),
    );
    const message = session.take(body, attachments, replyToMessageId);
    if (variants.ownEcho === 'beforeAnswer') {
      session.give(message);
      await this.parts.letEventsPass();
    }
    return {
      status: 201,
      body: { id: message.id, createdAt: wireTime(message.createdAt) },
      afterwards: () => {
        if (variants.ownEcho === 'afterAnswer') {
          session.give(message);
        }
        session.respondTo(message, this.parts.unlessClosed);
      },
    };
  }

  private readMessage(input: JsonObject): {
    body: string;
    attachments: StoredFile[];
    replyToMessageId?: string;
  } {
    const { body, attachments = [], replyToMessageId } = input;
    if (typeof body !== 'string') {
      throw new Refusal(400, INVALID, { body: ['must be a string'] });
    }
    if (!Array.isArray(attachments)) {
      throw new Refusal(400, INVALID, { attachments: ['must be an array of ids'] });
    }
    if (body.trim() === '' && attachments.length === 0) {
      throw new Refusal(400, INVALID, { body: ['must not be empty'] });
    }
    const files = attachments.map((id: unknown) => {
      const file = typeof id === 'string' ? this.parts.files.get(id) : undefined;
      if (!file) {
        throw new Refusal(400, INVALID, { attachments: ['must be ids of files'] });
      }
      return file;
    });
    if (replyToMessageId === undefined || replyToMessageId === null) {
      return { body, attachments: files };
    }
    if (typeof replyToMessageId !== 'string') {
      throw new Refusal(400, INVALID, { replyToMessageId: ['must be a string'] });
    }
    return { body, attachments: files, replyToMessageId };
  }

  private async upload(call: Call): Promise<Reply> {
    requireWidget(call);
    const { files, ledger, maxFileBytes } = this.parts;
    const uploaded = await readFiles(call.request, call.content, {
      field: 'file[]',
      maxFileBytes,
    });
    const stored = uploaded.map((file) => files.add({ ...file, isPrivate: true }));
    for (const { id: fileId, name, contentType, content, sha256 } of stored) {
      const size = content.length;
      ledger.note({ kind: 'fileTaken', fileId, name, contentType, size, sha256 });
    }
    return {
      status: 201,
      body: stored.map((file) => dressFile(file, 'upload', this.parts.wardrobe())),
    };
  }

  private file({ ids: [id = ''], url }: Call): Reply {
    const file = known(this.parts.files.get(id));
    this.parts.ledger.note({ kind: 'fileGiven', fileId: file.id });
    const disposition = url.searchParams.has('download') ? 'attachment' : 'inline';
    return {
      status: 200,
      headers: {
        'Content-Type': file.contentType,
        'Content-Disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      },
      body: file.content,
    };
  }

  private history(call: Call): Reply {
    this.offeredOnly('history');
    return { status: 200, body: this.sessionOf(call).history() };
  }

  private close(call: Call): Reply {
    this.offeredOnly('close');
    this.sessionOf(call).end();
    return { status: 204, body: '' };
  }

  private sessionOf({ ids: [id = ''] }: Call): Session {
    return known(this.parts.platform.find(id));
  }

  /** [sdk] These calls are documented with a bearer token; without one they are refused. */
  private offeredOnly(call: 'history' | 'close' | 'continue'): void {
    if (this.parts.wardrobe().variants[call] === 'refused') {
      throw new Refusal(401, 'Unauthorized');
    }
  }
}

function known<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) {
    throw new Refusal(404, NOT_FOUND);
  }
  return thing;
}

function decodeId(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // not an id of anything: ends as "not found"
  }
}

/** [doc] "No Auth" holds with `x_widget=1`; without it the call would need a token. */
function requireWidget({ url }: Call): void {
  if (url.searchParams.get('x_widget') !== '1') {
    throw new Refusal(401, 'Unauthorized');
  }
}

async function readSessionRequest(call: Call): Promise<SessionRequest> {
  requireWidget(call);
  const { name, clientExternalId, clientMetadata } = await readJsonObject(
    call.request,
    call.content,
  );
  const details = {
    ...(typeof name === 'string' && name !== '' ? {} : { name: ['must be a string'] }),
    ...(isOptional(clientExternalId, (value) => typeof value === 'string')
      ? {}
      : { clientExternalId: ['must be a string'] }),
    ...(isOptional(clientMetadata, isJsonObject) ? {} : { clientMetadata: ['must be an object'] }),
  };
  if (typeof name !== 'string' || Object.keys(details).length > 0) {
    throw new Refusal(400, INVALID, details);
  }
  return {
    chatId: call.ids[0] ?? '',
    name,
    ...(typeof clientExternalId === 'string' ? { clientExternalId } : {}),
    ...(isJsonObject(clientMetadata) ? { clientMetadata } : {}),
  };
}

function isOptional(value: unknown, is: (value: unknown) => boolean): boolean {
  return value === undefined || value === null || is(value);
}
