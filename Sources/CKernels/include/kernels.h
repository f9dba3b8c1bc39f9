// The sums of products that training many samples at once spends its time in, as the core's arithmetic contract has them
// (Sources/Engine/Accumulation.swift), for the widest vectors that the processor has. Each sum is taken in the order of the
// contract, whatever stands beside it, so that it comes to the same bits on every processor.
#ifndef BACKSTEP_KERNELS_H
#define BACKSTEP_KERNELS_H

#include <stdbool.h>

/// For which processors there are kernels, from the least to the most.
typedef enum {
  KERNELS_FOR_ALL = 0,  // every processor of its kind
  KERNELS_OF_FOUR = 1,  // four numbers at a time, fused: AVX2 and FMA
  KERNELS_OF_EIGHT = 2  // eight numbers at a time: AVX-512
} KernelWidth;

// The widest kernels that this processor can run, of vectors of no more numbers than the environment's BACKSTEP_VECTORS says.
KernelWidth kernels_widest(void);

// result[s·width + k] = Σ_j w[k,j]·a[s,j] in eight lanes, for so many rows k of w and samples s. Both matrices have `count`
// columns, eight at least.
void kernels_products_in_lanes(
  KernelWidth kernels, const double *w, long rows, const double *a, long samples, long count, double *result,
  long width);

// Σ_t left[m,t]·right[t,j] in sequence, for so many rows m and columns j.
typedef struct {
  // The factors on the left, with so many numbers from one row to the next, and from one term to the next.
  const double *left;
  long left_row, left_term;
  // Those on the right, and the sums: rows of `width` numbers.
  const double *right;
  double *result;
  long width;
  long rows, columns, terms;
  // Whether the sums go on from what the result has.
  bool goes_on;
  // Where the sums are not to be kept but divided, multiplied and added to other numbers, these, which lie as the result
  // would; the result then has room for them. The divisor's inverse, where it is as good, else 0.
  double *added_to;
  double divisor, inverse, factor;
} SumsInSequence;

// Takes sums in sequence.
void kernels_products_in_sequence(KernelWidth kernels, const SumsInSequence *sums);

// w[k,j] ← w[k,j] + a[j]·deltas[k]·factor for so many rows k of `count` columns, eight at least; and sums[k] = Σ_j w[k,j]·next[j]
// of the new weights, in eight lanes.
typedef struct {
  double *w;
  const double *a, *deltas, *next;
  double *sums;
  double factor;
  long rows, count;
} DescentAhead;

// Takes them down, and the sums with them.
void kernels_descend_ahead(KernelWidth kernels, const DescentAhead *descent);

#endif
