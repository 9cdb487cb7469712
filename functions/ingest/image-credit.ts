/** Who is named in a Bildnachweis. */
export interface ImageCredit {
  holder: string;
  agency?: string;
}

/**
 * What follows "Bild: ©" and the like, if a line is a Bildnachweis.
 *
 * `Bild: © PHOTOMORPHIC PTE. LTD. - Fotolia.com` gives `PHOTOMORPHIC PTE. LTD. - Fotolia.com`.
 */
export function creditOfLine(line: string): string | undefined {
  const credit =
    /^\(?(?:(?:Bild|Foto|Fotos|Grafik|Bildnachweis|Fotonachweis|Bildquelle|Bildrechte|Copyright)\s*:\s*(?:©|\(c\)|Copyright)?|©|\(c\))\s*(.{2,150}?)\)?$/i.exec(
      line,
    )?.[1];
  return credit?.trim();
}

/** Holder and agency, split at the last " - ": holders have hyphens in their names. */
export function splitCredit(credit: string): ImageCredit {
  const at = Math.max(credit.lastIndexOf(' - '), credit.lastIndexOf(' – '));
  if (at < 0) return { holder: credit };
  return { holder: credit.slice(0, at).trim(), agency: credit.slice(at + 3).trim() };
}
