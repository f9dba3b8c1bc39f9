// Keys: what ncurses makes of the terminal's bytes, and the few sequences that its descriptions leave out.
#include "parts.h"

#include <errno.h>
#include <unistd.h>
#include <wchar.h>

// Beyond what ncurses gives to keys of its own.
enum {
  OWN = 0x2000, OWN_MOUSE = OWN, OWN_OLD_MOUSE, OWN_PASTE_BEGIN, OWN_PASTE_END, OWN_WORD_LEFT, OWN_WORD_RIGHT, OWN_GROUND,
  OWN_KIND
};

static const struct { const char *sequence; int code; } sequences[] = {
    {"\033[<", OWN_MOUSE},          {"\033[M", OWN_OLD_MOUSE},
    {"\033]11;", OWN_GROUND},       {"\033[?", OWN_KIND},
    {"\033[200~", OWN_PASTE_BEGIN}, {"\033[201~", OWN_PASTE_END},
    {"\033[1;5D", OWN_WORD_LEFT},   {"\033[1;3D", OWN_WORD_LEFT},   {"\033[1;5C", OWN_WORD_RIGHT},
    {"\033[1;3C", OWN_WORD_RIGHT},  {"\033[A", KEY_UP},             {"\033OA", KEY_UP},
    {"\033[B", KEY_DOWN},           {"\033OB", KEY_DOWN},           {"\033[C", KEY_RIGHT},
    {"\033OC", KEY_RIGHT},          {"\033[D", KEY_LEFT},           {"\033OD", KEY_LEFT},
    {"\033[H", KEY_HOME},           {"\033OH", KEY_HOME},           {"\033[1~", KEY_HOME},
    {"\033[F", KEY_END},            {"\033OF", KEY_END},            {"\033[4~", KEY_END},
    {"\033[3~", KEY_DC},            {"\033[5~", KEY_PPAGE},         {"\033[6~", KEY_NPAGE},
    {"\033[Z", KEY_BTAB},           {"\033[1;2A", KEY_SR},          {"\033[1;2B", KEY_SF},
    {"\033[1;2D", KEY_SLEFT},       {"\033[1;2C", KEY_SRIGHT},      {"\033[a", KEY_SR},
    {"\033[b", KEY_SF},             {"\033[d", KEY_SLEFT},          {"\033[c", KEY_SRIGHT},
};

static const struct { int code; int32_t key; } names[] = {
    {KEY_UP, TERMINAL_UP},
    {KEY_DOWN, TERMINAL_DOWN},
    {KEY_LEFT, TERMINAL_LEFT},
    {KEY_RIGHT, TERMINAL_RIGHT},
    {KEY_HOME, TERMINAL_HOME},
    {KEY_END, TERMINAL_END},
    {KEY_PPAGE, TERMINAL_PAGE_UP},
    {KEY_NPAGE, TERMINAL_PAGE_DOWN},
    {KEY_IC, TERMINAL_INSERT},
    {KEY_DC, TERMINAL_DELETE},
    {KEY_BACKSPACE, TERMINAL_BACKSPACE},
    {KEY_BTAB, TERMINAL_BACK_TAB},
    {KEY_ENTER, TERMINAL_ENTER},
    {KEY_SR, TERMINAL_SHIFT_UP},
    {KEY_SF, TERMINAL_SHIFT_DOWN},
    {KEY_SLEFT, TERMINAL_SHIFT_LEFT},
    {KEY_SRIGHT, TERMINAL_SHIFT_RIGHT},
    {KEY_RESIZE, TERMINAL_RESIZED},
    {OWN_WORD_LEFT, TERMINAL_WORD_LEFT},
    {OWN_WORD_RIGHT, TERMINAL_WORD_RIGHT},
    {OWN_PASTE_BEGIN, TERMINAL_PASTE_BEGIN},
    {OWN_PASTE_END, TERMINAL_PASTE_END},
};

static int32_t mouse_button, mouse_pressed, mouse_row, mouse_column;
enum { CTRL_C = 3, BELL = 7, CTRL_Z = 26, ESCAPE = 27, FOLLOWS = 25, MOST_IDLE_READS = 50 };

