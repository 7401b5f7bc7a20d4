import assert from 'node:assert/strict';
import { decodeText } from '../../../../src/extension/vscode/received/decodeText';

/** Bytes of Windows-1251, for Russian. */
const in1251 = (text: string): Buffer =>
  Buffer.from(
    Array.from(text, (letter) => {
      const code = letter.codePointAt(0) ?? 0;
      if (letter === 'ё') return 0xb8;
      return code >= 0x410 ? code - 0x410 + 0xc0 : code;
    }),
  );

describe('decodeText', () => {
  it('knows the encodings that text comes in', () => {
    const russian = 'имя;цена\r\nЁлка;100\r\n'.replace('Ё', 'Е');
    assert.deepEqual(decodeText(Buffer.from(russian)), { text: russian, encoding: 'utf-8' });
    assert.deepEqual(decodeText(in1251(russian)), { text: russian, encoding: 'windows-1251' });
    const little = Buffer.from(`\ufeff${russian}`, 'utf16le');
    assert.deepEqual(decodeText(little), { text: russian, encoding: 'utf-16le' });
    const big = Buffer.from(little).swap16();
    assert.deepEqual(decodeText(big), { text: russian, encoding: 'utf-16be' });
    assert.equal(decodeText(Buffer.from('\ufeffmark'))?.text, 'mark');
    assert.deepEqual(decodeText(new Uint8Array()), { text: '', encoding: 'utf-8' });
  });

  it('tells western languages from Russian', () => {
    const german = 'Größe;Übermaß;Käse;schön';
    assert.deepEqual(decodeText(Buffer.from(german, 'latin1')), {
      text: german,
      encoding: 'windows-1252',
    });
  });

  it('takes no binary for text', () => {
    assert.equal(decodeText(Buffer.from([0x4d, 0x5a, 0x90, 0, 3])), null);
    assert.equal(decodeText(Buffer.from([0x4d, 0x5a, 0x90, 1, 3])), null);
    assert.equal(decodeText(Buffer.from('PK\u0003\u0004')), null);
  });
});
