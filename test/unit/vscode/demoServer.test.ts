import { deepEqual, equal, match, notEqual, rejects } from 'node:assert/strict';
import { DemoServer } from '../../../src/extension/vscode/demoServer';
import { connect, send, startSession } from '../simulator/platformClient';

describe('DemoServer', () => {
  const reply = async (url: string) => {
    const platform = { url };
    const { id } = await startSession(platform);
    const ear = await connect(platform, id, ['websocket']);
    await send(platform, id, { body: 'help' });
    const [payload] = await ear.until('chatMessageCreatedEmit');
    ear.close();
    return JSON.stringify(payload);
  };

  it('speaks each language that it is asked for, with one simulator each', async () => {
    const demo = new DemoServer();
    const [english, russian] = [await demo.url('en'), await demo.url('ru')];
    notEqual(english, russian);
    deepEqual([await demo.url('en'), await demo.url('ru')], [english, russian]);
    match(await reply(english), /[a-z]{4} [a-z]{3}/i);
    match(await reply(russian), /[а-я]{3} [а-я]{3}/i);
    demo.dispose();
    await rejects(startSession({ url: english }), TypeError);
  });

  it('is started again after it did not come up', async () => {
    let starts = 0;
    const demo = new DemoServer(() => {
      starts += 1;
      if (starts === 1) return Promise.reject(new Error('no port is free'));
      return Promise.resolve({ url: 'http://127.0.0.1:1', close: () => Promise.resolve() });
    });
    await rejects(demo.url('en'), /no port is free/);
    equal(await demo.url('en'), 'http://127.0.0.1:1');
    demo.dispose();
  });
});
