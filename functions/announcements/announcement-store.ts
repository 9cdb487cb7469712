import type { Announcement } from './announcement.ts';

/** The announcements of this portal; few, so they are read together. */
export interface AnnouncementStore {
  /** All of them, withdrawn and past ones too, by id. Strongly consistent. */
  list(): Promise<Announcement[]>;
  /** Strongly consistent. */
  get(id: string): Promise<Announcement | undefined>;
  /** Stores a new one. `'taken'` when its id is; nothing is written then. */
  create(announcement: Announcement): Promise<'created' | 'taken'>;
  /**
   * Writes a changed announcement over the one it was made from.
   *
   * @param next must have the version of the stored one plus one
   * @returns `'conflict'` when another writer was faster; nothing is written then.
   */
  update(next: Announcement): Promise<'updated' | 'conflict'>;
}
