// Counts what a thread allocates: malloc and its kin stand here in front of those of the C library.
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

// How many times this thread has allocated memory since it began.
long allocations_of_this_thread(void);

#endif
