// Standard error while the screen is on show: what is written there, the last words of a Swift trap for one, would
// stand between the cells and be gone with them. It is kept, and printed when the terminal is given back.
#include "parts.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static int kept = -1, terminal = -1;

void errors_keep(void) {
  // Where standard error goes elsewhere, to a file say, nothing is in the way.
  if (kept >= 0 || !isatty(STDERR_FILENO)) return;
  int copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  int memory = memfd_create("standard error", MFD_CLOEXEC);
  if (copy < 0 || memory < 0 || dup2(memory, STDERR_FILENO) < 0) {
    if (copy >= 0) close(copy);
    if (memory >= 0) close(memory);
    return;
  }
  kept = memory;
  terminal = copy;
}

// Also called from a signal's handler.
void errors_print(void) {
  if (kept < 0) return;
  dup2(terminal, STDERR_FILENO);
  char part[4096];
  off_t at = 0;
  for (ssize_t count; (count = pread(kept, part, sizeof part, at)) > 0; at += count) {
    if (write(STDERR_FILENO, part, (size_t)count) < 0) break;
  }
  close(kept);
  close(terminal);
  kept = terminal = -1;
}
