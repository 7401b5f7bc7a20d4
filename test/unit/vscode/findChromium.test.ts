import { deepEqual, equal } from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findChromium } from '../../vscode/findChromium.mjs';

/** What decides whether set-up has to install a browser; elsewhere it looks at fixed places. */
(process.platform === 'linux' ? describe : describe.skip)('findChromium', () => {
  const searched = process.env['PATH'];
  let place = '';

  beforeEach(() => {
    place = mkdtempSync(path.join(tmpdir(), 'twin-path-'));
    process.env['PATH'] = ['/nowhere', place].join(path.delimiter);
  });

  afterEach(() => {
    process.env['PATH'] = searched;
    rmSync(place, { recursive: true });
  });

  function program(file: string, mode = 0o755): string {
    writeFileSync(file, '');
    chmodSync(file, mode);
    return file;
  }

  it('finds none where none is on the PATH', () => {
    equal(findChromium(), undefined);
  });

  it('finds a program, not a file that cannot be run', () => {
    program(path.join(place, 'google-chrome'), 0o644);
    const chromium = program(path.join(place, 'chromium'));
    equal(findChromium(), chromium);
  });

  it('takes the headless shell first where that is asked for, and last elsewhere', () => {
    const shell = program(path.join(place, 'chromium-headless-shell'));
    equal(findChromium(), shell);
    const whole = program(path.join(place, 'chromium'));
    deepEqual([findChromium(), findChromium({ shell: true })], [whole, shell]);
  });

  it('passes by a snap, which cannot see where tests keep their profiles', () => {
    mkdirSync(path.join(place, 'snap'));
    const inSnap = program(path.join(place, 'snap', 'chromium'));
    symlinkSync(inSnap, path.join(place, 'chromium'));
    equal(findChromium(), undefined);
  });
});
