// The screen: opening, closing and writing cells.
#include "parts.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static int is_utf8, is_shown, has_modes, cursor_row = -1, cursor_column;
// The largest screen whose cells the terminal can address.
static int most_rows = 1000, most_columns = 2000;

// Drags are reported (1002) in the form that has no largest column (1006); with Shift held the terminal keeps the
// mouse for selecting text. Pasted text comes in brackets (2004).
#define MODES_ON "\033[?1002h\033[?1006h\033[?2004h"
#define MODES_OFF "\033[?2004l\033[?1006l\033[?1002l"

// Through ncurses' putp, which has stdio's buffer and not that of the screen.
static void send_modes(const char *modes) {
  if (!has_modes) return;
  putp(modes);
  fflush(stdout);
}

static void prepare_restoring(void) {
  if (has_modes) signals_add_restoring(MODES_OFF);
  static const char *const names[] = {"sgr0", "op", "cnorm", "rmkx", "rmcup"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) signals_add_restoring(capability(names[i]));
  if (*capability("rmcup") == 0) signals_add_restoring("\r\n");
}

// A terminal over a slow line answers later than that, and is heard then.
enum { PATIENCE = 100 };

// Asks once the screen is ours, and clears it after: whoever takes the question for text has printed it there.
static void ask(void) {
  if (!has_modes) return;
  ground_ask();
  keys_await_ground(PATIENCE);
  clearok(curscr, TRUE);
  refresh();
}

int32_t terminal_open(void) {
  if (screen != NULL) return 0;
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || signals_save() != 0) return TERMINAL_NONE;
  int32_t obstacle = description_read();
  if (obstacle != 0) return obstacle;
  // Only the characters: a locale's decimal comma must not reach the printing of numbers.
  setlocale(LC_CTYPE, "");
  is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
  screen = newterm(NULL, stdout, stdin);
  if (screen == NULL) return TERMINAL_UNDESCRIBED;
  signals_catch();
  has_modes = description_has_mouse();
  description_bound(&most_rows, &most_columns);
  prepare_restoring();
  signals_on_screen(1);
  static int is_registered;
  if (!is_registered) {
    is_registered = 1;
    atexit(terminal_close);
  }
  set_escdelay(25);
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  keys_define();
  colours_begin();
  curs_set(0);
  window_measure();
  is_shown = 1;
  errors_keep();
  send_modes(MODES_ON);
  refresh();
  ask();
  return 0;
}

void terminal_close(void) {
  if (screen == NULL) return;
  ground_leave();
  window_leave();
  signals_release();
  // delscreen is not called: it frees what a handler or an exit under way may still look at, once a process.
  screen = NULL;
}

void window_leave(void) {
  if (is_shown) send_modes(MODES_OFF);
  if (is_shown) curs_set(1);
  is_shown = 0;
  endwin();
  errors_print();
  signals_on_screen(0);
}

void window_return(void) {
  signals_on_screen(1);
  is_shown = 1;
  errors_keep();
  reset_prog_mode();
  window_measure();
  send_modes(MODES_ON);
  curs_set(cursor_row < 0 ? 0 : 1);
  terminal_redraw();
  refresh();
}

void window_measure(void) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return;
  int rows = size.ws_row < most_rows ? size.ws_row : most_rows;
  int columns = size.ws_col < most_columns ? size.ws_col : most_columns;
  if (rows == LINES && columns == COLS) return;
  resizeterm(rows, columns);
  // resizeterm leaves a KEY_RESIZE to be read; whoever called says so in its own way.
  wint_t key;
  wtimeout(stdscr, 0);
  int kind = wget_wch(stdscr, &key);
  if (kind == OK) unget_wch((wchar_t)key);
  if (kind == KEY_CODE_YES && key != KEY_RESIZE) ungetch((int)key);
}

int32_t terminal_rows(void) { return screen == NULL ? 0 : getmaxy(stdscr); }
int32_t terminal_columns(void) { return screen == NULL ? 0 : getmaxx(stdscr); }
int32_t terminal_is_utf8(void) { return is_utf8; }

static attr_t attributes_of(int32_t bits) {
  return (bits & TERMINAL_BOLD ? A_BOLD : 0) | (bits & TERMINAL_DIM ? A_DIM : 0)
      | (bits & TERMINAL_REVERSE ? A_REVERSE : 0) | (bits & TERMINAL_UNDERLINE ? A_UNDERLINE : 0);
}

// One code point of text known to be UTF-8; what is not comes out as U+FFFD.
static wchar_t next_scalar(const unsigned char **text) {
  const unsigned char *at = *text;
  int more = *at < 0x80 ? 0 : *at >= 0xF0 ? 3 : *at >= 0xE0 ? 2 : *at >= 0xC0 ? 1 : -1;
  wchar_t scalar = more == 0 ? *at : more < 0 ? 0xFFFD : *at & (0x3F >> more);
  at++;
  for (; more > 0; more--) {
    if ((*at & 0xC0) != 0x80) {
      scalar = 0xFFFD;
      break;
    }
    scalar = scalar << 6 | (*at++ & 0x3F);
  }
  *text = at;
  return scalar;
}

void terminal_put(
    int32_t row, int32_t column, const char *text, int32_t cells, int32_t foreground, int32_t background,
    int32_t attributes) {
  if (screen == NULL || row < 0 || column < 0 || row >= getmaxy(stdscr) || column >= getmaxx(stdscr)) return;
  attr_t attribute = attributes_of(attributes);
  short pair = colours_pair(foreground, background);
  int32_t width = 0;
  const unsigned char *at = (const unsigned char *)text;
  while (*at != 0) {
    wchar_t scalar = next_scalar(&at);
    int columns = scalar < 0x20 ? -1 : wcwidth(scalar);
    if (columns < 0) width = -1000000;
    else width += columns;
  }
  wmove(stdscr, row, column);
  cchar_t cell;
  if (width != cells) {
    setcchar(&cell, L"?", attribute, pair, NULL);
    for (int32_t i = 0; i < cells && column + i < getmaxx(stdscr); i++) wadd_wch(stdscr, &cell);
    return;
  }
  at = (const unsigned char *)text;
  while (*at != 0) {
    wchar_t letters[CCHARW_MAX + 1] = {next_scalar(&at)};
    int count = 1;
    for (const unsigned char *ahead = at; *ahead != 0;) {
      wchar_t mark = next_scalar(&ahead);
      if (wcwidth(mark) != 0) break;
      if (count < CCHARW_MAX) letters[count++] = mark;
      at = ahead;
    }
    setcchar(&cell, letters, attribute, pair, NULL);
    wadd_wch(stdscr, &cell);
  }
}

// Not through putp, which would take its letters for a capability's.
void terminal_copy(const char *base64) {
  if (screen == NULL || !is_shown || !has_modes) return;
  fputs("\033]52;c;", stdout);
  fputs(base64, stdout);
  fputs("\007", stdout);
  fflush(stdout);
}

void terminal_show(void) {
  if (screen == NULL || !is_shown) return;
  if (cursor_row >= 0) wmove(stdscr, cursor_row, cursor_column);
  wnoutrefresh(stdscr);
  doupdate();
}

void terminal_redraw(void) {
  if (screen != NULL) clearok(curscr, TRUE);
}

void terminal_cursor(int32_t row, int32_t column) {
  if (screen == NULL) return;
  if ((row < 0) != (cursor_row < 0)) curs_set(row < 0 ? 0 : 1);
  cursor_row = row;
  cursor_column = column < 0 ? 0 : column;
}
