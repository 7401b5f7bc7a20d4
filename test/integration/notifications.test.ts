// What is told of a message that came out of sight: one in half a minute, and so one in this suite.
import { deepEqual } from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { type Command, type StatusBarItem, commands, extensions } from 'vscode';
import { localization } from '../../src/extension/vscode/localization';
import { StatusBar } from '../../src/extension/vscode/statusBar';
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

describe('the status bar', () => {
  let desk: Desk;

  beforeEach(async () => {
    await extensions.getExtension('twin-chat.twin-chat')?.activate();
    desk = await Desk.open();
  });

  afterEach(() => desk.close());

  it('gives VS Code a command only where it tells something new: a click may be on its way', () => {
    const given: unknown[] = [];
    const item = {
      set command(command: Command) {
        given.push(command.arguments?.[0]);
      },
      show: () => undefined,
      dispose: () => undefined,
    };
    desk.replace('createStatusBarItem', () => item as unknown as StatusBarItem);
    const bar = new StatusBar();
    const { t } = localization();
    bar.show('online', { total: 1, next: 'a' }, t);
    bar.show('ended', { total: 1, next: 'a' }, t);
    bar.show('ended', { total: 1, next: 'b' }, t);
    bar.show('ended', { total: 0, next: null }, t);
    bar.dispose();
    deepEqual(given, [{ key: 'a' }, { key: 'b' }, undefined]);
  });
});