void keys_define(void) {
  for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
    define_key(sequences[i].sequence, sequences[i].code);
}

// A key that came while an answer was waited for.
static struct { int kind; wint_t key; } kept = {ERR, 0};

// What ncurses has: KEY_CODE_YES, OK for a character, or ERR.
static int read_key(int milliseconds, wint_t *key) {
  if (kept.kind != ERR) {
    int kind = kept.kind;
    *key = kept.key;
    kept.kind = ERR;
    return kind;
  }
  wtimeout(stdscr, milliseconds);
  return wget_wch(stdscr, key);
}

// The rest of `ESC ] 11 ; colour`, which BEL or `ESC \` ends: the ground of the terminal.
static int32_t read_ground(void) {
  char colour[64];
  size_t length = 0;
  wint_t key;
  while (read_key(FOLLOWS, &key) == OK && key != BELL) {
    if (key == ESCAPE) {
      read_key(FOLLOWS, &key);
      break;
    }
    if (length + 1 < sizeof colour) colour[length++] = (char)key;
  }
  colour[length] = 0;
  ground_note(colour);
  return TERMINAL_RESIZED;
}

// The rest of `ESC [ ? numbers c`: what kind of terminal it is, which is asked only to be answered.
static int32_t read_kind(void) {
  wint_t key = 0;
  while (read_key(FOLLOWS, &key) == OK && (key == ';' || (key >= '0' && key <= '9'))) continue;
  if (key == 'c') ground_answered();
  return TERMINAL_UNKNOWN;
}

// The rest of `ESC [ < button ; column ; row M`, or m when the button is let go.
static int32_t read_mouse(void) {
  int32_t values[3] = {0, 0, 0};
  int place = 0;
  for (int i = 0; i < 24; i++) {
    wint_t key;
    if (read_key(FOLLOWS, &key) != OK) return TERMINAL_UNKNOWN;
    if (key >= '0' && key <= '9') {
      if (values[place] < 100000) values[place] = values[place] * 10 + (int32_t)(key - '0');
    } else if (key == ';' && place < 2) {
      place++;
    } else if ((key == 'M' || key == 'm') && place == 2) {
      mouse_button = values[0];
      mouse_pressed = key == 'M';
      mouse_column = values[1] > 0 ? values[1] - 1 : 0;
      mouse_row = values[2] > 0 ? values[2] - 1 : 0;
      return TERMINAL_MOUSE;
    } else {
      return TERMINAL_UNKNOWN;
    }
  }
  return TERMINAL_UNKNOWN;
}

// The rest of `ESC [ M button column row`, a byte each, from a terminal that knows no other form. Numbers begin behind
// the blank.
static int32_t read_old_mouse(void) {
  int32_t values[3];
  for (int i = 0; i < 3; i++) {
    wint_t key;
    if (read_key(FOLLOWS, &key) != OK) return TERMINAL_UNKNOWN;
    values[i] = (int32_t)key - ' ';
  }
  if (values[0] < 0 || values[1] < 1 || values[2] < 1) return TERMINAL_UNKNOWN;
  mouse_button = values[0];
  mouse_pressed = (values[0] & 0x63) != 3;
  mouse_column = values[1] - 1;
  mouse_row = values[2] - 1;
  return TERMINAL_MOUSE;
}

// After an escape that ncurses made nothing of: the Escape key, a character typed with Alt, or a sequence that is
// read to its end, so that its letters do not become commands.
static int32_t read_after_escape(void) {
  wint_t key;
  if (read_key(0, &key) != OK) return ESCAPE;
  if (key == ESCAPE) return ESCAPE;
  if (key != '[' && key != 'O') return (int32_t)key | TERMINAL_ALT;
  for (int i = 0; i < 32; i++) {
    if (read_key(0, &key) != OK) return TERMINAL_UNKNOWN;
    if (key >= 0x40 && key <= 0x7E && key != '[') return TERMINAL_UNKNOWN;
  }
  return TERMINAL_UNKNOWN;
}

