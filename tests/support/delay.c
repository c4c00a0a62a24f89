/* SPDX-License-Identifier: MIT */
#include "support/delay.h"

#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/duration.h"

#define SOCKET_NAME "/.s.PGSQL.5432"
#define CHUNK 65536

/* What has come in on one side and waits for its time. */
typedef struct Chunk {
    struct Chunk *next;
    int64_t due_ms;
    size_t length;
    char bytes[];
} Chunk;

typedef struct Lane {
    int from;
    int to;
    Chunk *first;
    Chunk **last;
} Lane;

static void
check(bool ok, const char *what)
{
    if (ok)
        return;
    perror(what);
    abort();
}

static struct sockaddr_un
address_in(const char *directory)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length =
        snprintf(address.sun_path, sizeof address.sun_path, "%s%s", directory, SOCKET_NAME);
    check(length > 0 && (size_t)length < sizeof address.sun_path, "the delay's socket");
    return address;
}

static void
take_in(Lane *lane, long delay_ms)
{
    Chunk *chunk = malloc(sizeof *chunk + CHUNK);
    check(chunk != NULL, "malloc");
    ssize_t got = recv(lane->from, chunk->bytes, CHUNK, 0);
    if (got <= 0)
        _exit(0);
    chunk->next = NULL;
    chunk->length = (size_t)got;
    chunk->due_ms = duration_clock_ms() + delay_ms;
    *lane->last = chunk;
    lane->last = &chunk->next;
}

static bool
let_out(Lane *lane)
{
    bool spoke = false;
    while (lane->first != NULL && lane->first->due_ms <= duration_clock_ms()) {
        Chunk *chunk = lane->first;
        for (size_t sent = 0; sent < chunk->length;) {
            ssize_t written =
                send(lane->to, chunk->bytes + sent, chunk->length - sent, MSG_NOSIGNAL);
            if (written <= 0)
                _exit(0);
            sent += (size_t)written;
        }
        lane->first = chunk->next;
        if (lane->first == NULL)
            lane->last = &lane->first;
        free(chunk);
        spoke = true;
    }
    return spoke;
}

static int
next_due(const Lane *lanes)
{
    int64_t due = INT64_MAX;
    for (int i = 0; i < 2; i++)
        if (lanes[i].first != NULL && lanes[i].first->due_ms < due)
            due = lanes[i].first->due_ms;
    if (due == INT64_MAX)
        return -1;
    int64_t left = due - duration_clock_ms();
    return left > 0 ? (int)left : 0;
}

/* One connection, in a process of its own. A turn of the client begins when it speaks after it has
 * heard the server. */
static void
pass(int client, int server, long delay_ms, size_t *turns)
{
    bool heard = true;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    Lane lanes[] = {
        {.from = client, .to = server},
        {.from = server, .to = client}
    };
    lanes[0].last = &lanes[0].first;
    lanes[1].last = &lanes[1].first;
    struct pollfd ends[] = {
        {.fd = client, .events = POLLIN},
        {.fd = server, .events = POLLIN}
    };
    for (;;) {
        check(poll(ends, 2, next_due(lanes)) >= 0, "poll");
        for (int i = 0; i < 2; i++) {
            if (ends[i].revents != 0) {
                take_in(&lanes[i], delay_ms);
                *turns += i == 0 && heard;
                heard = heard && i != 0;
            }
            heard = (let_out(&lanes[i]) && i == 1) || heard;
        }
    }
}

static void
serve(int listener, const char *server_directory, long delay_ms, size_t *turns)
{
    struct sockaddr_un address = address_in(server_directory);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int client = accept(listener, NULL, NULL);
        int server = socket(AF_UNIX, SOCK_STREAM, 0);
        check(client >= 0 && server >= 0, "accept");
        check(connect(server, (const struct sockaddr *)&address, sizeof address) == 0, "connect");
        pid_t pid = fork();
        check(pid >= 0, "fork");
        if (pid == 0)
            pass(client, server, delay_ms, turns);
        close(client);
        close(server);
    }
}

Delay
delay_start(const char *server_directory, long milliseconds)
{
    Delay delay = {.directory = "/tmp/lockstep-delay-XXXXXX"};
    check(mkdtemp(delay.directory) != NULL, "mkdtemp");
    struct sockaddr_un address = address_in(delay.directory);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    check(listener >= 0 && bind(listener, (const struct sockaddr *)&address, sizeof address) == 0 &&
              listen(listener, 8) == 0,
          "listen");
    delay.turns =
        mmap(NULL, sizeof *delay.turns, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    check(delay.turns != MAP_FAILED, "mmap");
    delay.pid = fork();
    check(delay.pid >= 0, "fork");
    if (delay.pid == 0)
        serve(listener, server_directory, milliseconds, delay.turns);
    close(listener);
    return delay;
}

void
delay_stop(Delay *delay)
{
    kill(delay->pid, SIGKILL);
    waitpid(delay->pid, NULL, 0);
    munmap(delay->turns, sizeof *delay->turns);
    unlink(address_in(delay->directory).sun_path);
    rmdir(delay->directory);
}
