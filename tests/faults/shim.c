/* LD_PRELOAD: counts the calls that change the disk below one folder, and at the n-th does a fault.
 *
 * Armed by kehoach_arm() (ctypes) or KEHOACH_SHIM="fault:at:seed:folder". Calls elsewhere are passed on, uncounted.
 * A path is told by its text, an open file by /proc/self/fd: no table of open files can go stale, none need be made
 * before arming. Writes into mapped memory (SQLite's -shm) are not seen; it is made anew after every crash.
 */
#include "shim.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum fault { COUNT, KILL, TORN, FULL_ONCE, FULL, READ_ONLY, SYNC_ERROR, WRITE_ERROR, POWER };
enum call { WRITE, SYNC, MAKE, REMOVE, OTHER };
enum answer { PASS, HALF, REFUSE };

static char folder[PATH_MAX];
static size_t folder_size;
static long at, calls, others;
static int writes_are_counted;
static enum fault fault;
static int armed, done, half_given;

void kehoach_arm(const char *below, int what, long n, unsigned seed, int writes_too) {
    char kept[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", below);
    folder_size = strlen(folder);
    fault = what, at = n, calls = others = 0, done = 0, half_given = 0, writes_are_counted = writes_too, armed = 1;
    if (fault == POWER && (size_t)snprintf(kept, sizeof kept, "%s.kept", folder) < sizeof kept)
        start_remembering(kept, seed);
}

long kehoach_disarm(void) {
    armed = remembering = 0;
    return calls;
}

/* Of the calls so far, those that did not write bytes. */
long kehoach_others(void) { return others; }

__attribute__((constructor)) static void arm_by_environment(void) {
    const char *told = getenv("KEHOACH_SHIM");
    int what, end = 0;
    long n;
    unsigned seed;
    if (told && sscanf(told, "%d:%ld:%u:%n", &what, &n, &seed, &end) == 3 && end)
        kehoach_arm(told + end, what, n, seed, 1);
}

static _Noreturn void die(void) {
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

static int is_below(const char *path) {
    return strncmp(path, folder, folder_size) == 0 && (path[folder_size] == '/' || path[folder_size] == 0);
}

static int file_is_below(int fd) {
    char name[32], path[PATH_MAX];
    if (!armed)
        return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(name, path, sizeof path - 1);
    if (size < 0)
        return 0;
    path[size] = 0;
    return is_below(path);
}

/* The whole path in `whole`, and whether it lies below the folder. */
static int path_is_below(int fd, const char *path, char *whole) {
    char name[32];
    if (!armed || !path)
        return 0;
    if (path[0] == '/')
        return snprintf(whole, PATH_MAX, "%s", path) < PATH_MAX && is_below(whole);
    snprintf(name, sizeof name, fd == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", fd);
    ssize_t size = readlink(name, whole, PATH_MAX - 1);
    if (size < 0 || size + strlen(path) + 2 > PATH_MAX)
        return 0;
    snprintf(whole + size, PATH_MAX - size, "/%s", path);
    return is_below(whole);
}

static enum answer refuse(int error, int once) {
    done = once;
    errno = error;
    return REFUSE;
}

/* What becomes of this call. A full disk takes half of the first write, as a real one may. */
static enum answer strike(enum call call) {
    long all = __sync_add_and_fetch(&calls, 1);
    long without_writes = __sync_add_and_fetch(&others, call != WRITE);
    long now = writes_are_counted ? all : without_writes;
    if (fault == COUNT || now < at || done)
        return PASS;
    switch (fault) {
    case KILL:
        die();
    case TORN:
        if (call == WRITE)
            return HALF;
        die();
    case POWER:
        lose_power();
        die();
    case FULL_ONCE:
    case FULL:
        if (call == WRITE && !half_given) {
            half_given = 1;
            return HALF;
        }
        return call == WRITE || call == MAKE ? refuse(ENOSPC, fault == FULL_ONCE) : PASS;
    case READ_ONLY:
        return refuse(EROFS, 0);
    case SYNC_ERROR:
        return call == SYNC ? refuse(EIO, 1) : PASS;
    case WRITE_ERROR:
        return call == WRITE ? refuse(EIO, 1) : PASS;
    default:
        return PASS;
    }
}

static void torn(void) {
    if (fault == TORN)
        die();
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* --- bytes ------------------------------------------------------------------------------------ */

#define WRITES(name, parameters, where, passed, passed_half)                                                           \
    ssize_t name parameters {                                                                                          \
        REAL(name);                                                                                                    \
        if (!file_is_below(fd))                                                                                        \
            return real passed;                                                                                        \
        enum answer answer = strike(WRITE);                                                                            \
        if (answer == REFUSE)                                                                                          \
            return -1;                                                                                                 \
        struct change *change = before_write(fd, where, size);                                                         \
        ssize_t written = answer == HALF ? real passed_half : real passed;                                             \
        after(change, written > 0);                                                                                    \
        if (answer == HALF)                                                                                            \
            torn();                                                                                                    \
        return written;                                                                                                \
    }

WRITES(write, (int fd, const void *bytes, size_t size), -1, (fd, bytes, size), (fd, bytes, (size + 1) / 2))
WRITES(pwrite, (int fd, const void *bytes, size_t size, off_t place), place, (fd, bytes, size, place),
       (fd, bytes, (size + 1) / 2, place))
WRITES(pwrite64, (int fd, const void *bytes, size_t size, off64_t place), place, (fd, bytes, size, place),
       (fd, bytes, (size + 1) / 2, place))

static size_t whole_size(const struct iovec *parts, int count) {
    size_t size = 0;
    for (int i = 0; i < count; i++)
        size += parts[i].iov_len;
    return size;
}

/* Parts are written one by one through write(): a short answer is within the contract. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    if (!file_is_below(fd) || whole_size(parts, count) == 0)
        return real(fd, parts, count);
    while (parts->iov_len == 0)
        parts++;
    return write(fd, parts->iov_base, parts->iov_len);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t place) {
    REAL(pwritev);
    if (!file_is_below(fd) || whole_size(parts, count) == 0)
        return real(fd, parts, count, place);
    while (parts->iov_len == 0)
        parts++;
    return pwrite(fd, parts->iov_base, parts->iov_len, place);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t place) { return pwritev(fd, parts, count, place); }

/* Refused in a way that makes callers fall back to write(). */
ssize_t sendfile(int fd, int from, off_t *place, size_t size) {
    REAL(sendfile);
    if (file_is_below(fd))
        return errno = EINVAL, -1;
    return real(fd, from, place, size);
}

ssize_t sendfile64(int fd, int from, off64_t *place, size_t size) { return sendfile(fd, from, place, size); }

ssize_t copy_file_range(int from, off64_t *at_from, int fd, off64_t *at_to, size_t size, unsigned flags) {
    REAL(copy_file_range);
    if (file_is_below(fd))
        return errno = EXDEV, -1;
    return real(from, at_from, fd, at_to, size, flags);
}

#define RESIZES(name, parameters, call, to, passed, failed)                                                            \
    int name parameters {                                                                                              \
        REAL(name);                                                                                                    \
        if (!file_is_below(fd))                                                                                        \
            return real passed;                                                                                        \
        if (strike(call) != PASS)                                                                                      \
            return failed;                                                                                             \
        struct change *change = before_truncate(fd, to);                                                               \
        int result = real passed;                                                                                      \
        after(change, result == 0);                                                                                    \
        return result;                                                                                                 \
    }

RESIZES(ftruncate, (int fd, off_t size), OTHER, size, (fd, size), -1)
RESIZES(ftruncate64, (int fd, off64_t size), OTHER, size, (fd, size), -1)
RESIZES(fallocate, (int fd, int mode, off_t start, off_t size), MAKE, -1, (fd, mode, start, size), -1)
RESIZES(fallocate64, (int fd, int mode, off64_t start, off64_t size), MAKE, -1, (fd, mode, start, size), -1)
RESIZES(posix_fallocate, (int fd, off_t start, off_t size), MAKE, -1, (fd, start, size), errno)
RESIZES(posix_fallocate64, (int fd, off64_t start, off64_t size), MAKE, -1, (fd, start, size), errno)

#define SYNCS(name)                                                                                                    \
    int name(int fd) {                                                                                                 \
        REAL(name);                                                                                                    \
        if (!file_is_below(fd))                                                                                        \
            return real(fd);                                                                                           \
        if (strike(SYNC) != PASS)                                                                                      \
            return -1;                                                                                                 \
        int result = real(fd);                                                                                         \
        if (result == 0)                                                                                               \
            synced(fd);                                                                                                \
        return result;                                                                                                 \
    }

SYNCS(fsync)
SYNCS(fdatasync)

/* --- opening ---------------------------------------------------------------------------------- */

static int open_counted(int (*real)(int, const char *, int, ...), int folder_fd, const char *path, int flags, int mode) {
    char whole[PATH_MAX];
    int writes = (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC);
    if (!writes || !path_is_below(folder_fd, path, whole))
        return real(folder_fd, path, flags, mode);
    struct stat old;
    int is_new = lstat(whole, &old) != 0;
    if (strike(is_new ? MAKE : OTHER) != PASS)
        return -1;
    struct change *change = is_new ? before_create(whole) : NULL;
    if (!is_new && flags & O_TRUNC && remembering && S_ISREG(old.st_mode)) {
        int fd = real(folder_fd, path, O_RDWR | O_CLOEXEC, 0);
        struct change *cut = before_truncate(fd, 0);
        close(fd);
        after(cut, 1);
    }
    int fd = real(folder_fd, path, flags, mode);
    after(change, fd >= 0);
    return fd;
}

#define MODE                                                                                                           \
    va_list more;                                                                                                      \
    va_start(more, flags);                                                                                             \
    int mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, int) : 0;                                                \
    va_end(more);                                                                                                      \
    int (*real)(int, const char *, int, ...) = (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, "openat");

int open(const char *path, int flags, ...) {
    MODE return open_counted(real, AT_FDCWD, path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    MODE return open_counted(real, AT_FDCWD, path, flags, mode);
}
int openat(int fd, const char *path, int flags, ...) {
    MODE return open_counted(real, fd, path, flags, mode);
}
int openat64(int fd, const char *path, int flags, ...) {
    MODE return open_counted(real, fd, path, flags, mode);
}
int creat(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

/* --- names ------------------------------------------------------------------------------------ */

#define CHANGES(name, parameters, below, call, remembered, passed)                                                     \
    int name parameters {                                                                                              \
        char whole[PATH_MAX], other[PATH_MAX];                                                                         \
        REAL(name);                                                                                                    \
        (void)whole, (void)other;                                                                                                   \
        if (!(below))                                                                                                  \
            return real passed;                                                                                        \
        if (strike(call) != PASS)                                                                                      \
            return -1;                                                                                                 \
        struct change *change = remembered;                                                                            \
        int result = real passed;                                                                                      \
        after(change, result == 0);                                                                                    \
        return result;                                                                                                 \
    }
#define BOTH(from_fd, from, to_fd, to) (path_is_below(to_fd, to, other) & path_is_below(from_fd, from, whole))

CHANGES(rename, (const char *from, const char *to), BOTH(AT_FDCWD, from, AT_FDCWD, to), OTHER,
        before_rename(whole, other), (from, to))
CHANGES(renameat, (int fd, const char *from, int to_fd, const char *to), BOTH(fd, from, to_fd, to), OTHER,
        before_rename(whole, other), (fd, from, to_fd, to))
CHANGES(renameat2, (int fd, const char *from, int to_fd, const char *to, unsigned flags), BOTH(fd, from, to_fd, to),
        OTHER, before_rename(whole, other), (fd, from, to_fd, to, flags))
CHANGES(link, (const char *from, const char *to), path_is_below(AT_FDCWD, to, whole), MAKE, before_create(whole),
        (from, to))
CHANGES(linkat, (int fd, const char *from, int to_fd, const char *to, int flags), path_is_below(to_fd, to, whole), MAKE,
        before_create(whole), (fd, from, to_fd, to, flags))
CHANGES(symlink, (const char *text, const char *to), path_is_below(AT_FDCWD, to, whole), MAKE, before_create(whole),
        (text, to))
CHANGES(symlinkat, (const char *text, int fd, const char *to), path_is_below(fd, to, whole), MAKE, before_create(whole),
        (text, fd, to))
CHANGES(unlink, (const char *path), path_is_below(AT_FDCWD, path, whole), REMOVE, before_remove(whole, 0), (path))
CHANGES(unlinkat, (int fd, const char *path, int flags), path_is_below(fd, path, whole), REMOVE,
        before_remove(whole, flags &AT_REMOVEDIR), (fd, path, flags))
CHANGES(rmdir, (const char *path), path_is_below(AT_FDCWD, path, whole), REMOVE, before_remove(whole, 1), (path))
CHANGES(mkdir, (const char *path, mode_t mode), path_is_below(AT_FDCWD, path, whole), MAKE, before_folder(whole),
        (path, mode))
CHANGES(mkdirat, (int fd, const char *path, mode_t mode), path_is_below(fd, path, whole), MAKE, before_folder(whole),
        (fd, path, mode))
CHANGES(chmod, (const char *path, mode_t mode), path_is_below(AT_FDCWD, path, whole), OTHER, NULL, (path, mode))
CHANGES(fchmod, (int fd, mode_t mode), file_is_below(fd), OTHER, NULL, (fd, mode))
CHANGES(utimensat, (int fd, const char *path, const struct timespec times[2], int flags),
        path_is_below(fd, path, whole), OTHER, NULL, (fd, path, times, flags))
