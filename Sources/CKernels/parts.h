// What the kernels are made of.
#ifndef BACKSTEP_KERNELS_PARTS_H
#define BACKSTEP_KERNELS_PARTS_H

#include "kernels.h"

// Products are fused into a sum where it says so, and nowhere else.
#pragma STDC FP_CONTRACT OFF

// Eight numbers, wherever they lie.
typedef double Eight __attribute__((vector_size(64), aligned(8)));

// A part of a kernel, which each kernel has for itself: with its sizes known, and for its own vectors.
#define PART static inline __attribute__((always_inline))

// The loop that follows is written out.
#define WRITTEN_OUT _Pragma("clang loop unroll(full)")

// Kernels for the vectors of some processors.
#if defined(__x86_64__)
#define WITH_FOUR __attribute__((target("arch=x86-64-v3")))
#define WITH_EIGHT __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#else
#define WITH_FOUR
#define WITH_EIGHT
#endif

// a·b + sum, rounded once.
#define FUSED(a, b, sum) __builtin_elementwise_fma((a), (b), (sum))

// Eight numbers from a place on.
#define EIGHT_AT(place) (*(Eight *)(place))

// One number eight times.
#define EIGHT_OF(x) ((Eight){(x), (x), (x), (x), (x), (x), (x), (x)})

// The sum that eight lanes come to, by halves, with the products that are left over one by one.
PART double folded(const Eight *lanes, const double *a, const double *b, long from, long count) {
  double four[4];
  for (int i = 0; i < 4; i++) four[i] = (*lanes)[i] + (*lanes)[i + 4];
  double sum = (four[0] + four[2]) + (four[1] + four[3]);
  for (long j = from; j < count; j++) sum = FUSED(a[j], b[j], sum);
  return sum;
}

PART long least(long one, long other) { return one < other ? one : other; }

#endif
