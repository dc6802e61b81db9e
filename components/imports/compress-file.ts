/** From here on a text file is compressed before it is sent; it becomes a fifth or less. */
const WORTH_IT_BYTES = 1_000_000;

/** The file as it is sent: text compressed where that is worth it, a workbook (which is compressed already) as it is. */
export async function compressFile(file: File): Promise<File> {
  if (file.size < WORTH_IT_BYTES || typeof CompressionStream === "undefined") return file;
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isPacked = (start[0] === 0x50 && start[1] === 0x4b) || (start[0] === 0x1f && start[1] === 0x8b);
  if (isPacked) return file;
  const packed = await new Response(file.stream().pipeThrough(new CompressionStream("gzip"))).blob();
  return new File([packed], file.name, { type: "application/gzip" });
}
