/* What a loss of power undoes: every change since the last fsync that covers it may be lost, in any choice of writes.
 *
 * A file's bytes and size are safe once the file was synced; a name (made, renamed, removed) once its folder was, or,
 * for a new name, once the file itself was. At the loss, writes are lost one by one by chance (or all of them), names
 * from a chance moment on, as journals lose them (or all, or none). What is lost is put back as it was: old bytes from memory, old names
 * from hard links in a folder beside.
 */
#include "shim.h"
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { BYTES, CREATED, FOLDER, RENAMED, REMOVED, REMOVED_FOLDER };

struct change {
    enum kind kind;
    int is_safe, is_pending;
    dev_t device;
    ino_t inode;
    int fd;            /* of the file whose bytes changed */
    off_t at, size;    /* what was written */
    off_t whole;       /* size of the file before */
    char *old;         /* bytes that stood in what was written, or were cut off */
    size_t old_size;
    char path[512], to[512], kept[512];
};

#define MOST 20000
int remembering;
static struct change *changes[MOST];
static int count;
static char side[PATH_MAX];
static unsigned state;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The calls of the C library itself: what is put back is not counted. */
#define CALL(type, name) ((type)dlsym(RTLD_NEXT, #name))
#define real_unlink CALL(int (*)(const char *), unlink)
#define real_rename CALL(int (*)(const char *, const char *), rename)
#define real_linkat CALL(int (*)(int, const char *, int, const char *, int), linkat)
#define real_mkdir CALL(int (*)(const char *, mode_t), mkdir)
#define real_rmdir CALL(int (*)(const char *), rmdir)
#define real_open CALL(int (*)(const char *, int, ...), open)
#define real_pwrite CALL(ssize_t (*)(int, const void *, size_t, off_t), pwrite)
#define real_ftruncate CALL(int (*)(int, off_t), ftruncate)

void start_remembering(const char *kept, unsigned seed) {
    snprintf(side, sizeof side, "%s", kept);
    real_mkdir(side, 0755);
    state = seed * 2654435761u + 1;
    count = 0;
    remembering = 1;
}

static unsigned chance(unsigned below) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % below;
}

static struct change *noted(enum kind kind, const char *path) {
    struct change *change = calloc(1, sizeof *change);
    if (!change || count >= MOST)
        abort();
    change->kind = kind, change->fd = -1, change->is_pending = 1;
    if (path)
        snprintf(change->path, sizeof change->path, "%s", path);
    pthread_mutex_lock(&lock);
    changes[count++] = change;
    pthread_mutex_unlock(&lock);
    return change;
}

void after(struct change *change, int happened) {
    if (!change)
        return;
    struct stat now;
    if (happened && change->kind == CREATED && lstat(change->path, &now) == 0)
        change->device = now.st_dev, change->inode = now.st_ino;
    change->is_pending = 0;
    change->is_safe = !happened;
}

/* --- bytes ------------------------------------------------------------------------------------ */

static struct change *bytes_of(int fd, off_t at, off_t size, off_t keep_from, off_t keep_to) {
    char name[32];
    struct stat now;
    if (!remembering || fstat(fd, &now) || !S_ISREG(now.st_mode))
        return NULL;
    struct change *change = noted(BYTES, NULL);
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    change->fd = real_open(name, O_RDWR | O_CLOEXEC);
    change->device = now.st_dev, change->inode = now.st_ino, change->whole = now.st_size;
    change->at = at, change->size = size;
    keep_to = keep_to < now.st_size ? keep_to : now.st_size;
    if (keep_to > keep_from && (change->old = malloc(keep_to - keep_from))) {
        ssize_t got = pread(change->fd, change->old, keep_to - keep_from, keep_from);
        change->at = keep_from, change->old_size = got > 0 ? got : 0;
    }
    return change;
}

struct change *before_write(int fd, off_t at, size_t size) {
    struct stat now;
    if (!remembering)
        return NULL;
    if (at < 0 && fcntl(fd, F_GETFL) & O_APPEND && fstat(fd, &now) == 0)
        at = now.st_size;
    else if (at < 0)
        at = lseek(fd, 0, SEEK_CUR);
    return bytes_of(fd, at, size, at, at + size);
}

struct change *before_truncate(int fd, off_t size) {
    struct stat now;
    if (!remembering || fstat(fd, &now))
        return NULL;
    return bytes_of(fd, size, 0, size < 0 ? now.st_size : size, now.st_size);
}

/* --- names ------------------------------------------------------------------------------------ */

