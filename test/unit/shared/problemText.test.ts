import assert from 'node:assert/strict';
import en from '../../../l10n/en.json';
import ru from '../../../l10n/ru.json';
import type { Problem, ProblemReason, ProblemStep } from '../../../src/shared/problem';
import { problemText } from '../../../src/shared/problemText';
import { translator } from '../../../src/shared/texts';

const STEPS: readonly ProblemStep[] = ['start', 'connect', 'send', 'upload', 'download'];
const REASONS: readonly ProblemReason[] = [
  'unreachable',
  'timeout',
  'refused',
  'notFound',
  'rateLimited',
  'sessionEnded',
  'tooLarge',
  'protocol',
  'stopped',
  'otherHost',
  'emptyFile',
  'unreadable',
  'fileChanged',
  'fileMissing',
  'tooLargeForHost',
  'tooLargeBefore',
  'cancelled',
];

const problem = (changes: Partial<Problem>): Problem => ({
  step: 'send',
  reason: 'unreachable',
  status: null,
  host: 'api.example',
  limit: null,
  ...changes,
});

describe('problemText', () => {
  const english = translator('en', en);
  const russian = translator('ru', ru);

  it('says what happened, with host and status, and what to do next', () => {
    assert.deepEqual(problemText(problem({ reason: 'refused', status: 403 }), english), {
      what: 'The message was not sent: api.example refused the request (status 403).',
      next: 'Change it and try again; the log has the details.',
      message:
        'The message was not sent: api.example refused the request (status 403). Change it and try again; the log has the details.',
    });
  });

  it('names the limit in megabytes, in the manner of the language', () => {
    const tooLarge = problem({ step: 'upload', reason: 'tooLarge', limit: 2.5 * 1024 * 1024 });
    assert.match(problemText(tooLarge, english).what, /2\.5 MB/);
    assert.match(problemText(tooLarge, russian).what, /2,5 МБ/);
  });

  it('has its own words for a chat that does not exist', () => {
    const { what, next } = problemText(problem({ step: 'start', reason: 'notFound' }), english);
    assert.match(what, /api\.example knows no chat with this ID/);
    assert.match(next, /chat ID.*addresses/);
  });

  it('does not call a mistake of the server a refusal', () => {
    const refused = (status: number) =>
      problemText(problem({ step: 'start', reason: 'refused', status }), english).message;
    assert.match(refused(500), /went wrong at api\.example \(status 500\)\. Try again/);
    assert.match(refused(499), /refused/);
  });

  it('is whole for every step and reason, in both languages', () => {
    for (const step of STEPS)
      for (const reason of REASONS)
        for (const t of [english, russian]) {
          const { message } = problemText(problem({ step, reason, host: null, limit: 1 }), t);
          assert.doesNotMatch(message, /[{}]|undefined|null/, `${step}.${reason}`);
          assert.match(message, /^\p{Lu}.*\.\s\p{Lu}.*\.$/u);
        }
  });
});
