// What is told of a message that came out of sight: one in half a minute, and so one in this suite.
import { deepEqual } from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { commands } from 'vscode';
import { Desk } from './desk';

describe('a notification', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open();
  });

  afterEach(() => desk.close());

  it('names the files of a message without words', async () => {
    const { simulator } = desk;
    await commands.executeCommand('twin.startChat');
    const { sessionId } = await simulator.ledger.until((it) => it.of('socketConnected')[0]);
    await commands.executeCommand('workbench.view.explorer');
    const files = ['invoice.pdf', 'terms.pdf'].map((name) =>
      simulator.keepFile({
        name,
        contentType: 'application/pdf',
        content: Buffer.from('%PDF'),
        isPrivate: false,
      }),
    );
    const author = { id: 'anna', type: 'OPERATOR', name: 'Anna' } as const;
    simulator.say(sessionId, { body: '', attachments: files, author });
    const { text, buttons } = await desk.notice('Anna');
    deepEqual([text, ...buttons], ['Anna: files invoice.pdf, terms.pdf', 'Reply', 'Show']);
  });
});
