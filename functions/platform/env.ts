/** Reads one environment variable; throws with the mend when the text is not of its form. */
export type EnvReader<T> = (text: string) => T;

/**
 * What a function needs from its environment, by variable name. CDK and handler share one contract:
 * CDK must set exactly these names, the handler gets them typed.
 */
export type EnvContract = Readonly<Record<string, EnvReader<unknown>>>;

/** The values that {@link readEnv} returns for a contract. */
export type Env<C extends EnvContract> = { readonly [K in keyof C]: ReturnType<C[K]> };

/** What the CDK passes for a contract: every name, no other, all as text. */
export type EnvTexts<C extends EnvContract> = { readonly [K in keyof C]: string };

export const text: EnvReader<string> = (value) => {
  if (value === '') throw new Error('must not be empty');
  return value;
};

export const positiveInt: EnvReader<number> = (value) => {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error('must be a whole number of at least 1');
  return number;
};

export const webUrl: EnvReader<URL> = (value) => {
  if (!URL.canParse(value)) throw new Error('must be an absolute URL such as https://portal.example');
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new Error('must begin with https:// or http://');
  return url;
};

/** Texts separated by commas, at least one. */
export const list: EnvReader<readonly string[]> = (value) => value.split(',').map(text);

/** One of a few words. */
export const oneOf =
  <const W extends string>(...words: W[]): EnvReader<W> =>
  (value) => {
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) throw new Error(`must be one of ${words.join(', ')}`);
    return word;
  };

export class UnfitEnvironment extends Error {
  override readonly name = 'UnfitEnvironment';
  constructor(problems: readonly string[]) {
    super(`The environment does not fit: ${problems.join('. ')}.`);
  }
}

/**
 * Reads a contract from an environment.
 *
 * @throws UnfitEnvironment naming every variable that is missing or malformed, with the value received, at once.
 */
export function readEnv<C extends EnvContract>(
  contract: C,
  environment: Readonly<Record<string, string | undefined>>,
): Env<C> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(contract)) {
    const value = environment[name];
    if (value === undefined) {
      problems.push(`${name} is missing`);
      continue;
    }
    try {
      values[name] = read(value);
    } catch (error) {
      problems.push(`${name} is ${JSON.stringify(value)}; it ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw new UnfitEnvironment(problems);
  return values as Env<C>;
}
