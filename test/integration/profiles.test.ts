// Profiles: chosen by name, complete by themselves, and careful where they say so.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { EventEmitter, type QuickPickItem, commands, window, workspace } from 'vscode';
import { Desk, type Notice } from './desk';

const SHOP = {
  name: 'Shop',
  chatId: 'menu',
  clientExternalId: 'anna-1',
  clientMetadata: { home: '${env:HOME}', folder: '${workspaceFolderBasename}' },
};
const LIVE = { name: 'Live', chatId: 'echo', askBeforeFirstMessage: true };

describe('profiles', () => {
  let desk: Desk;
  let offered: readonly string[];

  /** Takes the row of the picker whose label ends so. */
  const pick = (label: string) => {
    const choose = (items: readonly QuickPickItem[]) => {
      offered = items.map((item) => item.label);
      return Promise.resolve(items.find((item) => item.label.endsWith(label)));
    };
    desk.replace('showQuickPick', choose as unknown as typeof window.showQuickPick);
  };
  /** Looks for words in all conversations, and takes the first place where they are. */
  const find = (words: string) => {
    const makePick = () => {
      const accepted = new EventEmitter<undefined>();
      const nothing = new EventEmitter<undefined>();
      return {
        ...{ title: '', placeholder: '', busy: true, value: words },
        selectedItems: [] as readonly QuickPickItem[],
        set items(items: readonly QuickPickItem[]) {
          this.selectedItems = items.slice(0, 1);
          accepted.fire(undefined);
        },
        onDidAccept: accepted.event,
        onDidChangeValue: nothing.event,
        onDidHide: nothing.event,
        show: () => undefined,
        hide: () => undefined,
        dispose: () => undefined,
      };
    };
    desk.replace('createQuickPick', makePick as unknown as typeof window.createQuickPick);
  };
  const choose = async (label: string) => {
    pick(label);
    await commands.executeCommand('twin.chooseProfile');
  };
  const started = (count: number) =>
    desk.simulator.ledger.until((it) => {
      const all = it.of('sessionStarted');
      return all.length >= count && all;
    });
  /** What is exported as plain text, with client data and secrets hidden. */
  const exported = async (name: string) => {
    const file = await desk.write(`profiles/${name}`, '');
    const pickExport = (items: readonly QuickPickItem[]) => {
      const labels = ['Plain text', 'Hide client data and secrets'];
      const taken = items.filter(({ label }) => labels.includes(label));
      return Promise.resolve(taken[0]?.label === 'Plain text' ? taken[0] : taken);
    };
    desk.replace('showQuickPick', pickExport as unknown as typeof window.showQuickPick);
    desk.replace('showSaveDialog', () => Promise.resolve(file));
    await commands.executeCommand('twin.exportTranscript');
    return Buffer.from(await workspace.fs.readFile(file)).toString();
  };
  const questions = (): readonly Notice[] => desk.notices.filter(({ detail }) => detail !== '');

  beforeEach(async () => {
    desk = await Desk.open(
      {},
      {
        'twin.profiles': [SHOP, LIVE, { name: 'no id' }, { ...LIVE, name: 'Shop' }],
        'twin.clientExternalId': 'not the profile’s',
      },
    );
  });

  afterEach(() => desk.close());

  it('are offered once each, and start a chat with all that is theirs', async () => {
    await choose('Shop');
    deepEqual(offered, [
      '$(blank) Shop',
      '$(blank) Live',
      '$(check) Without a profile',
      '$(gear) Edit Profiles…',
    ]);
    const [first] = await started(1);
    deepEqual([first?.chatId, first?.clientExternalId], ['menu', 'anna-1']);
    deepEqual(first?.clientMetadata, { home: process.env['HOME'], folder: 'sample' });

    await commands.executeCommand('twin.restartChat');
    equal((await started(2))[1]?.chatId, 'menu', 'it stays chosen');
    await choose('Without a profile');
    const third = (await started(3))[2];
    deepEqual([third?.chatId, third?.clientExternalId], ['echo', 'not the profile’s']);
    await choose('Without a profile');
    equal((await started(3)).length, 3, 'the chat that is live already is not started again');
  });

  it('have hosts of their own where they say so', async () => {
    const { url } = desk.simulator;
    await desk.set('twin.apiUrl', 'https://twin-chat-test.invalid');
    await desk.set('twin.profiles', [{ ...SHOP, apiUrl: url, messagesUrl: url }]);
    await choose('Shop');
    equal((await started(1)).length, 1);
  });

  it('are shown in the preview of a start', async () => {
    await choose('Shop');
    await commands.executeCommand('twin.previewStart');
    const text = window.activeTextEditor?.document.getText() ?? '';
    ok(text.includes('/chats/menu/sessions'), text);
    ok(text.includes('"clientExternalId": "anna-1"'), text);
  });

  it('ask before the first message goes, once', async () => {
    await choose('Live');
    await started(1);
    desk.answer(() => undefined); // Cancel
    await desk.sendText('not yet');
    deepEqual(
      questions().map(({ text, buttons }) => [text, ...buttons]),
      [['Send this to “Live”?', 'Send']],
    );
    equal(desk.simulator.ledger.of('messageTaken').length, 0);

    desk.answer(({ text }) => (text.startsWith('Send this to') ? 'Send' : undefined));
    await desk.sendText('first');
    await desk.messages(1);
    await desk.sendText('second');
    const sent = await desk.messages(2);
    deepEqual(
      sent.map((text) => /first|second|not yet/.exec(text)?.[0]),
      ['first', 'second'],
    );
    equal(questions().length, 2);
  });

  it('ask before the first message also when they have got another name since', async () => {
    await choose('Live');
    await started(1);
    await desk.set('twin.profiles', [{ ...LIVE, name: 'Renamed', askBeforeFirstMessage: false }]);
    await desk.sendText('not yet');
    deepEqual(
      questions().map(({ text }) => text),
      ['Send this to “Live”?'],
    );
    equal(desk.simulator.ledger.of('messageTaken').length, 0);
  });

  it('go on with the bot of a past conversation, whatever is set now, and say so', async () => {
    await choose('Shop');
    await started(1);
    await desk.sendText('said in the shop');
    await desk.messages(1);
    await commands.executeCommand('twin.endChat');
    await choose('Without a profile');
    await started(2);
    find('said in the shop');
    await commands.executeCommand('twin.searchSessions');
    await commands.executeCommand('twin.restartChat');
    const third = (await started(3))[2];
    deepEqual([third?.chatId, third?.clientExternalId], ['menu', 'anna-1']);
    await desk.notice('the chat it was with (Shop)');
    // Its profile is no more: it is still the same chat.
    await commands.executeCommand('twin.endChat');
    await choose('Without a profile');
    await started(4);
    await desk.set('twin.profiles', []);
    await commands.executeCommand('twin.searchSessions');
    await commands.executeCommand('twin.restartChat');
    equal((await started(5))[4]?.chatId, 'menu');
  });

  it('are stayed with by a restart, whichever is chosen for a chat beside', async () => {
    await choose('Shop');
    await started(1);
    await desk.sendText('said in the shop');
    await desk.messages(1);
    await commands.executeCommand('twin.startBeside');
    await started(2);
    await choose('Without a profile');
    await started(3);
    find('said in the shop');
    await commands.executeCommand('twin.searchSessions');
    await commands.executeCommand('twin.restartChat');
    const fourth = (await started(4))[3];
    deepEqual([fourth?.chatId, fourth?.clientExternalId], ['menu', 'anna-1']);
    await desk.notice('the chat it was with (Shop)');
  });

  it('leave a start that failed to what is chosen since', async () => {
    desk.simulator.setFaults([{ kind: 'status', status: 404, routes: ['start'] }]);
    await choose('Shop');
    await desk.simulator.ledger.until((it) => it.of('faultPlayed').length > 0);
    desk.simulator.setFaults([]);
    desk.replace('showInputBox', () => Promise.resolve('echo'));
    await commands.executeCommand('twin.setChatId');
    await commands.executeCommand('twin.restartChat');
    equal((await started(1))[0]?.chatId, 'echo');
  });

  it('have what they say of the client hidden in the export of a past conversation, too', async () => {
    const email = 'anna@corp.example';
    await desk.set('twin.profiles', [{ ...SHOP, clientMetadata: { email } }]);
    await choose('Shop');
    await started(1);
    await desk.sendText(`said in the shop by ${email}, ${SHOP.clientExternalId}`);
    await desk.messages(1);
    await commands.executeCommand('twin.endChat');
    await choose('Without a profile');
    await started(2);
    find('said in the shop');
    await commands.executeCommand('twin.searchSessions');
    // Without the profile's name its chat is still known.
    for (const name of ['Shop', 'Renamed']) {
      await desk.set('twin.profiles', [{ ...SHOP, name, clientMetadata: { email } }]);
      const text = await exported(`${name}.txt`);
      ok(text.includes('said in the shop by …, …'), text);
    }
  });

  it('ask before a file goes that waits in the composer since the chat before', async () => {
    const { simulator } = desk;
    await choose('Shop');
    await started(1);
    simulator.setFaults([{ kind: 'status', status: 500, routes: ['upload'] }]);
    const uri = await desk.write('profiles/plain.txt', 'nothing special');
    await commands.executeCommand('twin.attachFiles', uri);
    await simulator.ledger.until((it) => it.of('faultPlayed').length > 0);
    simulator.setFaults([]);
    await choose('Live');
    await started(2);
    await desk.sendText('not yet');
    deepEqual([questions().length, simulator.ledger.filesTaken().length], [1, 0]);
    desk.answer(({ text }) => (text.startsWith('Send this to') ? 'Send' : undefined));
    await desk.sendText('first');
    equal((await desk.files(1))[0]?.name, 'plain.txt');
    equal(questions().length, 2);
  });

  it('ask before a file goes, too', async () => {
    await choose('Live');
    await started(1);
    const uri = await desk.write('profiles/plain.txt', 'nothing special');
    await commands.executeCommand('twin.attachFiles', uri);
    equal(questions().length, 1);
    equal(desk.simulator.ledger.filesTaken().length, 0);
    desk.answer(() => 'Send');
    await commands.executeCommand('twin.attachFiles', uri);
    equal((await desk.files(1))[0]?.name, 'plain.txt');
    // A yes is one for what follows.
    await desk.sendText('with it');
    await desk.messages(1);
    equal(questions().length, 2);
  });
});
