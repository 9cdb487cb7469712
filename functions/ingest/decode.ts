import { isUtf8 } from 'node:buffer';
import type { Findings } from './feed-errors.ts';

/**
 * Decodes a feed's bytes: byte order mark, else the charset of the HTTP header, else that of the XML declaration, else
 * UTF-8 (XML 1.0, appendix F; RFC 7303). Bytes that are not valid UTF-8 are read as windows-1252, which is what they
 * are wherever a CMS glues old text into a new template. Never throws; the byte order mark is not part of the text.
 */
export function decodeFeed(bytes: Uint8Array, contentType: string | undefined, findings: Findings): string {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return wide();
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return decodeUtf8(bytes, findings);

  const header = /charset\s*=\s*["']?\s*([^\s"';,]+)/i.exec(contentType ?? '')?.[1];
  const declared = /^[^<]{0,1000}<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([^\s"'>]+)/i.exec(
    latin1(bytes.subarray(0, 1300)),
  )?.[1];
  for (const [label, where] of [
    [header, 'HTTP header'],
    [declared, 'XML declaration'],
  ] as const) {
    if (label === undefined) continue;
    const decoder = decoderFor(label);
    if (decoder === undefined) {
      findings.add('repaired', 'feed', `the ${where} names an unknown charset, ${label}`);
    } else if (decoder.encoding.startsWith('utf-16')) {
      // The bytes would have shown it: a label of a CMS that stores in UTF-16 and sends in UTF-8.
      findings.add('repaired', 'feed', `the ${where} says ${label}, the bytes are not`);
    } else if (decoder.encoding === 'utf-8') {
      break;
    } else {
      return decoder.encoding === 'windows-1252' ? decodeWindows1252(bytes) : decoder.decode(bytes);
    }
  }
  return decodeUtf8(bytes, findings);
}

const decoderFor = (label: string): InstanceType<typeof TextDecoder> | undefined => {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined; // RangeError: a label that the Encoding Standard does not know
  }
};

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/** What 0x80 to 0x9f are in windows-1252 (Encoding Standard, index windows-1252). */
const highControls = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** By hand, since Node's `TextDecoder('windows-1252')` reads ISO-8859-1 (nodejs/node#56542). */
const decodeWindows1252 = (bytes: Uint8Array): string =>
  latin1(bytes).replaceAll(
    /[\u0080-\u009f]/g,
    (control) => highControls[control.charCodeAt(0) - 0x80] ?? control,
  );

/** Encodings of two and four bytes, by their mark or by where the zero bytes of the first `<` are. */
function wideEncoding(bytes: Uint8Array): (() => string) | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return () => decodeUtf32(bytes.subarray(4), true);
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return () => decodeUtf32(bytes.subarray(4), false);
  if (a === 0x3c && b === 0 && c === 0 && d === 0) return () => decodeUtf32(bytes, true);
  if (a === 0 && b === 0 && c === 0 && d === 0x3c) return () => decodeUtf32(bytes, false);
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0))
    return () => new TextDecoder('utf-16le').decode(bytes);
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c))
    return () => new TextDecoder('utf-16be').decode(bytes);
  return undefined;
}

function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: string[] = [];
  let codePoints: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const codePoint = view.getUint32(at, littleEndian);
    codePoints.push(codePoint > 0x10ffff ? 0xfffd : codePoint);
    if (codePoints.length === 4096) {
      parts.push(String.fromCodePoint(...codePoints));
      codePoints = [];
    }
  }
  return parts.join('') + String.fromCodePoint(...codePoints);
}

/** UTF-8, and whatever is not valid in it as windows-1252, byte by byte. */
function decodeUtf8(bytes: Uint8Array, findings: Findings): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // Much faster than a fatal TextDecoder.
  if (isUtf8(buffer)) return buffer.toString('utf8').replace(/^\ufeff/, '');
  const utf8 = new TextDecoder('utf-8');
  const parts: string[] = [];
  let rescued = 0;
  let start = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(utf8.decode(bytes.subarray(start, at)));
    start = at;
    while (at < bytes.length && sequenceLength(bytes, at) === 0) at += 1;
    parts.push(decodeWindows1252(bytes.subarray(start, at)));
    rescued += at - start;
    start = at;
  }
  parts.push(utf8.decode(bytes.subarray(start)));
  findings.add('repaired', 'feed', `${rescued} bytes are not UTF-8 and were read as windows-1252`);
  return parts.join('');
}

/** Bytes of the valid UTF-8 sequence at a position, 0 when there is none (RFC 3629, section 4). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const continues = (offset: number, low = 0x80, high = 0xbf): boolean => {
    const byte = bytes[at + offset] ?? 0;
    return byte >= low && byte <= high;
  };
  if (first >= 0xc2 && first <= 0xdf) return continues(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const low = first === 0xe0 ? 0xa0 : 0x80;
    const high = first === 0xed ? 0x9f : 0xbf;
    return continues(1, low, high) && continues(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const low = first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xf4 ? 0x8f : 0xbf;
    return continues(1, low, high) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}
