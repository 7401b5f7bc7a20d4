// The one place that turns a problem into words: what happened, and what to do next.

import type { Problem, ProblemReason, ProblemStep } from './problem';
import type { TextKey, Translate } from './texts';

export interface ProblemText {
  /** What happened, a sentence: "The message was not sent: api.example cannot be reached." */
  readonly what: string;
  /** What the person can do, a sentence. */
  readonly next: string;
  /** Both, for places with room for one line. */
  readonly message: string;
}

/** What happened, as the words tell it apart: a server's own mistake is no refusal of the person's. */
type Cause = ProblemReason | 'serverFailed';

/** A text for a cause, unless one step needs its own. */
type ByCause = Readonly<Record<Cause, TextKey>> &
  Readonly<Partial<Record<`${ProblemStep}.${Cause}`, TextKey>>>;

const steps: Readonly<Record<ProblemStep, TextKey>> = {
  start: 'problem.step.start',
  connect: 'problem.step.connect',
  send: 'problem.step.send',
  upload: 'problem.step.upload',
  download: 'problem.step.download',
};

const whys: ByCause = {
  unreachable: 'problem.why.unreachable',
  timeout: 'problem.why.timeout',
  refused: 'problem.why.refused',
  serverFailed: 'problem.why.serverFailed',
  notFound: 'problem.why.notFound',
  rateLimited: 'problem.why.rateLimited',
  sessionEnded: 'problem.why.sessionEnded',
  tooLarge: 'problem.why.tooLarge',
  protocol: 'problem.why.protocol',
  stopped: 'problem.why.stopped',
  otherHost: 'problem.why.otherHost',
  insecure: 'problem.why.insecure',
  noAddress: 'problem.why.noAddress',
  notPicture: 'problem.why.notPicture',
  animated: 'problem.why.animated',
  tooManyPixels: 'problem.why.tooManyPixels',
  emptyFile: 'problem.why.emptyFile',
  unreadable: 'problem.why.unreadable',
  fileChanged: 'problem.why.fileChanged',
  fileMissing: 'problem.why.fileMissing',
  tooLargeForHost: 'problem.why.tooLargeForHost',
  tooLargeBefore: 'problem.why.tooLargeBefore',
  disk: 'problem.why.disk',
  cancelled: 'problem.why.cancelled',
  'start.notFound': 'problem.why.chatNotFound',
  'download.notFound': 'problem.why.fileGone',
  'upload.timeout': 'problem.why.broken',
  'download.timeout': 'problem.why.broken',
  'download.protocol': 'problem.why.noFile',
  'connect.protocol': 'problem.why.generation',
};

const nexts: ByCause = {
  unreachable: 'problem.next.unreachable',
  timeout: 'problem.next.tryAgain',
  refused: 'problem.next.log',
  serverFailed: 'problem.next.later',
  notFound: 'problem.next.log',
  rateLimited: 'problem.next.wait',
  sessionEnded: 'problem.next.restart',
  tooLarge: 'problem.next.smaller',
  protocol: 'problem.next.address',
  stopped: 'problem.next.tryAgain',
  otherHost: 'problem.next.loadFrom',
  insecure: 'problem.next.askSender',
  noAddress: 'problem.next.askSender',
  notPicture: 'problem.next.saveFile',
  animated: 'problem.next.openToSee',
  tooManyPixels: 'problem.next.saveFile',
  emptyFile: 'problem.next.otherFile',
  unreadable: 'problem.next.otherFile',
  fileChanged: 'problem.next.attachAnew',
  fileMissing: 'problem.next.otherFile',
  tooLargeForHost: 'problem.next.smaller',
  tooLargeBefore: 'problem.next.smallerOrRetry',
  disk: 'problem.next.disk',
  cancelled: 'problem.next.tryAgain',
  'start.notFound': 'problem.next.chatId',
  'download.notFound': 'problem.next.askSender',
  'download.protocol': 'problem.next.askSender',
  'download.tooLarge': 'problem.next.raiseLimit',
  'send.refused': 'problem.next.change',
  'upload.stopped': 'problem.next.attachAgain',
  'connect.unreachable': 'problem.next.byItself',
  'connect.timeout': 'problem.next.byItself',
  'connect.protocol': 'problem.next.generation',
};

const MEGABYTE = 1024 * 1024;

/**
 * Says what went wrong and what to do, in the translator's language.
 * @param step what did not come about, where more is known of it than the problem says
 */
export function problemText(
  problem: Problem,
  t: Translate,
  step = t(steps[problem.step]),
): ProblemText {
  const cause = causeOf(problem);
  const place = `${problem.step}.${cause}` as const;
  const why = t(whys[place] ?? whys[cause], {
    host: problem.host ?? 'TWIN',
    megabytes: Math.round(((problem.limit ?? 0) / MEGABYTE) * 10) / 10,
  });
  const status =
    problem.status === null ? '' : t('problem.status', { status: `${problem.status}` });
  const what = t('problem.what', { step, why: `${why}${status}` });
  const next = t(nexts[place] ?? nexts[cause]);
  return { what, next, message: `${what} ${next}` };
}

function causeOf({ reason, status }: Problem): Cause {
  return reason === 'refused' && status !== null && status >= 500 ? 'serverFailed' : reason;
}
