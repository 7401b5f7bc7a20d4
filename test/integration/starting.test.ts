// Starting a chat when it is asked for more than once before there is one: a key that is held down, two
// commands in a row.
import { equal } from 'node:assert/strict';
import { commands } from 'vscode';
import { Desk } from './desk';

describe('starting a chat', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await Desk.open();
  });

  afterEach(() => desk.close());

  it('begins one, however often it is asked for at once', async () => {
    await Promise.all([1, 2, 3].map(() => commands.executeCommand('twin.startChat')));
    await desk.sendText('hello');
    await desk.messages(1);
    equal(desk.simulator.ledger.of('sessionStarted').length, 1);
  });
});
