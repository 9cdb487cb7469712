/** The secrets that names and links of people hang on. */
export interface Keyring {
  /** For sids. Never changes: a new pepper makes every subscriber a stranger. */
  pepper: Uint8Array;
  /** Token keys by two-character id; tokens made with any of them stay valid as long as it is here. */
  tokenKeys: ReadonlyMap<string, Uint8Array>;
  /** Id of the key that new tokens are made with. */
  currentKey: string;
}

/** Where the keyring comes from; one read per cold start. */
export interface KeyringSource {
  load(): Promise<Keyring>;
}