/* A second name for what is about to go, outside the folder. */
static void keep(struct change *change, const char *path) {
    static int names;
    snprintf(change->kept, sizeof change->kept, "%.480s/%d", side, names++);
    if (real_linkat(AT_FDCWD, path, AT_FDCWD, change->kept, 0))
        change->kept[0] = 0;
}

struct change *before_create(const char *path) { return remembering ? noted(CREATED, path) : NULL; }
struct change *before_folder(const char *path) { return remembering ? noted(FOLDER, path) : NULL; }

struct change *before_rename(const char *from, const char *to) {
    if (!remembering)
        return NULL;
    struct change *change = noted(RENAMED, from);
    snprintf(change->to, sizeof change->to, "%s", to);
    keep(change, to);
    return change;
}

struct change *before_remove(const char *path, int is_folder) {
    if (!remembering)
        return NULL;
    struct change *change = noted(is_folder ? REMOVED_FOLDER : REMOVED, path);
    if (!is_folder)
        keep(change, path);
    return change;
}

/* --- what is safe ----------------------------------------------------------------------------- */

static int lies_in(const char *path, const char *folder) {
    size_t size = strlen(folder);
    return strncmp(path, folder, size) == 0 && path[size] == '/' && !strchr(path + size + 1, '/');
}

void synced(int fd) {
    char name[32], path[PATH_MAX];
    struct stat now;
    if (!remembering || fstat(fd, &now))
        return;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(name, path, sizeof path - 1);
    path[size < 0 ? 0 : size] = 0;
    for (int i = 0; i < count; i++) {
        struct change *change = changes[i];
        int same = change->device == now.st_dev && change->inode == now.st_ino;
        int in_folder = S_ISDIR(now.st_mode) && change->kind != BYTES &&
                        (lies_in(change->path, path) || (change->to[0] && lies_in(change->to, path)));
        if ((same && (change->kind == BYTES || change->kind == CREATED)) || in_folder)
            change->is_safe = 1;
        if (change->is_safe && change->fd >= 0)
            close(change->fd), change->fd = -1;
    }
}

/* --- the loss --------------------------------------------------------------------------------- */

static void lose_bytes(struct change *change, off_t kept_end) {
    static const char nothing[65536];
    if (change->old_size)
        real_pwrite(change->fd, change->old, change->old_size, change->at);
    off_t end = change->at + change->size;
    for (off_t at = change->whole > change->at ? change->whole : change->at; at < end && at < kept_end;) {
        off_t size = end - at < (off_t)sizeof nothing ? end - at : (off_t)sizeof nothing;
        real_pwrite(change->fd, nothing, size, at); /* the size was written, the bytes were not */
        at += size;
    }
    real_ftruncate(change->fd, change->whole > kept_end ? change->whole : kept_end);
}

static void lose_name(struct change *change) {
    switch (change->kind) {
    case CREATED:
        real_unlink(change->path);
        break;
    case FOLDER:
        real_rmdir(change->path);
        break;
    case RENAMED:
        real_rename(change->to, change->path);
        if (change->kept[0])
            real_rename(change->kept, change->to);
        break;
    case REMOVED:
        if (change->kept[0])
            real_rename(change->kept, change->path);
        break;
    case REMOVED_FOLDER:
        real_mkdir(change->path, 0755);
        break;
    default:
        break;
    }
}

void lose_power(void) {
    unsigned odds = chance(3); /* of four writes in a row so many are kept: none, one or two */
    int journal = chance(3); /* of the names it kept: none, those until some moment, or all */
    int names_until = journal == 0 ? 0 : journal == 1 ? (int)chance(count + 1) : count;
    remembering = 0;
    char *lost = calloc(count + 1, 1);
    for (int i = 0; i < count; i++)
        lost[i] = !changes[i]->is_safe && (changes[i]->kind == BYTES ? chance(4) >= odds : i >= names_until);
    for (int i = count - 1; i >= 0; i--) {
        if (!lost[i])
            continue;
        if (changes[i]->kind != BYTES) {
            lose_name(changes[i]);
            continue;
        }
        off_t kept_end = 0;
        for (int j = 0; j < count; j++) {
            struct change *other = changes[j];
            int same = other->kind == BYTES && other->inode == changes[i]->inode && other->device == changes[i]->device;
            if (same && !lost[j] && other->size && other->at + other->size > kept_end)
                kept_end = other->at + other->size;
        }
        if (changes[i]->fd >= 0)
            lose_bytes(changes[i], kept_end);
    }
}
