// Sums of products in sequence. What stands side by side are different sums: a few rows by eight or sixteen columns, as many
// as the processor has registers for. The factors are packed before, so that a tile reads them one after another: rows
// whose length is a power of two push each other out of what is near the processor.
#include "parts.h"

// A tile has so many rows at most, and so many times eight columns.
enum { Tallest = 12, Widest = 2 };

// So many rows and terms are packed at a time, so that they stay near the processor: rows that all tiles divide.
enum { RowsAtOnce = 96, TermsAtOnce = 128 };

// The sums of a tile of `tall` rows by `wide` times eight columns, known to the compiler, from packed factors.
PART void tile(
    const double *left, const double *right, long terms, double *result, long width, bool goes_on, const int tall,
    const int wide) {
  Eight sums[Tallest][Widest];
  WRITTEN_OUT for (int m = 0; m < tall; m++)
    WRITTEN_OUT for (int i = 0; i < wide; i++) {
      Eight x = EIGHT_AT(right + 8 * i), factor = EIGHT_OF(left[m]);
      sums[m][i] = goes_on ? FUSED(x, factor, EIGHT_AT(result + m * width + 8 * i)) : x * factor;
    }
  for (long t = 1; t < terms; t++) {
    left += tall;
    right += 8 * wide;
    WRITTEN_OUT for (int m = 0; m < tall; m++)
      WRITTEN_OUT for (int i = 0; i < wide; i++)
        sums[m][i] = FUSED(EIGHT_AT(right + 8 * i), EIGHT_OF(left[m]), sums[m][i]);
  }
  WRITTEN_OUT for (int m = 0; m < tall; m++)
    WRITTEN_OUT for (int i = 0; i < wide; i++) EIGHT_AT(result + m * width + 8 * i) = sums[m][i];
}

// What becomes of a tile's sums that stand aside: they are kept, or added to other numbers in the end.
PART void put(
    const SumsInSequence *sums, const double *aside, long at, bool is_last, long rows, long columns, const int wide) {
  const double divisor = sums->divisor, inverse = sums->inverse, factor = sums->factor;
  double *to = (is_last && sums->added_to ? sums->added_to : sums->result) + at;
  for (long m = 0; m < rows; m++, aside += 8 * wide, to += sums->width) {
    if (!is_last || !sums->added_to) {
      __builtin_memcpy(to, aside, columns * sizeof(double));
    } else if (columns == 8 * wide && inverse != 0) {
      WRITTEN_OUT for (int i = 0; i < wide; i++)
        EIGHT_AT(to + 8 * i) += EIGHT_AT(aside + 8 * i) * EIGHT_OF(inverse) * EIGHT_OF(factor);
    } else if (columns == 8 * wide) {
      WRITTEN_OUT for (int i = 0; i < wide; i++)
        EIGHT_AT(to + 8 * i) += EIGHT_AT(aside + 8 * i) / EIGHT_OF(divisor) * EIGHT_OF(factor);
    } else {
      for (long j = 0; j < columns; j++) to[j] += (inverse != 0 ? aside[j] * inverse : aside[j] / divisor) * factor;
    }
  }
}

// A tile that reaches over an edge, or whose sums are not kept: what lies behind the edge is computed from zeros, and dropped.
PART void tile_aside(
    const SumsInSequence *sums, const double *left, const double *right, long terms, long at, bool goes_on, bool is_last,
    long rows, long columns, const int tall, const int wide) {
  // What is added to lies far off, and each row in another page.
  if (is_last && sums->added_to)
    for (long m = 0; m < rows; m++) __builtin_prefetch(sums->added_to + at + m * sums->width, 1);
  double aside[Tallest * Widest * 8] __attribute__((aligned(64)));
  if (goes_on) {
    __builtin_memset(aside, 0, sizeof aside);
    for (long m = 0; m < rows; m++)
      __builtin_memcpy(aside + m * 8 * wide, sums->result + at + m * sums->width, columns * sizeof(double));
  }
  tile(left, right, terms, aside, 8 * wide, goes_on, tall, wide);
  if (rows == tall && columns == 8 * wide)
    put(sums, aside, at, is_last, tall, 8 * wide, wide);
  else
    put(sums, aside, at, is_last, rows, columns, wide);
}

// Factors on the left, for tiles of `tall` rows: those of a term stand together. Rows that there are none of have zeros.
PART void pack_left(const SumsInSequence *sums, long row, long rows, long term, long terms, double *to, const int tall) {
  for (long m = 0; m < rows; m += tall, to += terms * tall) {
    const double *from = sums->left + (row + m) * sums->left_row + term * sums->left_term;
    for (long t = 0; t < terms; t++)
      for (int i = 0; i < tall; i++)
        to[t * tall + i] = m + i < rows ? from[i * sums->left_row + t * sums->left_term] : 0;
  }
}

// Factors on the right, of up to so many times eight columns.
PART void pack_right(
    const SumsInSequence *sums, long column, long columns, long term, long terms, double *to, const int wide) {
  const double *from = sums->right + term * sums->width + column;
  for (long t = 0; t < terms; t++, to += 8 * wide, from += sums->width) {
    if (columns == 8 * wide) {
      WRITTEN_OUT for (int i = 0; i < wide; i++) EIGHT_AT(to + 8 * i) = EIGHT_AT(from + 8 * i);
    } else {
      for (long j = 0; j < 8 * wide; j++) to[j] = j < columns ? from[j] : 0;
    }
  }
}

// All of them, in tiles of so many rows by so many times eight columns.
PART void in_tiles(const SumsInSequence *sums, const int tall, const int wide) {
  double left[RowsAtOnce * TermsAtOnce] __attribute__((aligned(64)));
  double right[TermsAtOnce * Widest * 8] __attribute__((aligned(64)));
  for (long row = 0; row < sums->rows; row += RowsAtOnce) {
    long rows = least(sums->rows - row, RowsAtOnce);
    for (long term = 0; term < sums->terms; term += TermsAtOnce) {
      long terms = least(sums->terms - term, TermsAtOnce);
      bool goes_on = sums->goes_on || term > 0;
      const bool is_last = term + terms == sums->terms, adds = is_last && sums->added_to;
      pack_left(sums, row, rows, term, terms, left, tall);
      for (long column = 0; column < sums->columns; column += 8 * wide) {
        const long columns = least(sums->columns - column, 8 * wide);
        pack_right(sums, column, columns, term, terms, right, wide);
        for (long m = 0; m < rows; m += tall) {
          const double *factors = left + m * terms;
          const long at = (row + m) * sums->width + column, rows_here = least(rows - m, tall);
          if (columns == 8 * wide && rows_here == tall && !adds)
            tile(factors, right, terms, sums->result + at, sums->width, goes_on, tall, wide);
          else
            tile_aside(sums, factors, right, terms, at, goes_on, is_last, rows_here, columns, tall, wide);
        }
      }
    }
  }
}

static void with_two(const SumsInSequence *sums) { in_tiles(sums, 3, 1); }
WITH_FOUR static void with_four(const SumsInSequence *sums) { in_tiles(sums, 6, 1); }
WITH_EIGHT static void with_eight(const SumsInSequence *sums) { in_tiles(sums, 12, 2); }

void kernels_products_in_sequence(KernelWidth kernels, const SumsInSequence *sums) {
  switch (kernels) {
  case KERNELS_OF_EIGHT: return with_eight(sums);
  case KERNELS_OF_FOUR: return with_four(sums);
  case KERNELS_FOR_ALL: return with_two(sums);
  }
}
