import { encode as base64, wrap as wrapBase64 } from 'nodemailer/lib/base64';
import type MimeNode from 'nodemailer/lib/mime-node';
import { encode as quotedPrintable, wrap as wrapQuotedPrintable } from 'nodemailer/lib/qp';

/**
 * The bytes of a multipart mail whose parts are strings or buffers; the same that `node.build()` gives. That writes each part
 * through streams and turns of the event loop, which takes most of the time that a mail takes to compose.
 */
export const bytesOf = (node: MimeNode): Buffer => Buffer.from(written(node));

/** One node as RFC 2045 § 6 and RFC 2046 § 5.1.1 have it: nodemailer's headers and encoders, put together. */
function written(node: MimeNode): string {
  const head = `${node.buildHeaders()}\r\n\r\n`;
  if (!node.multipart) return head + encodedContent(node);
  const delimiter = `--${String(node.boundary)}`;
  const parts = node.childNodes.map((child) => `${delimiter}\r\n${written(child)}\r\n`);
  return `${head}${parts.join('')}${delimiter}--\r\n`;
}

function encodedContent(node: MimeNode): string {
  const { content = '' } = node;
  if (typeof content !== 'string' && !Buffer.isBuffer(content))
    throw new Error('A part of a mail must be a string or a buffer');
  switch (node.getTransferEncoding()) {
    case 'quoted-printable':
      return wrapQuotedPrintable(quotedPrintable(content));
    case 'base64':
      return wrapBase64(base64(content));
    default:
      return content.toString();
  }
}
