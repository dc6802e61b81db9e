/** The folders of a mailbox that are read, in this order. */
export const FOLDERS = ["inbox", "junk", "sent"] as const;
export type Folder = (typeof FOLDERS)[number];
