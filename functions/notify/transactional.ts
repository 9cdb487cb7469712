import { createHash } from 'node:crypto';
import type { Mailer } from '../mail/mailer.ts';
import { composeLetter } from '../mail/transactional/compose.ts';
import type { Letter } from '../mail/transactional/letter.ts';
import { addressChangedLetter, confirmationLetter, settingsLetter } from '../mail/transactional/letters.ts';
import type { MailClaim, MailClaims } from '../mail/transactional/mail-claims.ts';
import { Retry } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { Queue } from '../platform/queue.ts';
import { epochSeconds, Temporal } from '../platform/time.ts';
import { openRequest } from '../subscribers/change.ts';
import type { KeyringSource } from '../subscribers/keyring.ts';
import { confirmationUrl, settingsUrl } from '../subscribers/links.ts';
import { forgetFormerAddress } from '../subscribers/move.ts';
import { noteMail } from '../subscribers/sign-up.ts';
import type { SubscriberStore } from '../subscribers/subscriber-store.ts';
import { makeToken, settingsDays } from '../subscribers/tokens.ts';
import type { TransactionalMessage } from '../subscribers/transactional-message.ts';

export interface TransactionalParts {
  store: SubscriberStore;
  claims: MailClaims;
  mailer: Mailer;
  keyring: KeyringSource;
  queue: Queue<TransactionalMessage>;
  baseUrl: URL;
  sender: string;
  log: Log;
}

/** A claim that nobody settled: whoever held it has died, or will know by then. In seconds. */
const leaseSeconds = 60;
/** How long SES's own events may take to say what became of a mail. In seconds. */
const unknownSeconds = 30 * 60;
/** SQS delays no message for longer. In seconds. */
const longestDelay = 900;

/**
 * Sends one mail that someone waits for.
 *
 * A message received again sends nothing again. Where SES's answer was lost, the mail goes out once more after half an
 * hour: someone waits for it, and two of them do no harm.
 *
 * @throws Retry when SES refused it, or another instance is at it: the message is to be received again
 */
export async function sendTransactional(
  parts: TransactionalParts,
  message: TransactionalMessage,
  at: Temporal.Instant,
): Promise<'sent' | 'done-before' | 'waiting' | 'dropped' | 'failed' | 'unknown'> {
  const { claims, log } = parts;
  const { id, sid, kind } = message;
  const now = epochSeconds(at);
  const found = await claims.get(id);
  let attempt = found?.attempt ?? 1;
  if (found !== undefined && found.state !== 'refused') {
    const maybeSent = found.state === 'unknown' || found.state === 'claimed';
    if (!maybeSent) {
      if (found.state !== 'dropped') await noteAgain(parts, message, found, at);
      return 'done-before';
    }
    if (found.state === 'claimed' && now < found.at + leaseSeconds)
      throw new Retry(`mail ${id} is being sent`);
    if (attempt > 1) {
      await noteAgain(parts, message, found, at);
      return 'done-before'; // once more is what we promise, not twice
    }
    const rest = found.at + unknownSeconds - now;
    if (rest > 0) {
      await parts.queue.send([message], { delaySeconds: Math.min(rest, longestDelay) });
      return 'waiting';
    }
    attempt = 2;
    log.warn('the outcome of a mail is still unknown, it is sent once more: a possible duplicate', {
      mail: id,
      sid,
    });
  }
  if ((await claims.claim(id, found, { state: 'claimed', attempt, at: now })) === 'taken') {
    throw new Retry(`mail ${id} was claimed by another`);
  }

  const letter = await writeLetter(parts, message, at);
  if (letter === undefined) {
    await claims.settle(id, 'dropped');
    return 'dropped';
  }
  const raw = await compose(parts, id, letter);
  // A former address speaks for nobody any more: what bounces there must not suppress the new one.
  const whose = kind === 'address-changed' ? undefined : { sid };
  const answer = await parts.mailer.send({ to: letter.to, raw, tags: { transactional: id, ...whose } });
  await claims.settle(id, answer.outcome);
  if (answer.outcome !== 'refused') await note(parts, message, raw, answer.outcome, at);
  switch (answer.outcome) {
    case 'refused':
      throw new Retry(`SES refused mail ${id}: ${answer.reason}`);
    case 'failed':
      log.error('a mail that someone waits for can not be sent', { mail: id, sid, reason: answer.reason });
      return 'failed';
    case 'unknown':
      if (attempt === 1) await parts.queue.send([message], { delaySeconds: longestDelay });
      return 'unknown';
    case 'accepted':
      log.info('mail accepted', { mail: id, sid, kind, attempt });
      return 'sent';
  }
}

/** Puts on record what became of a mail that has had its turn: it may have gone out, or it can not. */
async function note(
  { store }: TransactionalParts,
  { kind, sid }: TransactionalMessage,
  raw: Uint8Array,
  state: MailClaim['state'],
  at: Temporal.Instant,
): Promise<void> {
  if (kind === 'confirmation' && state !== 'failed')
    await noteMail(store, sid, createHash('sha256').update(raw).digest('hex'), at);
  if (kind === 'address-changed') await forgetFormerAddress(store, sid, at);
}

/** Whoever sent a mail may have died before it was on record. What was asked or changed since has a mail of its own. */
async function noteAgain(
  parts: TransactionalParts,
  message: TransactionalMessage,
  found: MailClaim,
  at: Temporal.Instant,
): Promise<void> {
  const letter = await writeLetter(parts, message, at);
  if (letter === undefined || epochSeconds(letter.since) > found.at) return;
  await note(parts, message, await compose(parts, message.id, letter), found.state, at);
}

interface AddressedLetter extends Letter {
  to: string;
  /** Its Date header. */
  at: Temporal.Instant;
  /** Since when there is what it tells of. */
  since: Temporal.Instant;
}

/** The same bytes each time, as long as the same is asked. */
const compose = (
  { sender, baseUrl }: TransactionalParts,
  id: string,
  letter: AddressedLetter,
): Promise<Uint8Array> => composeLetter(letter, { id, sender, to: letter.to, at: letter.at }, baseUrl);

/** `undefined` when there is nothing to be told any more. */
async function writeLetter(
  { store, keyring, baseUrl }: TransactionalParts,
  { kind, sid }: TransactionalMessage,
  at: Temporal.Instant,
): Promise<AddressedLetter | undefined> {
  const row = await store.get(sid, epochSeconds(at));
  if (row === undefined) return undefined;
  switch (kind) {
    case 'confirmation': {
      const request = openRequest(row, at);
      if (request === undefined) return undefined;
      const requestedAt = Temporal.Instant.from(request.requestedAt);
      const token = makeToken(await keyring.load(), 'confirm', sid, requestedAt);
      const letter = confirmationLetter(row, request, confirmationUrl(baseUrl, token));
      return { ...letter, to: row.address, at: requestedAt, since: requestedAt };
    }
    case 'settings-link': {
      if (row.state !== 'confirmed') return undefined;
      const token = makeToken(await keyring.load(), 'settings', sid, at);
      return { ...settingsLetter(settingsUrl(baseUrl, token), settingsDays), to: row.address, at, since: at };
    }
    case 'address-changed': {
      if (row.formerAddress === undefined) return undefined;
      const [moved] = row.movedFrom ?? [];
      const since = moved === undefined ? at : Temporal.Instant.from(moved.at);
      return { ...addressChangedLetter(row.address), to: row.formerAddress, at, since };
    }
  }
}
