// A process that starts a simulator, closes it with everything under way, and then has no reason
// left to live: stop.test.ts waits for it to end by itself.
import { request } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { startSimulator } from '../../../src/simulator/simulator';
import { connect } from './platformClient';

function start(url: string): Promise<string> {
  return new Promise((resolve) => {
    const headers = { 'Content-Type': 'application/json' };
    const path = `${url}/api/chats/v1/chats/echo/sessions?x_widget=1`;
    request(path, { method: 'POST', headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('end', () => {
        resolve((JSON.parse(text) as { id: string }).id);
      });
    }).end('{"name":"Test"}');
  });
}

async function main(): Promise<void> {
  const simulator = await startSimulator({ pace: 3_600_000 });
  const sessionId = await start(simulator.url);
  const polling = await connect(simulator, sessionId, ['polling']);
  const both = await connect(simulator, sessionId, ['polling', 'websocket']);
  const body = JSON.stringify({ body: 'hello' });
  const { port } = new URL(simulator.url);
  // A kept-alive connection that sends a message and then begins an upload without ending it.
  const raw = connectTcp(Number(port), '127.0.0.1').resume();
  raw.on('error', () => undefined); // the reset is what this is about
  raw.write(
    `POST /api/v1/sessions/${sessionId}/messages HTTP/1.1\r\nHost: x\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}` +
      'POST /api/chats/v1/files?x_widget=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n' +
      'Content-Type: multipart/form-data; boundary=B\r\n\r\n--B\r\nContent-Disposition: form',
  );
  await both.until('showTypingIndicatorEmit');
  await simulator.close();
  await Promise.all([polling.lost, both.lost]);
  process.stdout.write('closed');
}

void main();
