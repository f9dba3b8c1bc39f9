// What the parts of this module know of each other.
#ifndef CNCURSES_PARTS_H
#define CNCURSES_PARTS_H

#define _XOPEN_SOURCE_EXTENDED 1
#define _GNU_SOURCE 1
#include <curses.h>

#include "CNcurses.h"

// Window.c
void window_leave(void);   // gives the screen back for a while
void window_return(void);  // and takes it again
void window_measure(void); // takes over the terminal's present size

// Description.c
int32_t description_read(void);   // 0, or why the terminal cannot be used
int description_has_mouse(void);
void description_bound(int *most_rows, int *most_columns); // the largest screen, where it has bounds
const char *capability(const char *name); // a sequence by terminfo's name for it, or an empty one

// Colours.c
void colours_begin(void);
short colours_pair(int32_t foreground, int32_t background); // the number of a pair; made when first used, and few

// Keys.c
void keys_define(void);
void keys_await_ground(int32_t milliseconds); // reads the answer to ground_ask; another key that comes is kept

// Ground.c
void ground_ask(void);
void ground_note(const char *colour); // what the terminal answered, as `rgb:ffff/ffff/ffff`
void ground_answered(void);           // all that was asked has been answered
void ground_leave(void);              // an answer that is still to come is not left to whoever reads next

// Errors.c
void errors_keep(void);
void errors_print(void);

// Signals.c
typedef enum { SIGNAL_NONE, SIGNAL_RESIZE, SIGNAL_INTERRUPT, SIGNAL_STOP, SIGNAL_CONTINUE } signal_kind;

int signals_save(void);                  // the terminal's settings and the handlers, before ncurses changes them
void signals_catch(void);                // takes the signals over
void signals_release(void);              // gives them back
void signals_on_screen(int is_on);       // whether there is a screen to give back when the process dies
void signals_add_restoring(const char *sequence); // one more string that gives the terminal back
signal_kind signals_next(void);          // what has arrived
int signals_wait(int32_t milliseconds);  // 1: input, 0: the time was up, −1: a signal, −2: the terminal is gone
void signals_stop_here(int whole_group); // stops the process as Ctrl-Z does; returns when it goes on

#endif
