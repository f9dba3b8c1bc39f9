// Rows of weights that go by once for a sample: while each is at hand for its update, the sum that the next sample takes over it
// costs next to nothing.
#include "parts.h"

// So many rows side by side, a number that is known to the compiler.
PART void rows_at_once(const DescentAhead *d, long row, const int rows) {
  const long count = d->count;
  double *w = d->w + row * count;
  Eight sums[8], deltas[8];
  const Eight factor = EIGHT_OF(d->factor);
  WRITTEN_OUT for (int k = 0; k < rows; k++) deltas[k] = EIGHT_OF(d->deltas[row + k]);
  long j = 0;
  for (; j + 8 <= count; j += 8) {
    const Eight a = EIGHT_AT(d->a + j), next = EIGHT_AT(d->next + j);
    WRITTEN_OUT for (int k = 0; k < rows; k++) {
      const Eight descended = EIGHT_AT(w + k * count + j) + a * deltas[k] * factor;
      EIGHT_AT(w + k * count + j) = descended;
      sums[k] = j == 0 ? descended * next : FUSED(descended, next, sums[k]);
    }
  }
  WRITTEN_OUT for (int k = 0; k < rows; k++) {
    double *rest = w + k * count;
    for (long i = j; i < count; i++) rest[i] += d->a[i] * d->deltas[row + k] * d->factor;
    d->sums[row + k] = folded(&sums[k], rest, d->next, j, count);
  }
}

PART void all_rows(const DescentAhead *d, const int tall) {
  long row = 0;
  for (; row + tall <= d->rows; row += tall) rows_at_once(d, row, tall);
  for (; row < d->rows; row++) rows_at_once(d, row, 1);
}

static void with_two(const DescentAhead *d) { all_rows(d, 1); }
WITH_FOUR static void with_four(const DescentAhead *d) { all_rows(d, 2); }
WITH_EIGHT static void with_eight(const DescentAhead *d) { all_rows(d, 8); }

void kernels_descend_ahead(KernelWidth kernels, const DescentAhead *descent) {
  switch (kernels) {
  case KERNELS_OF_EIGHT: return with_eight(descent);
  case KERNELS_OF_FOUR: return with_four(descent);
  case KERNELS_FOR_ALL: return with_two(descent);
  }
}
