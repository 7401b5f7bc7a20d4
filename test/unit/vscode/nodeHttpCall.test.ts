// What one upload says of itself while the network takes its bytes as slowly as a test wants.
import assert from 'node:assert/strict';
import type { ClientRequest } from 'node:http';
import { Writable } from 'node:stream';
import { NodeHttpCall } from '../../../src/extension/vscode/nodeHttpCall';
import { ManualClock, settle } from '../../support/manualClock';

const CONTENT = Buffer.from('content');

/** A request of which each write is taken by the network only when the test says so. */
class SlowRequest extends Writable {
  private taken: () => void = () => undefined;

  override _write(_bytes: Buffer, _encoding: string, taken: () => void): void {
    this.taken = taken;
  }

  async take(): Promise<void> {
    this.taken();
    await settle();
  }
}

function upload(clock: ManualClock): {
  readonly request: SlowRequest;
  readonly progress: readonly number[];
  readonly call: NodeHttpCall;
} {
  const request = new SlowRequest();
  const progress: number[] = [];
  const content = {
    name: 'a.txt',
    contentType: 'text/plain',
    size: CONTENT.length,
    read: async function* () {
      yield await Promise.resolve(CONTENT);
    },
  };
  const onProgress = (bytes: number): number => progress.push(bytes);
  const url = new URL('http://127.0.0.1/');
  const file = { field: 'file[]', content, onProgress };
  const call = new NodeHttpCall(
    { method: 'POST', url, timeout: 1_000, file },
    clock,
    () => request as unknown as ClientRequest,
  );
  return { request, progress, call };
}

describe('an upload under way', () => {
  it('tells how far it is once the network has taken the bytes, not before', async () => {
    const { request, progress, call } = upload(new ManualClock());
    await settle();
    await request.take(); // what stands above the file
    assert.deepEqual(progress, []);
    await request.take();
    assert.deepEqual(progress, [CONTENT.length]);
    call.stop();
    await assert.rejects(call.result, { reason: 'stopped' });
  });

  it('is not given up while the network takes bytes, however slowly', async () => {
    const clock = new ManualClock();
    const { request, progress, call } = upload(clock);
    const failed = assert.rejects(call.result, { reason: 'unreachable' });
    for (let piece = 0; piece < 2; piece += 1) {
      await clock.advance(900);
      await request.take();
    }
    assert.deepEqual(progress, [CONTENT.length]);
    await clock.advance(900);
    assert.equal(request.destroyed, false);
    await clock.advance(100);
    assert.equal(request.destroyed, true);
    await failed;
  });
});
