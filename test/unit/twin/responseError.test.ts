import assert from 'node:assert/strict';
import { errorFromResponse, type CallTarget } from '../../../src/extension/twin/responseError';
import { parseRetryAfter } from '../../../src/extension/twin/retryAfter';

const NOW = Date.UTC(2026, 0, 15, 12);

function errorOf(status: number, target: CallTarget, body = '', headers = {}) {
  return errorFromResponse({ status, headers, body }, target, NOW);
}

describe('errorFromResponse', () => {
  const table: [number, CallTarget, string, string][] = [
    [404, 'start', '{"error":"Entity not found"}', 'notFound'],
    [410, 'start', '', 'notFound'],
    [400, 'start', '{"error":"Invalid input parameters"}', 'refused'],
    [404, 'session', '{"error":"Entity not found"}', 'sessionEnded'],
    [404, 'session', '<h1>404 Not Found</h1><hr>nginx', 'sessionEnded'],
    [409, 'session', '{"error":{"code":409,"message":"Session is closed"}}', 'sessionEnded'],
    [410, 'session', '{"message":"Session is closed"}', 'sessionEnded'],
    [422, 'session', '{"error":"Session is closed"}', 'sessionEnded'],
    [422, 'session', '{"error":"Validation failed","details":{"body":"empty"}}', 'refused'],
    [422, 'session', '{"error":"Attachment not found"}', 'refused'],
    [404, 'session', '{"error":"File not found"}', 'refused'],
    [400, 'session', '{"error":"Invalid input parameters"}', 'refused'],
    [422, 'other', '', 'refused'],
    [404, 'other', '', 'refused'],
    [413, 'other', '<html>Request Entity Too Large</html>', 'tooLarge'],
    [429, 'session', '', 'rateLimited'],
    [503, 'start', '', 'rateLimited'],
    [401, 'session', '', 'refused'],
    [500, 'session', '<html>', 'refused'],
    [502, 'start', '', 'refused'],
    [504, 'other', '', 'refused'],
    [302, 'start', '', 'protocol'],
  ];
  for (const [status, target, body, reason] of table)
    it(`${status} on ${target} ${body.slice(0, 50)} is ${reason}`, () => {
      const error = errorOf(status, target, body);
      assert.equal(error.reason, reason);
      assert.equal(error.status, status);
    });

  it('says what may have been taken all the same', () => {
    assert.equal(errorOf(502, 'session').isOutcomeUnknown, true);
    assert.equal(errorOf(400, 'session').isOutcomeUnknown, false);
    assert.equal(errorOf(503, 'session').isProvablyNotTaken, true);
  });

  it('keeps only the beginning of a page, on one line', () => {
    const { message } = errorOf(500, 'start', `a\r\n  b${'x'.repeat(1_000_000)}`);
    assert.ok(message.startsWith('TWIN answered 500: a b'));
    assert.ok(message.length < 600);
  });

  it('passes on how long to wait', () => {
    assert.equal(errorOf(503, 'start', '', { 'retry-after': '7' }).retryAfter, 7_000);
    assert.equal(errorOf(429, 'start').retryAfter, null);
    assert.equal(errorOf(400, 'start', '', { 'retry-after': '7' }).retryAfter, null);
  });
});

describe('parseRetryAfter', () => {
  const at = (ms: number): string => new Date(NOW + ms).toUTCString();
  const table: [string, Record<string, string>, number | null][] = [
    ['seconds', { 'retry-after': ' 120 ' }, 120_000],
    ['no wait', { 'retry-after': '0' }, 0],
    ['a date', { 'retry-after': at(30_000) }, 30_000],
    ['a date gone by', { 'retry-after': at(-30_000) }, 0],
    ['by the server’s clock', { 'retry-after': at(90_000), date: at(60_000) }, 30_000],
    ['a week', { 'retry-after': '604800' }, 600_000],
    ['an age', { 'retry-after': '9'.repeat(400) }, 600_000],
    ['a date an age away', { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' }, 600_000],
    ['less than nothing', { 'retry-after': '-5' }, 0],
    ['nonsense', { 'retry-after': 'soon' }, null],
    ['nonsense that a lenient parser takes', { 'retry-after': 'in 5' }, null],
    ['empty', { 'retry-after': '' }, null],
    ['absent', {}, null],
  ];
  for (const [what, headers, expected] of table)
    it(what, () => {
      assert.equal(parseRetryAfter(headers, NOW), expected);
    });
});
