import * as z from 'zod';

/** A mail that someone waits for. Says whom by sid alone, so that no queue holds an address. */
export const transactionalMessage = z.strictObject({
  /** Names the mail: it goes out once, however often the message is received. */
  id: z.string().min(1),
  kind: z.enum([
    /** To an address that was entered in a form, to have it confirmed. */
    'confirmation',
    /** To a subscriber who asked for the way to their settings. */
    'settings-link',
    /** To the former address of a subscriber who now has another one. */
    'address-changed',
  ]),
  sid: z.string().length(26),
});

export type TransactionalMessage = z.infer<typeof transactionalMessage>;
