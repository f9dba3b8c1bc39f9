#include "kernels.h"

#include <stdlib.h>

static KernelWidth of_this_processor(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return KERNELS_OF_EIGHT;
  if (__builtin_cpu_supports("x86-64-v3")) return KERNELS_OF_FOUR;
#endif
  return KERNELS_FOR_ALL;
}

KernelWidth kernels_widest(void) {
  const char *most = getenv("BACKSTEP_VECTORS");
  const KernelWidth wanted = !most || atoi(most) >= 8 ? KERNELS_OF_EIGHT : atoi(most) >= 4 ? KERNELS_OF_FOUR : KERNELS_FOR_ALL;
  const KernelWidth widest = of_this_processor();
  return wanted < widest ? wanted : widest;
}
