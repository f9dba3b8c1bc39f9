// The ground of the terminal: what is asked of it, and what it answers.
#include "parts.h"

#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static int32_t ground = -1;
static int is_awaited;
static time_t asked_at;
// After so many seconds nothing more is to be expected.
enum { PATIENCE = 3, MOMENT = 100 };

int32_t terminal_ground(void) { return ground; }

// What every terminal answers, its kind, is asked last: its answer says that there will be none to the first question
// where there has been none yet.
void ground_ask(void) {
  static const char questions[] = "\033]11;?\007\033[c";
  is_awaited = 1;
  asked_at = time(NULL);
  putp(questions);
  fflush(stdout);
}

// The upper eight bits of one to four hexadecimal digits; −1 where there are none.
static int32_t share(const char **text) {
  static const char digits[] = "0123456789abcdef";
  int32_t value = 0, largest = 0;
  for (int i = 0; i < 4; i++) {
    const char *digit = **text == 0 ? NULL : strchr(digits, **text >= 'A' && **text <= 'F' ? **text + 32 : **text);
    if (digit == NULL) break;
    value = value * 16 + (int32_t)(digit - digits);
    largest = largest * 16 + 15;
    (*text)++;
  }
  return largest == 0 ? -1 : value * 255 / largest;
}

// `rgb:RRRR/GGGG/BBBB`, or `rgba:` with a share of the ground behind it.
void ground_note(const char *colour) {
  if (strncmp(colour, "rgb", 3) != 0) return;
  colour += colour[3] == 'a' ? 4 : 3;
  int32_t value = 0;
  for (int i = 0; i < 3; i++) {
    if (*colour++ != (i == 0 ? ':' : '/')) return;
    int32_t next = share(&colour);
    if (next < 0) return;
    value = value << 8 | next;
  }
  ground = value;
}

void ground_answered(void) { is_awaited = 0; }

void ground_leave(void) {
  if (!is_awaited || time(NULL) - asked_at > PATIENCE) return;
  keys_await_ground(MOMENT);
  if (is_awaited) tcflush(STDIN_FILENO, TCIFLUSH);
  is_awaited = 0;
}
