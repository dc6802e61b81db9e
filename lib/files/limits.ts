/** What may come over the wire. The console compresses larger text files before it sends them. */
export const MAX_UPLOAD_BYTES = 9_500_000;
/** What a file may be once unpacked; 50,000 rows of a CoStar export are about 15 MB. */
export const MAX_TEXT_BYTES = 64 * 1_048_576;
/** What the parts of a workbook may be once unpacked; its XML is several times its text. */
export const MAX_WORKBOOK_BYTES = 256 * 1_048_576;
export const MAX_ROWS = 100_000;
export const MAX_COLUMNS = 200;
/** Excel itself holds no more in one cell; a longer one is a file gone wrong. */
export const MAX_CELL_CHARS = 32_767;
/** Rows that cannot be read at all before the file is taken for something else. */
export const MAX_BROKEN_ROWS = 1_000;
