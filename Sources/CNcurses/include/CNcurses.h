// The terminal through ncurses, as functions over int32_t and const char * alone: no type of curses crosses into
// Swift. One thread only. Rows and columns count from 0 at the top left.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdint.h>

// What `terminal_key` returns for what is not a character.
enum {
  TERMINAL_NOTHING = -1,     // the time was up
  TERMINAL_ENDED = -2,       // the terminal is gone
  TERMINAL_RESIZED = -3,     // the size changed, or the screen has to be drawn anew
  TERMINAL_MOUSE = -4,       // see terminal_mouse
  TERMINAL_PASTE_BEGIN = -5, // what follows is pasted: see terminal_pasted
  TERMINAL_PASTE_END = -6,   // the end of a paste whose beginning was not seen
  TERMINAL_UNKNOWN = -7,     // a key that has no name here
  TERMINAL_UP = -10,
  TERMINAL_DOWN = -11,
  TERMINAL_LEFT = -12,
  TERMINAL_RIGHT = -13,
  TERMINAL_HOME = -14,
  TERMINAL_END = -15,
  TERMINAL_PAGE_UP = -16,
  TERMINAL_PAGE_DOWN = -17,
  TERMINAL_INSERT = -18,
  TERMINAL_DELETE = -19,
  TERMINAL_BACKSPACE = -20,
  TERMINAL_BACK_TAB = -21,
  TERMINAL_WORD_LEFT = -22,  // with Ctrl or Alt
  TERMINAL_WORD_RIGHT = -23,
  TERMINAL_ENTER = -24,      // of the keypad
  TERMINAL_SHIFT_UP = -25,
  TERMINAL_SHIFT_DOWN = -26,
  TERMINAL_SHIFT_LEFT = -27,
  TERMINAL_SHIFT_RIGHT = -28,
  TERMINAL_F1 = -101,        // F1 to F24 are -101 to -124
  TERMINAL_ALT = 1 << 24     // added to a character that was typed with Alt
};

// Emphasis; the bits of `Attributes` in Panels.
enum { TERMINAL_BOLD = 1, TERMINAL_DIM = 2, TERMINAL_REVERSE = 4, TERMINAL_UNDERLINE = 8 };

// Why the terminal could not be taken over.
enum {
  TERMINAL_NONE = -1,         // standard input or output is none
  TERMINAL_UNDESCRIBED = -2,  // nothing is known of the one that TERM names
  TERMINAL_UNPLACEABLE = -3   // it cannot place the cursor
};

// Takes over the terminal on standard input and output. 0, or one of the reasons above.
int32_t terminal_open(void);
// Gives the terminal back as it was. May be called at any time; also runs at exit.
void terminal_close(void);

int32_t terminal_rows(void);
int32_t terminal_columns(void);
// How many colours there are of those that are numbered from 0 to 255, 0 where none.
int32_t terminal_colours(void);
// Whether the locale's characters are UTF-8; known once the terminal was opened.
int32_t terminal_is_utf8(void);

// The ground that the terminal says it has, red, green and blue a byte each; −1 where it has not said. A terminal that
// answers late is heard by terminal_key, with a TERMINAL_RESIZED.
int32_t terminal_ground(void);

// Puts what is given in base 64 on the clipboard of the terminal (OSC 52), where it has one for programs.
void terminal_copy(const char *base64);

// Writes UTF-8 text that takes `cells` columns. Where the C library counts them otherwise, question marks stand
// instead, so that nothing moves. Colours are numbers, −1 the terminal's own.
void terminal_put(
    int32_t row, int32_t column, const char *text, int32_t cells, int32_t foreground, int32_t background,
    int32_t attributes);
// Shows what was put.
void terminal_show(void);
// Forgets what the terminal shows, so that the next show sends everything.
void terminal_redraw(void);
// Puts the cursor somewhere, or hides it where the row is negative.
void terminal_cursor(int32_t row, int32_t column);

// The next key: a Unicode code point, or one of the names above. Waits so many milliseconds, for ever if negative.
// Ctrl-Z suspends the process, and its return is a TERMINAL_RESIZED.
int32_t terminal_key(int32_t milliseconds);
// The next bytes of what is pasted, behind a TERMINAL_PASTE_BEGIN: as many as fit, and 0 once it has ended. A paste that is
// not closed ends when nothing comes for a second.
int32_t terminal_pasted(uint8_t *bytes, int32_t room);
// What the last TERMINAL_MOUSE was: xterm's button code, whether it is a press (or a drag or a turn of the wheel) and
// not a release, and where.
void terminal_mouse(int32_t *button, int32_t *pressed, int32_t *row, int32_t *column);

#endif
