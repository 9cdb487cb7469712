const width = 40;

/**
 * Draws a bar on standard error, if someone watches.
 *
 * @returns a function to be called once for each of the `total` steps
 */
export function progressBar(total: number, out: NodeJS.WriteStream = process.stderr): () => void {
  let done = 0;
  return () => {
    done += 1;
    if (!out.isTTY) return;
    const filled = Math.round((done / total) * width);
    out.write(`\r[${'#'.repeat(filled)}${' '.repeat(width - filled)}] ${done}/${total}`);
    if (done === total) out.write('\n');
  };
}
