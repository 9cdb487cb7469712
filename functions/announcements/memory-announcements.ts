import type { Announcement } from './announcement.ts';
import type { AnnouncementStore } from './announcement-store.ts';
import { copyOf } from '../platform/copy.ts';

/** Announcements in memory, for tests and simulations. */
export class MemoryAnnouncements implements AnnouncementStore {
  readonly #byId = new Map<string, Announcement>();

  async list(): Promise<Announcement[]> {
    return [...this.#byId.values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((announcement) => copyOf(announcement));
  }

  async get(id: string): Promise<Announcement | undefined> {
    return copyOf(this.#byId.get(id));
  }

  async create(announcement: Announcement): Promise<'created' | 'taken'> {
    if (this.#byId.has(announcement.id)) return 'taken';
    this.#byId.set(announcement.id, copyOf(announcement));
    return 'created';
  }

  async update(next: Announcement): Promise<'updated' | 'conflict'> {
    if (this.#byId.get(next.id)?.version !== next.version - 1) return 'conflict';
    this.#byId.set(next.id, copyOf(next));
    return 'updated';
  }
}
