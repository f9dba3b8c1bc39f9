// Sums of products in eight lanes. What stands side by side are different sums: rows of w by samples, as many as the
// processor has registers for.
#include "parts.h"

// The sums of so many rows by so many samples, both known to the compiler.
PART void tile(
    const double *w, const double *a, long count, double *result, long width, const int rows, const int samples) {
  Eight sums[4][4];
  WRITTEN_OUT for (int k = 0; k < rows; k++)
    WRITTEN_OUT for (int s = 0; s < samples; s++) sums[k][s] = EIGHT_AT(w + k * count) * EIGHT_AT(a + s * count);
  long j = 8;
  for (; j + 8 <= count; j += 8) {
    WRITTEN_OUT for (int k = 0; k < rows; k++)
      WRITTEN_OUT for (int s = 0; s < samples; s++)
        sums[k][s] = FUSED(EIGHT_AT(w + k * count + j), EIGHT_AT(a + s * count + j), sums[k][s]);
  }
  WRITTEN_OUT for (int k = 0; k < rows; k++)
    WRITTEN_OUT for (int s = 0; s < samples; s++)
      result[s * width + k] = folded(&sums[k][s], w + k * count, a + s * count, j, count);
}

// Those of all rows by so many samples.
PART void column(
    const double *w, long rows, const double *a, long count, double *result, long width, const int tall,
    const int samples) {
  long k = 0;
  for (; k + tall <= rows; k += tall) tile(w + k * count, a, count, result + k, width, tall, samples);
  for (; k < rows; k++) tile(w + k * count, a, count, result + k, width, 1, samples);
}

#define ARGUMENTS                                                                                                      \
  const double *w, long rows, const double *a, long samples, long count, double *result, long width

// All of them, in tiles of so many rows by so many samples. A few samples stay nearest to the processor while the rows of a
// block go by, and the block a little further off while all samples do.
PART void in_tiles(ARGUMENTS, const int tall, const int wide) {
  const long most = 32768 / count / tall * tall, block = most > tall ? most : tall;
  for (long k = 0; k < rows; k += block) {
    const long here = least(rows - k, block);
    const double *row = w + k * count;
    long s = 0;
    for (; s + wide <= samples; s += wide)
      column(row, here, a + s * count, count, result + s * width + k, width, tall, wide);
    for (; s < samples; s++) column(row, here, a + s * count, count, result + s * width + k, width, tall, 1);
  }
}

static void with_two(ARGUMENTS) { in_tiles(w, rows, a, samples, count, result, width, 1, 2); }
WITH_FOUR static void with_four(ARGUMENTS) { in_tiles(w, rows, a, samples, count, result, width, 2, 3); }
WITH_EIGHT static void with_eight(ARGUMENTS) { in_tiles(w, rows, a, samples, count, result, width, 4, 4); }

void kernels_products_in_lanes(KernelWidth kernels, ARGUMENTS) {
  switch (kernels) {
  case KERNELS_OF_EIGHT: return with_eight(w, rows, a, samples, count, result, width);
  case KERNELS_OF_FOUR: return with_four(w, rows, a, samples, count, result, width);
  case KERNELS_FOR_ALL: return with_two(w, rows, a, samples, count, result, width);
  }
}
