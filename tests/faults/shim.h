/* What the two halves of the shim say to each other: shim.c meets calls, power.c remembers what a loss of power undoes. */
#define _GNU_SOURCE
#include <limits.h>
#include <stddef.h>
#include <sys/types.h>

#pragma GCC visibility push(hidden) /* no program must find these under their plain names */
extern int remembering; /* whether writes and names are remembered, for a loss of power */

struct change; /* one call that is not yet safe on the disk */

/* Called before the real call, for it needs the bytes or names that are about to go; NULL where nothing is remembered. */
struct change *before_write(int fd, off_t at, size_t size);
struct change *before_truncate(int fd, off_t size);
struct change *before_create(const char *path);
struct change *before_folder(const char *path);
struct change *before_rename(const char *from, const char *to);
struct change *before_remove(const char *path, int is_folder);
/* Called after it: forgets what did not happen. */
void after(struct change *change, int happened);
void synced(int fd);
void lose_power(void);
void start_remembering(const char *kept, unsigned seed);
#pragma GCC visibility pop
