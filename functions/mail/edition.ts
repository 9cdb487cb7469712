/** A mail's content, shared by everyone who gets the same. */
export interface Edition {
  /** RFC 2919; `label` is `taeglich` in `<taeglich.portal-jugendhilfe.example>`. */
  list: { label: string; name: string };
  subject: string;
  /** Whole document; links of the reader's own are {@link ownLinks}. */
  html: string;
  text: string;
  attachments: Attachment[];
}

export interface Attachment {
  filename: string;
  /** `text/calendar; charset=utf-8; method=PUBLISH` */
  contentType: string;
  content: string;
}

/** Stand in an edition where each reader's own links go. */
export const ownLinks = {
  unsubscribe: 'herold:abmelden',
  settings: 'herold:einstellungen',
} as const;
