// Colours, by their numbers in the palette of 256, and pairs of them as ncurses wants them.
#include "parts.h"

static int colours, pair_count;
static struct { int32_t foreground, background; } pairs[256];

void colours_begin(void) {
  colours = 0;
  pair_count = 1;
  if (!has_colors()) return;
  start_color();
  use_default_colors();
  colours = COLORS;
}

int32_t terminal_colours(void) { return colours > 256 ? 256 : colours; }

// A colour as the terminal numbers it. One that has more than 256 takes red, green and blue, a byte each, but for the
// first eight; the palette of 256 is sixteen, a cube of 6×6×6, and greys.
static int number_of(int32_t colour) {
  static const int32_t bright[] = {0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF};
  static const int32_t sides[] = {0, 0x5F, 0x87, 0xAF, 0xD7, 0xFF};
  if (colours <= 256 || colour < 8) return colour;
  if (colour < 16) return bright[colour - 8];
  if (colour >= 232) return (8 + 10 * (colour - 232)) * 0x010101;
  int32_t place = colour - 16;
  return sides[place / 36] << 16 | sides[place / 6 % 6] << 8 | sides[place % 6];
}

short colours_pair(int32_t foreground, int32_t background) {
  if (colours == 0 || (foreground < 0 && background < 0)) return 0;
  if (foreground >= terminal_colours() || background >= terminal_colours()) return 0;
  for (int i = 1; i < pair_count; i++)
    if (pairs[i].foreground == foreground && pairs[i].background == background) return (short)i;
  if (pair_count >= 256 || pair_count >= COLOR_PAIRS) return 0;
  if (init_extended_pair(pair_count, number_of(foreground), number_of(background)) == ERR) return 0;
  pairs[pair_count].foreground = foreground;
  pairs[pair_count].background = background;
  return (short)pair_count++;
}
