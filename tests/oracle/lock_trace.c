/* SPDX-License-Identifier: MIT */
#include "oracle/lock_trace.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

#define FIRST_USER_OID 16384
#define BREAKPOINT 0xCC
#define REQUESTS_MAX 4096

/* lock.h of the server: LOCKTAG. Its first kind is the relation. */
typedef struct ServerLockTag {
    uint32_t database;
    uint32_t relation;
    uint32_t unused;
    uint16_t also_unused;
    uint8_t kind;
    uint8_t method;
} ServerLockTag;

typedef struct Breakpoint {
    uintptr_t address;
    long original; /* the word that stands there */
} Breakpoint;

/* All that the tracing process has: it does not allocate. */
typedef struct Tracer {
    pid_t process;
    uint32_t end_relation;
    Breakpoint points[2];
    LockRequest requests[REQUESTS_MAX];
    size_t count;
    bool ended;
} Tracer;

/* ---- where the functions are */

static uintptr_t
symbol_in(const unsigned char *image, const char *name)
{
    const Elf64_Ehdr *header = (const void *)image;
    const Elf64_Shdr *sections = (const void *)(image + header->e_shoff);
    for (size_t i = 0; i < header->e_shnum; i++) {
        if (sections[i].sh_type != SHT_DYNSYM)
            continue;
        const Elf64_Sym *symbols = (const void *)(image + sections[i].sh_offset);
        const char *names = (const void *)(image + sections[sections[i].sh_link].sh_offset);
        for (size_t j = 0; j < sections[i].sh_size / sizeof *symbols; j++) {
            if (strcmp(names + symbols[j].st_name, name) == 0)
                return symbols[j].st_value;
        }
    }
    return 0;
}

