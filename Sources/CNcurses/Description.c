// What terminfo says of the terminal that TERM names.
#include "parts.h"

#include <string.h>
#include <term.h>
#include <unistd.h>

static int own_rows, own_columns;

int32_t description_read(void) {
  int found;
  // The size that is described, where the window has another.
  use_env(FALSE);
  if (setupterm(NULL, STDOUT_FILENO, &found) != OK) return TERMINAL_UNDESCRIBED;
  own_rows = tigetnum("lines");
  own_columns = tigetnum("cols");
  use_env(TRUE);
  return *capability("cup") == 0 ? TERMINAL_UNPLACEABLE : 0;
}

const char *capability(const char *name) {
  const char *found = tigetstr(name);
  return found == NULL || found == (const char *)-1 ? "" : found;
}

// Only a terminal that has a mouse knows the modes for it; another would print what they are made of.
int description_has_mouse(void) { return *capability("kmous") != 0; }

// Where a row and a column are sent as a byte each, those beyond the terminal's own would be control characters.
void description_bound(int *most_rows, int *most_columns) {
  if (strncmp(capability("cup"), "\033[", 2) == 0) return;
  *most_rows = own_rows > 0 ? own_rows : 24;
  *most_columns = own_columns > 0 ? own_columns : 80;
}
