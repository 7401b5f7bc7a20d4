// Dresses what is said for the wire, in the shapes that the variants ask for.
import { splitName, type StoredFile } from './fileStore';
import type { Author, Message } from './message';
import type { Variants } from './variants';
import { wireTime, type AuthorType, type JsonObject } from './wire';

/** Where a shape is printed differently by the documents. */
export type Place = 'start' | 'event' | 'upload' | 'history';

export interface Wardrobe {
  readonly variants: Variants;
  /** The platform's own address, for links to files; no slash at its end. */
  readonly origin: string;
}

export function dressAnswers(
  shape: Variants['eventAnswers'],
  answers: readonly string[],
): readonly unknown[] | null | undefined {
  switch (shape) {
    case 'strings':
      return answers;
    case 'null':
      return null;
    case 'absent':
      return undefined;
    default: {
      const key = shape.slice('objects.'.length);
      return answers.map((text) => ({ [key]: text }));
    }
  }
}

export function dressActions(
  shape: Variants['eventActions'],
  actions: readonly JsonObject[],
): unknown {
  switch (shape) {
    case 'objects':
      return actions;
    case 'object':
      return actions.length > 1 ? { items: actions } : (actions[0] ?? null);
    case 'json':
      return actions.length > 0 ? JSON.stringify(actions) : '';
    case 'emptyString':
      return '';
    case 'null':
      return null;
    case 'absent':
      return undefined;
  }
}

/** A file as an attachment, an avatar or the answer to an upload. */
export function dressFile(file: StoredFile, place: Place, wardrobe: Wardrobe): JsonObject | string {
  const shape = wardrobe.variants.attachment;
  if (shape === 'bareId' && place !== 'upload') {
    return file.id;
  }
  const { baseName, extension } = splitName(file.name);
  const literalStart = shape === 'documented' && place === 'start';
  const misspelt = literalStart || shape === 'sugestedExtension';
  const sizeAsText = shape === 'sizeString' || (shape === 'documented' && place === 'event');
  const link = linkOf(file, wardrobe.origin);
  return {
    id: file.id,
    isPrivate: file.isPrivate,
    createdAt: wireTime(file.createdAt),
    ...(literalStart ? {} : { contentType: file.contentType }),
    name: file.name,
    baseName,
    extension,
    [misspelt ? 'sugestedExtension' : 'suggestedExtension']: extension,
    path: '',
    size: sizeAsText ? String(file.content.length) : file.content.length,
    url: shape === 'nullUrl' || shape === 'nullLinks' ? null : link,
    downloadLink:
      shape === 'nullDownloadLink' || shape === 'nullLinks' ? null : `${link}?download=1`,
    ...(literalStart ? {} : { ownerId: null }),
  };
}

function linkOf(file: StoredFile, origin: string): string {
  return `${origin}/storage/${file.id}/${encodeURIComponent(file.name)}`;
}

export function dressAvatar(avatar: StoredFile | undefined, wardrobe: Wardrobe): unknown {
  const shape = wardrobe.variants.avatar;
  if (shape === 'absent') {
    return undefined;
  }
  if (shape === 'emptyString') {
    return '';
  }
  if (shape === 'null' || !avatar) {
    return null;
  }
  if (shape === 'url') {
    return linkOf(avatar, wardrobe.origin);
  }
  const file = dressFile(avatar, 'event', wardrobe);
  return shape === 'array' ? [file] : file;
}

export function dressAuthorType(type: AuthorType, variants: Variants): string {
  switch (variants.authorTypeCase) {
    case 'upper':
      return type;
    case 'lower':
      return type.toLowerCase();
    case 'title':
      return type.charAt(0) + type.slice(1).toLowerCase();
  }
}

/** A message of the start answer: [doc] has neither `id` nor `type` nor `createdAt` there. */
export function dressStartMessage(message: Message, wardrobe: Wardrobe): JsonObject {
  const { variants } = wardrobe;
  const bare = {
    body: message.body,
    answers: dressAnswers(variants.startAnswers, message.answers),
    actions: dressActions(variants.startActions, message.actions),
    attachments: message.attachments.map((file) => dressFile(file, 'start', wardrobe)),
  };
  if (variants.startMessages === 'bare') {
    return bare;
  }
  const authorType = dressAuthorType(message.author.type, variants);
  if (variants.startMessages !== 'full') {
    return { authorType, ...bare };
  }
  return {
    id: message.id,
    type: message.type,
    createdAt: wireTime(message.createdAt),
    authorId: message.author.id,
    authorName: message.author.name,
    authorType,
    avatar: dressAvatar(message.author.avatar, wardrobe),
    ...bare,
  };
}

/** The payload of `chatMessageCreatedEmit`, or an item of the history. */
export function dressMessage(
  message: Message,
  sessionId: string,
  quoted: Message | undefined,
  place: 'event' | 'history',
  wardrobe: Wardrobe,
): JsonObject {
  const { variants } = wardrobe;
  return {
    id: message.id,
    authorId: message.author.id,
    authorType: dressAuthorType(message.author.type, variants),
    authorName: message.author.name,
    type: message.type,
    body: message.body,
    answers: dressAnswers(variants.eventAnswers, message.answers),
    createdAt: wireTime(message.createdAt),
    sessionId,
    attachments: message.attachments.map((file) => dressFile(file, place, wardrobe)),
    actions: dressActions(variants.eventActions, message.actions),
    avatar: dressAvatar(message.author.avatar, wardrobe),
    ...dressReply(message, quoted, place === 'history' ? 'replyTo' : variants.replyTo),
  };
}

function dressReply(
  message: Message,
  quoted: Message | undefined,
  shape: Variants['replyTo'],
): JsonObject {
  const id = message.replyToMessageId;
  if (id === undefined || shape === 'absent') {
    return {};
  }
  if (shape === 'replyToMessageId') {
    return { replyToMessageId: id };
  }
  return { replyTo: quoted ? { id, body: quoted.body } : { id } };
}

/** An operator takes over: [doc], under a name that the article lost. */
export function dressAssignment(
  id: string,
  operator: Author,
  previous: Author | undefined,
  wardrobe: Wardrobe,
): JsonObject {
  return {
    id,
    operatorId: operator.id,
    operatorName: operator.name,
    avatar: dressAvatar(operator.avatar, wardrobe),
    previousOperatorId: previous?.id ?? null,
    previousOperatorName: previous?.name ?? null,
    previousOperatorAvatar: previous ? dressAvatar(previous.avatar, wardrobe) : null,
  };
}