static int32_t named(int code) {
  if (code == OWN_MOUSE) return read_mouse();
  if (code == OWN_OLD_MOUSE) return read_old_mouse();
  if (code == OWN_GROUND) return read_ground();
  if (code == OWN_KIND) return read_kind();
  if (code >= KEY_F(1) && code <= KEY_F(24)) return TERMINAL_F1 - (code - KEY_F(1));
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (names[i].code == code) return names[i].key;
  return TERMINAL_UNKNOWN;
}

void keys_await_ground(int32_t milliseconds) {
  while (signals_wait(milliseconds) == 1) {
    wint_t key;
    int kind = read_key(FOLLOWS, &key);
    if (kind == ERR) return;
    if (kind != KEY_CODE_YES || (key != OWN_GROUND && key != OWN_KIND)) {
      kept.kind = kind;
      kept.key = key;
      return;
    }
    named((int)key);
    if (key == OWN_KIND) return;
  }
}

static int32_t after_signal(signal_kind signal) {
  switch (signal) {
  case SIGNAL_INTERRUPT: return CTRL_C;
  case SIGNAL_RESIZE: window_measure(); return TERMINAL_RESIZED;
  case SIGNAL_STOP: signals_stop_here(0); return TERMINAL_RESIZED;
  case SIGNAL_CONTINUE: window_return(); return TERMINAL_RESIZED;
  case SIGNAL_NONE: break;
  }
  return TERMINAL_NOTHING;
}

int32_t terminal_key(int32_t milliseconds) {
  // Input that is there and gives no key, again and again, is the end of a terminal that was taken away.
  for (int idle = 0; idle < MOST_IDLE_READS;) {
    signal_kind signal = signals_next();
    if (signal != SIGNAL_NONE) return after_signal(signal);
    int ready = signals_wait(0);
    wint_t key;
    // The parts of a character may come apart, so once one is there the others are waited for a little. Without
    // input there may still be what ncurses has read and given back.
    int kind = read_key(ready == 1 ? FOLLOWS : 0, &key);
    if (kind == KEY_CODE_YES) return named((int)key);
    if (kind == OK && key == CTRL_Z) {
      signals_stop_here(1);
      return TERMINAL_RESIZED;
    }
    if (kind == OK && key == ESCAPE) return read_after_escape();
    if (kind == OK) return key == 127 || key == 8 ? TERMINAL_BACKSPACE : (int32_t)key;
    if (ready == 1) {
      idle++;
      continue;
    }
    switch (signals_wait(milliseconds)) {
    case 0: return TERMINAL_NOTHING;
    case -2: return TERMINAL_ENDED;
    default: break;
    }
  }
  return TERMINAL_ENDED;
}

// The bracket that closes a paste is read here and not by ncurses, which takes a few calls for each byte. No read asks for
// more than is missing of it, so that none takes what stands behind it.
int32_t terminal_pasted(uint8_t *bytes, int32_t room) {
  static const uint8_t closing[] = {ESCAPE, '[', '2', '0', '1', '~'};
  enum { CLOSING = sizeof closing, PATIENCE = 1000 };
  static int matched, is_closed;
  int32_t count = 0;
  // What looked like the bracket and was not is as long as it at most.
  while (!is_closed && room - count >= 2 * CLOSING) {
    int ready = signals_wait(PATIENCE);
    if (ready == -1) {
      after_signal(signals_next());
      continue;
    }
    uint8_t part[CLOSING];
    ssize_t length = ready == 1 ? read(STDIN_FILENO, part, CLOSING - (size_t)matched) : 0;
    if (length < 0 && errno == EINTR) continue;
    is_closed = length <= 0;
    for (ssize_t i = 0; i < length; i++) {
      if (part[i] != closing[matched]) {
        for (int kept = 0; kept < matched; kept++) bytes[count++] = closing[kept];
        matched = 0;
      }
      if (part[i] == closing[matched]) matched++;
      else bytes[count++] = part[i];
      if (matched == CLOSING) is_closed = 1;
    }
  }
  // The end is said by a call of its own.
  if (is_closed && count == 0) matched = is_closed = 0;
  return count;
}

void terminal_mouse(int32_t *button, int32_t *pressed, int32_t *row, int32_t *column) {
  *button = mouse_button;
  *pressed = mouse_pressed;
  *row = mouse_row;
  *column = mouse_column;
}
