// Starting a chat when it is asked for more than once before there is one: a key that is held down, two
// commands in a row.
import { deepEqual, equal, match } from 'node:assert/strict';
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

  describe('by entering a chat ID, in a workspace with settings of its own', () => {
    const enter = async (id: string) => {
      desk.replace('showInputBox', () => Promise.resolve(id));
      await commands.executeCommand('twin.setChatId', 'start');
    };
    const started = () =>
      desk.simulator.ledger
        .of('sessionStarted')
        .map(({ chatId, clientMetadata }) => ({ chatId, clientMetadata }));

    it('says nothing of the workspace without a yes', async () => {
      const clientMetadata = { team: 'theirs' };
      await desk.setInWorkspace('twin.clientMetadata', clientMetadata);
      await enter('menu');
      match(desk.notices[0]?.detail ?? '', /twin\.clientMetadata: \{"team":"theirs"\}/);
      deepEqual(started(), []);
      desk.answer(({ buttons }) => buttons[0]);
      await enter('menu');
      deepEqual(started(), [{ chatId: 'menu', clientMetadata }]);
    });

    it('says that the ID of the workspace is the one that is used', async () => {
      await desk.setInWorkspace('twin.chatId', 'echo');
      await enter('menu');
      const [notice] = desk.notices;
      match(notice?.text ?? '', /this workspace sets its own/);
      deepEqual(notice?.buttons, ['Open Settings']);
      deepEqual(started(), []);
    });
  });
});
