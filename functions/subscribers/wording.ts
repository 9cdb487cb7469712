/**
 * What people agree to on the sign-up page. The ledger keeps version and text with each confirmation; a new text gets a
 * new version, and old ones stay here for requests that are still open.
 */
const wordings: Readonly<Record<string, string>> = {
  '2026-11':
    'Ja, ich möchte die ausgewählten Mails vom Portal der Kinder- und Jugendhilfe erhalten. Ich kann sie jederzeit mit ' +
    'einem Klick abbestellen, ohne Angabe von Gründen. Gespeichert werden dafür meine E-Mail-Adresse, meine Auswahl und ' +
    'der Nachweis dieser Einwilligung.',
};

export const currentWording = '2026-11';

/** The text of a version; `undefined` for imported ones that were agreed to elsewhere. */
export const wordingText = (version: string): string | undefined => wordings[version];
