import assert from 'node:assert/strict';
import { Logger } from '../../../src/extension/core/logger';
import { Redactor } from '../../../src/extension/core/redactor';

const CANARY = 'b7d9 secret/id';

function log(): { readonly logger: Logger; readonly lines: string[] } {
  const lines: string[] = [];
  const logger = new Logger((level, line) => lines.push(`${level} ${line}`), new Redactor());
  return { logger, lines };
}

describe('Logger', () => {
  it('writes topic, message and details', () => {
    const { logger, lines } = log();
    logger.child('a').child('b').info('hello', { n: 1, big: 10n });
    assert.deepEqual(lines, ['info [a/b] hello {"n":1,"big":"10"}']);
  });

  it('writes errors with their causes', () => {
    const { logger, lines } = log();
    logger.warn('x', { error: new Error('outer', { cause: new TypeError('inner') }) });
    assert.deepEqual(lines, ['warn x {"error":"Error: outer ← TypeError: inner"}']);
  });

  it('never writes a secret, as it is or in a URL, whoever was told of it', () => {
    const { logger, lines } = log();
    logger.child('elsewhere').hide(CANARY);
    logger.error(`failed: ${CANARY}`, {
      url: `https://x/sessions/${encodeURIComponent(CANARY)}/messages`,
      error: new Error(CANARY),
    });
    assert.equal(lines.length, 1);
    for (const form of [CANARY, encodeURIComponent(CANARY)])
      assert.ok(!lines.join('').includes(form), form);
  });

  it('never writes the value of a query', () => {
    const { logger, lines } = log();
    logger.debug('GET https://x/?key=abc123&transport=polling#end');
    assert.deepEqual(lines, ['debug GET https://x/?key=…&transport=…#end']);
  });
});
