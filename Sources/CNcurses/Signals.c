// Signals. Those that end the process give the terminal back first, from what was made ready before: nothing is
// called from a handler but system calls that may be. The others are noted in a pipe that the wait for keys listens to.
#include "parts.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static struct termios settings;
static struct sigaction before[_NSIG];
static int notes[2] = {-1, -1};
static char restoring[512];
static size_t restoring_length;
static volatile sig_atomic_t is_on_screen, is_ending;
// A stack of its own lets the handler run when the ordinary one is used up.
static char handler_stack[65536];

// What a signal is to this program. Faults end it even where they are ignored; all others, as they end any process that
// does nothing about them.
typedef enum { IS_LEFT, IS_NOTED, IS_FAULT, IS_ENDING } treatment;

static treatment of_signal(int signal) {
  switch (signal) {
  case SIGWINCH: case SIGINT: case SIGTSTP: case SIGCONT: return IS_NOTED;
  case SIGKILL: case SIGSTOP: case SIGCHLD: case SIGURG: case SIGTTIN: case SIGTTOU: return IS_LEFT;
  case SIGILL: case SIGTRAP: case SIGSEGV: case SIGBUS: case SIGFPE: case SIGSYS: return IS_FAULT;
  default: return IS_ENDING;
  }
}

static void note(int signal);
static void end(int signal, siginfo_t *information, void *context);

static void catch(int signal) {
  treatment treatment = of_signal(signal);
  if (treatment == IS_LEFT) return;
  // What the caller had ignored, as nohup does, stays so.
  if (before[signal].sa_handler == SIG_IGN && treatment != IS_FAULT && signal != SIGWINCH) return;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  if (treatment == IS_NOTED) {
    action.sa_handler = note;
    action.sa_flags = SA_RESTART;
  } else {
    action.sa_sigaction = end;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | SA_RESETHAND;
  }
  sigaction(signal, &action, NULL);
}

static void end(int signal, siginfo_t *information, void *context) {
  (void)context;
  // What was ignored stays so where another process sent it.
  if (before[signal].sa_handler == SIG_IGN && information->si_code <= 0) return catch(signal);
  if (is_on_screen) {
    is_on_screen = 0;
    size_t done = 0;
    while (done < restoring_length) {
      ssize_t count = write(STDOUT_FILENO, restoring + done, restoring_length - done);
      if (count <= 0) break;
      done += (size_t)count;
    }
    tcsetattr(STDIN_FILENO, TCSANOW, &settings);
    errors_print();
  }
  // As if there had been no handler: the exit status, a core and Swift's own backtrace come as always. A signal from
  // another process is no crash and needs no backtrace; nor does a second one, that of a fault in a handler.
  if (!is_ending && (information->si_code != SI_USER || information->si_pid == getpid())) {
    is_ending = 1;
    sigaction(signal, &before[signal], NULL);
    raise(signal);
  }
  // Swift's handler returns once it has printed its backtrace; what was not a fault would then not come again, and a
  // fault would come for ever.
  struct sigaction standard;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  sigaction(signal, &standard, NULL);
  sigset_t this;
  sigemptyset(&this);
  sigaddset(&this, signal);
  sigprocmask(SIG_UNBLOCK, &this, NULL);
  raise(signal);
  _exit(128 + signal);
}

static void note(int signal) {
  int saved = errno;
  char byte = (char)signal;
  // A full pipe has enough in it to wake the reader.
  if (write(notes[1], &byte, 1) < 0) { errno = saved; }
  errno = saved;
}

int signals_save(void) {
  if (tcgetattr(STDIN_FILENO, &settings) != 0) return -1;
  if (notes[0] < 0 && pipe2(notes, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
  for (int signal = 1; signal < _NSIG; signal++) sigaction(signal, NULL, &before[signal]);
  restoring_length = 0;
  return 0;
}

void signals_catch(void) {
  stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack, .ss_flags = 0};
  sigaltstack(&stack, NULL);
  for (int signal = 1; signal < _NSIG; signal++) catch(signal);
}

void signals_release(void) {
  for (int signal = 1; signal < _NSIG; signal++)
    if (of_signal(signal) != IS_LEFT) sigaction(signal, &before[signal], NULL);
}

void signals_on_screen(int is_on) { is_on_screen = is_on; }

void signals_add_restoring(const char *sequence) {
  if (sequence == NULL || sequence == (const char *)-1) return;
  while (*sequence != 0 && restoring_length < sizeof restoring) {
    // Terminfo's notes of how long to wait, `$<5>`, are not to be sent.
    if (sequence[0] == '$' && sequence[1] == '<') {
      const char *past = strchr(sequence, '>');
      if (past == NULL) return;
      sequence = past + 1;
    } else {
      restoring[restoring_length++] = *sequence++;
    }
  }
}

signal_kind signals_next(void) {
  char byte;
  if (read(notes[0], &byte, 1) != 1) return SIGNAL_NONE;
  switch (byte) {
  case SIGWINCH: return SIGNAL_RESIZE;
  case SIGINT: return SIGNAL_INTERRUPT;
  case SIGTSTP: return SIGNAL_STOP;
  default: return SIGNAL_CONTINUE;
  }
}

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

int signals_wait(int32_t milliseconds) {
  int64_t deadline = now() + milliseconds;
  for (;;) {
    struct pollfd both[2] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = notes[0], .events = POLLIN}};
    int64_t left = milliseconds < 0 ? -1 : deadline - now();
    int count = poll(both, 2, milliseconds >= 0 && left < 0 ? 0 : (int)left);
    if (count < 0 && errno != EINTR) return -2;
    if (count > 0 && both[1].revents & POLLIN) return -1;
    if (count > 0 && both[0].revents & POLLIN) return 1;
    if (count > 0) return -2;
    if (count == 0) return 0;
  }
}

void signals_stop_here(int whole_group) {
  if (before[SIGTSTP].sa_handler == SIG_IGN) return;
  window_leave();
  struct sigaction noting, standard;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &standard, &noting);
  // The whole group, as the terminal would: a program that started this one is to stop with it.
  if (whole_group) kill(0, SIGTSTP);
  else raise(SIGTSTP);
  sigaction(SIGTSTP, &noting, NULL);
  // Going on has been noted as well, and is what happens here.
  while (signals_next() != SIGNAL_NONE) continue;
  window_return();
}
