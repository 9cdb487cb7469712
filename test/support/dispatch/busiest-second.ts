/**
 * Most mails within any 1000 ms, not only those of the clock's seconds.
 *
 * @param times rising, milliseconds
 */
export function busiestSecond(times: readonly number[]): number {
  let first = 0;
  let most = 0;
  times.forEach((time, index) => {
    while ((times[first] ?? time) <= time - 1000) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}
