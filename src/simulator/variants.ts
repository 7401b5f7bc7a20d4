// The shapes in which the platform may speak: one key for every place where TWIN's documents
// contradict themselves or say nothing. The first value of each is the documents' literal shape.

export const VARIANT_VALUES = {
  /** Start answer: "array of strings". */
  startAnswers: [
    'strings',
    'objects.text',
    'objects.body',
    'objects.title',
    'objects.label',
    'objects.name',
    'objects.value',
    'null',
    'absent',
  ],
  /** Events: "array of objects", of which nothing more is said. */
  eventAnswers: [
    'objects.text',
    'objects.body',
    'objects.title',
    'objects.label',
    'objects.name',
    'objects.value',
    'strings',
    'null',
    'absent',
  ],
  /** Start answer: "array of objects". `emptyString`, `null` and `absent` carry no action at all. */
  startActions: ['objects', 'object', 'json', 'emptyString', 'null', 'absent'],
  /** Events: "string". */
  eventActions: ['json', 'objects', 'object', 'emptyString', 'null', 'absent'],
  /** Of messages and of operators. */
  avatar: ['file', 'url', 'array', 'emptyString', 'null', 'absent'],
  /**
   * `documented`: `sugestedExtension`, no content type and a number for `size` in the start answer;
   * `suggestedExtension` and a string for `size` in events. The others hold in both places.
   */
  attachment: [
    'documented',
    'suggestedExtension',
    'sugestedExtension',
    'sizeNumber',
    'sizeString',
    'nullUrl',
    'nullDownloadLink',
    'nullLinks',
    'bareId',
  ],
  /**
   * Messages of the start answer. `documented`: no `id`, `type`, `createdAt`, but the `authorType`
   * that the article's program reads; `bare`: not even that, as in the article's table.
   */
  startMessages: ['documented', 'bare', 'full', 'null', 'absent'],
  ttl: ['present', 'absent'],
  /** Whether the client's own message comes back as an event, and when. */
  ownEcho: ['none', 'beforeAnswer', 'afterAnswer'],
  /** Where the greeting comes: over the socket it comes when the first one connects. */
  greeting: ['rest', 'socket', 'both'],
  /** The article prints `chatMessageCreatedEmit` and `operatorStatusChangedEmit` over these. */
  operatorEventNames: ['documented', 'own'],
  authorTypeCase: ['upper', 'lower', 'title'],
  /** How an event tells which message it answers. */
  replyTo: ['absent', 'replyTo', 'replyToMessageId'],
  errorBody: ['string', 'object', 'message', 'html'],
  /** What sending into a session that has ended answers. */
  endedStatus: ['410', '404', '409', '422'],
  /** Calls that the documents give to holders of a token only. */
  history: ['refused', 'offered'],
  close: ['refused', 'offered'],
  continue: ['offered', 'refused'],
} as const;

export type VariantName = keyof typeof VARIANT_VALUES;

export type Variants = {
  readonly [Name in VariantName]: (typeof VARIANT_VALUES)[Name][number];
};

/** What the documents print, wherever they print something. */
export const DOCUMENTED: Variants = {
  startAnswers: 'strings',
  eventAnswers: 'objects.text',
  startActions: 'objects',
  eventActions: 'json',
  avatar: 'file',
  attachment: 'documented',
  startMessages: 'documented',
  ttl: 'present',
  ownEcho: 'none',
  greeting: 'rest',
  operatorEventNames: 'documented',
  authorTypeCase: 'upper',
  replyTo: 'absent',
  errorBody: 'string',
  endedStatus: '410',
  history: 'refused',
  close: 'refused',
  continue: 'offered',
};