static bool
find_symbols(const char *program, Tracer *tracer, Error *err)
{
    struct stat size;
    int file = open(program, O_RDONLY | O_CLOEXEC);
    void *image = MAP_FAILED;
    if (file >= 0 && fstat(file, &size) == 0)
        image = mmap(NULL, (size_t)size.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (file >= 0)
        close(file);
    if (image == MAP_FAILED)
        return error_set(err, ERROR_USAGE, "cannot read %s: %s", program, file_errno_words(errno));
    tracer->points[0].address = symbol_in(image, "LockAcquireExtended");
    tracer->points[1].address = symbol_in(image, "LockAcquire");
    munmap(image, (size_t)size.st_size);
    if (tracer->points[0].address == 0 || tracer->points[1].address == 0)
        return error_set(err, ERROR_USAGE, "%s does not export LockAcquire", program);
    return true;
}

/* The program is mapped somewhere; its first mapping is that of its first byte. */
static bool
find_points(Arena *arena, Tracer *tracer, Error *err)
{
    char program[4096];
    const char *link = arena_printf(arena, "/proc/%d/exe", (int)tracer->process);
    ssize_t length = readlink(link, program, sizeof program - 1);
    if (length < 0)
        return error_set(err, ERROR_USAGE, "cannot see the server's process: %s",
                         file_errno_words(errno));
    program[length] = '\0';
    FILE *maps = fopen(arena_printf(arena, "/proc/%d/maps", (int)tracer->process), "r");
    if (maps == NULL)
        return error_set(err, ERROR_USAGE, "cannot see the server's memory: %s",
                         file_errno_words(errno));
    char line[8192];
    uintptr_t base = 0;
    while (base == 0 && fgets(line, sizeof line, maps) != NULL) {
        if (strstr(line, program) != NULL)
            base = strtoull(line, NULL, 16);
    }
    (void)fclose(maps);
    if (!find_symbols(program, tracer, err))
        return false;
    tracer->points[0].address += base;
    tracer->points[1].address += base;
    return true;
}

/* ---- in the tracing process */

static bool
put_word(const Tracer *tracer, uintptr_t address, long word)
{
    return ptrace(PTRACE_POKETEXT, tracer->process, address, word) == 0;
}

static bool
set_point(const Tracer *tracer, const Breakpoint *point)
{
    long word = (long)(((unsigned long)point->original & ~0xFFUL) | BREAKPOINT);
    return put_word(tracer, point->address, word);
}

static void
note_request(Tracer *tracer, const struct user_regs_struct *registers)
{
    ServerLockTag tag;
    long words[2];
    for (size_t i = 0; i < 2; i++)
        words[i] = ptrace(PTRACE_PEEKDATA, tracer->process, registers->rdi + 8 * i, 0);
    memcpy(&tag, words, sizeof tag);
    if (tag.kind != 0 || tag.relation < FIRST_USER_OID)
        return;
    LockRequest request = {tag.relation, (LockLevel)(registers->rsi & 0xF)};
    tracer->ended = tag.relation == tracer->end_relation;
    for (size_t i = 0; i < tracer->count; i++) {
        if (tracer->requests[i].relation == request.relation &&
            tracer->requests[i].level == request.level)
            return;
    }
    if (tracer->count == REQUESTS_MAX)
        _exit(3);
    if (!tracer->ended)
        tracer->requests[tracer->count++] = request;
}

/* Executes the instruction that the breakpoint hides. A signal that comes meanwhile is returned. */
static int
step_over(const Tracer *tracer, const Breakpoint *point)
{
    int pending = 0;
    int status = 0;
    if (!put_word(tracer, point->address, point->original))
        _exit(4);
    do {
        if (ptrace(PTRACE_SINGLESTEP, tracer->process, 0, 0) != 0 ||
            waitpid(tracer->process, &status, __WALL) < 0 || !WIFSTOPPED(status))
            _exit(5);
        if (WSTOPSIG(status) != SIGTRAP)
            pending = WSTOPSIG(status);
    } while (WSTOPSIG(status) != SIGTRAP);
    if (!tracer->ended && !set_point(tracer, point))
        _exit(6);
    return pending;
}

/* Returns the signal that the process is to get. */
static int
handle_stop(Tracer *tracer, int signal)
{
    struct user_regs_struct registers;
    if (signal != SIGTRAP)
        return signal;
    if (ptrace(PTRACE_GETREGS, tracer->process, 0, &registers) != 0)
        _exit(7);
    for (size_t i = 0; i < 2; i++) {
        if (registers.rip != tracer->points[i].address + 1)
            continue;
        registers.rip--;
        note_request(tracer, &registers);
        if (ptrace(PTRACE_SETREGS, tracer->process, 0, &registers) != 0)
            _exit(8);
        return step_over(tracer, &tracer->points[i]);
    }
    return signal;
}

static void
set_all_points(Tracer *tracer)
{
    for (size_t i = 0; i < 2; i++) {
        Breakpoint *point = &tracer->points[i];
        point->original = ptrace(PTRACE_PEEKTEXT, tracer->process, point->address, 0);
        if (!set_point(tracer, point))
            _exit(9);
    }
}

static void
send_requests(const Tracer *tracer, int out)
{
    const char *bytes = (const char *)tracer->requests;
    size_t left = tracer->count * sizeof *tracer->requests;
    while (left > 0) {
        ssize_t written = write(out, bytes, left);
        if (written <= 0)
            _exit(10);
        bytes += written;
        left -= (size_t)written;
    }
}

/* Never returns. One byte says that the breakpoints are set. */
static void
trace(Tracer *tracer, int out)
{
    int status = 0;
    if (ptrace(PTRACE_ATTACH, tracer->process, 0, 0) != 0 ||
        waitpid(tracer->process, &status, __WALL) < 0)
        _exit(2);
    set_all_points(tracer);
    int signal = 0;
    if (write(out, "+", 1) != 1)
        _exit(10);
    while (!tracer->ended) {
        if (ptrace(PTRACE_CONT, tracer->process, 0, signal) != 0 ||
            waitpid(tracer->process, &status, __WALL) < 0 || !WIFSTOPPED(status))
            _exit(11);
        signal = handle_stop(tracer, WSTOPSIG(status));
    }
    for (size_t i = 0; i < 2; i++)
        (void)put_word(tracer, tracer->points[i].address, tracer->points[i].original);
    (void)ptrace(PTRACE_DETACH, tracer->process, 0, signal);
    send_requests(tracer, out);
    _exit(0);
}

/* ---- in the asking process */

bool
lock_trace_begin(Arena *arena, pid_t server_process, uint32_t end_relation, LockTrace *out,
                 Error *err)
{
    Tracer *tracer = ARENA_NEW(arena, Tracer);
    int ends[2];
    tracer->process = server_process;
    tracer->end_relation = end_relation;
    if (!find_points(arena, tracer, err))
        return false;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return error_set(err, ERROR_USAGE, "cannot make a pipe: %s", file_errno_words(errno));
    out->tracer = fork();
    if (out->tracer == 0) {
        close(ends[0]);
        trace(tracer, ends[1]);
    }
    close(ends[1]);
    out->pipe = ends[0];
    char ready = 0;
    if (out->tracer > 0 && read(ends[0], &ready, 1) == 1)
        return true;
    close(ends[0]);
    if (out->tracer > 0)
        (void)waitpid(out->tracer, NULL, 0);
    error_set(err, ERROR_USAGE, "the server's process may not be traced");
    return error_hint(err, "run this as root, or as the user that the server runs as");
}

bool
lock_trace_end(Arena *arena, LockTrace *trace, LockRequestList *out, Error *err)
{
    LockRequest request;
    FILE *in = fdopen(trace->pipe, "r");
    *out = (LockRequestList){0};
    while (in != NULL && fread(&request, sizeof request, 1, in) == 1)
        LIST_APPEND(arena, out, request);
    if (in != NULL)
        (void)fclose(in);
    int status = 0;
    if (waitpid(trace->tracer, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return error_set(err, ERROR_USAGE, "the trace of the server's process broke off (%d)",
                         status);
    return true;
}
