// Loaded before a child program: when the launcher is gone, however it went, this process goes too. A program that closes
// in its own order listens for "disconnect" itself and gets a moment to do so.
process.on("disconnect", () => {
  setTimeout(() => process.exit(1), process.listenerCount("disconnect") > 1 ? 3000 : 0);
});
