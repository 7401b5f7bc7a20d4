// What bot or operator sent, at real hosts: which of them are called, how often, and what is said.
// The session is a stand-in that knows the files' addresses; all else is the extension's own.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { Uri, window, workspace } from 'vscode';
import { systemClock } from '../../src/extension/core/clock';
import type { ChatSession } from '../../src/extension/session/chatSession';
import { openReceived } from '../../src/extension/vscode/received/openReceived';
import type { ReceivedFileSystem } from '../../src/extension/vscode/received/receivedFileSystem';
import { ReceivedFiles } from '../../src/extension/vscode/received/receivedFiles';
import { png } from '../support/pictureFiles';
import { useTestLog } from '../support/testLogger';
import { TestServers } from '../support/testServers';
import { Desk } from './desk';

const log = useTestLog();

describe('received files', () => {
  let desk: Desk;
  let servers: TestServers;
  let files: ReceivedFiles;
  let session: ChatSession;
  let address: string;
  let name: string;
  /** The names under which files were opened. */
  let opened: string[];

  beforeEach(async () => {
    desk = await Desk.open();
    servers = new TestServers();
    opened = [];
    name = 'notes.txt';
    const place = {
      add: (safe: string, data: Uint8Array) => {
        opened.push(safe);
        return Uri.from({ scheme: 'untitled', path: `${data.length} ${safe}` });
      },
    } as unknown as ReceivedFileSystem;
    files = new ReceivedFiles(place, systemClock, log.logger);
    session = {
      apiUrl: desk.simulator.url,
      fileByKey: () => ({ id: null, name, contentType: null, size: null, url: address }),
    } as unknown as ChatSession;
  });

  afterEach(async () => {
    files.dispose();
    await servers.close();
    await desk.close();
  });

  const keep = (content: string | Buffer) =>
    desk.simulator.keepFile({
      ...{ name, contentType: 'text/plain', content: Buffer.from(content), isPrivate: false },
    });
  const given = () => desk.simulator.ledger.of('fileGiven').length;
  const state = () => files.statesOf(session).get('f');

  /** The platform sends whoever asks for the file elsewhere. */
  function redirect(location: string, times = 1): void {
    for (let time = 0; time < times; time += 1)
      desk.simulator.failNext({ route: 'file', status: 302, headers: { Location: location } });
  }

  it('are followed to where the platform moved them, a few times', async () => {
    address = `${desk.simulator.url}/storage/${keep('moved').id}/file`;
    redirect(address, 5);
    await files.open(session, 'f');
    deepEqual([opened, given()], [['notes.txt'], 1]);
    redirect(address, 6);
    await files.open(session, 'f');
    await desk.notice('answered without a file');
    deepEqual([opened.length, given(), state()?.problem?.reason], [1, 1, 'protocol']);
  });

  it('are not followed to a host without encryption, nor asked for there', async () => {
    let calls = 0;
    const stranger = await servers.serve((_, response) => {
      calls += 1;
      response.end('x');
    });
    address = `${desk.simulator.url}/storage/${keep('moved').id}/file`;
    redirect(`${stranger}/x`);
    await files.open(session, 'f');
    await desk.notice('without encryption');
    address = `${stranger}/x`;
    const picture = await files.picture(session, 'f', null);
    ok(picture.state === 'failed' && picture.problem.reason === 'insecure');
    equal(calls, 0);
  });

  it('are of no other host before the person has agreed to it, also by a redirect', async () => {
    address = `${desk.simulator.url}/storage/${keep('moved').id}/file`;
    redirect('https://files.invalid/x');
    await files.open(session, 'f'); // the person closes the question
    const { text, buttons } = desk.notices[0] ?? {};
    equal(
      text,
      "Load notes.txt from files.invalid? This host is not one of TWIN's in your settings.",
    );
    deepEqual([buttons, state()?.problem, opened], [['Load'], null, []]);
    equal((await files.content(session, 'f', new AbortController().signal)) !== null, true);
    redirect('https://files.invalid/x');
    const picture = await files.picture(session, 'f', null);
    ok(picture.state === 'failed');
    deepEqual([picture.problem.reason, picture.problem.host], ['otherHost', 'files.invalid']);
    redirect('https://files.invalid/x');
    equal(await files.content(session, 'f', new AbortController().signal), null);
    equal(desk.notices.length, 1);
  });

  it('make no link of their name where something went wrong', async () => {
    name = '[Click](command:workbench.action.terminal.new).txt';
    address = `${desk.simulator.url}/storage/none/file`;
    await files.open(session, 'f');
    const { text } = await desk.notice('does not have it any more');
    equal(text.includes(']('), false, text);
  });

  it('are loaded once, however often one clicks meanwhile', async () => {
    address = `${desk.simulator.url}/storage/${keep('once').id}/file`;
    await Promise.all([files.open(session, 'f'), files.open(session, 'f')]);
    deepEqual([opened.length, given()], [1, 1]);
  });

  it('are no larger than the person has set', async () => {
    await desk.set('twin.attachments.maxSizeMB', 1);
    address = `${desk.simulator.url}/storage/${keep(Buffer.alloc(1024 * 1024 + 1, 'x')).id}/file`;
    await files.open(session, 'f');
    await desk.notice('it is larger than 1 MB. Raise the limit in the settings');
    deepEqual(opened, []);
  });

  describe('in an editor', () => {
    const kept = new Map<string, string>();
    const place = {
      add: (safe: string, data: Uint8Array) => {
        kept.set(safe, Buffer.from(data).toString());
        return Uri.joinPath(desk.folder, safe);
      },
    } as unknown as ReceivedFileSystem;

    it('are shown at their beginning when they are very long, which is said', async () => {
      const uri = await desk.write('long.log', 'x');
      equal(await openReceived('long.log', Buffer.alloc(10_000_001, 'y'), place), true);
      equal(kept.get('long.log')?.length, 10_000_000);
      await desk.notice('Only the first 10 million characters of long.log are shown');
      equal(window.activeTextEditor?.document.uri.toString(), uri.toString());
    });

    it('have the extension of the picture that they are', async () => {
      const uri = await desk.write('report.pdf.png', png(2, 2));
      equal(await openReceived('report.pdf', png(2, 2), place), true);
      ok(kept.has('report.pdf.png'));
      await workspace.fs.stat(uri);
    });

    it('are no picture of too many pixels, and nothing binary', async () => {
      equal(await openReceived('map.png', png(8, 8, { claimed: [60_000, 60_000] }), place), false);
      equal(await openReceived('a.bin', Buffer.from([1, 0, 2]), place), false);
    });
  });
});
