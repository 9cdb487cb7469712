/** The page of an announcement, which stays for good. */
export const announcementPath = (id: string): string => `/hinweise/${id}/`;

/** Its calendar file; the address stays when the dates move, so calendars that follow it move too. */
export const calendarPath = (id: string): string => `/hinweise/${id}.ics`;
