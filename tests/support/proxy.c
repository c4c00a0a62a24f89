/* SPDX-License-Identifier: MIT */
#include "support/proxy.h"

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/socket.h"

#define BUFFER_SIZE 65536

static void
write_all(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = send(descriptor, bytes, length, MSG_NOSIGNAL);
        if (written <= 0)
            _exit(0);
        bytes += written;
        length -= (size_t)written;
    }
}

/* BackendKeyData: 'K', its length 12, the process id, the secret. */
static void
change_process_id(char *bytes, size_t length)
{
    static const char header[] = {'K', 0, 0, 0, 12};
    char *found = memmem(bytes, length, header, sizeof header);
    if (found != NULL && found + sizeof header + 4 <= bytes + length)
        found[sizeof header + 1] ^= 0x55;
}

static bool
swallows(ProxyMode mode)
{
    return mode == PROXY_SWALLOW_BEFORE || mode == PROXY_SWALLOW_AFTER;
}

/* One connection, in a process of its own. `*used` is shared: the trigger works once. */
static void
pass(int client, int server, const char *trigger, ProxyMode mode, volatile bool *used)
{
    static char buffer[BUFFER_SIZE];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const bool came_later = *used;
    struct pollfd ends[] = {
        {.fd = client, .events = POLLIN},
        {.fd = server, .events = POLLIN}
    };
    for (;;) {
        socket_check(poll(ends, 2, -1) >= 0, "poll");
        for (int i = 0; i < 2; i++) {
            if (ends[i].revents == 0)
                continue;
            ssize_t got = recv(ends[i].fd, buffer, sizeof buffer, 0);
            bool silent = *used && !came_later && swallows(mode);
            if (got <= 0 && !silent)
                _exit(0);
            if (got <= 0)
                ends[i].fd = -1; /* the other end hears nothing of it */
            if (silent)
                continue;
            bool hit = mode != PROXY_POOL && i == 0 && !*used &&
                       memmem(buffer, (size_t)got, trigger, strlen(trigger)) != NULL;
            *used = *used || hit;
            if (hit && mode == PROXY_CUT_BEFORE)
                _exit(0);
            if (hit && mode == PROXY_SWALLOW_BEFORE)
                continue;
            if (mode == PROXY_POOL && i == 1)
                change_process_id(buffer, (size_t)got);
            write_all(ends[1 - i].fd, buffer, (size_t)got);
            if (hit && mode == PROXY_CUT_AFTER) {
                (void)recv(server, buffer, sizeof buffer, 0);
                _exit(0);
            }
        }
    }
}

static void
serve(int listener, const char *server_directory, const char *trigger, ProxyMode mode, bool *used)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int client = accept(listener, NULL, NULL);
        int server = socket_connect(server_directory);
        socket_check(client >= 0 && server >= 0, "accept");
        pid_t pid = fork();
        socket_check(pid >= 0, "fork");
        if (pid == 0)
            pass(client, server, trigger, mode, used);
        close(client);
        close(server);
    }
}

Proxy
proxy_start(const char *server_directory, const char *trigger, ProxyMode mode)
{
    Proxy proxy = {.directory = "/tmp/lockstep-proxy-XXXXXX"};
    int listener = socket_listen(proxy.directory);
    bool *used =
        mmap(NULL, sizeof *used, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    socket_check(used != MAP_FAILED, "mmap");
    proxy.pid = fork();
    socket_check(proxy.pid >= 0, "fork");
    if (proxy.pid == 0)
        serve(listener, server_directory, trigger, mode, used);
    close(listener);
    munmap(used, sizeof *used);
    return proxy;
}

void
proxy_stop(Proxy *proxy)
{
    kill(proxy->pid, SIGKILL);
    waitpid(proxy->pid, NULL, 0);
    socket_remove(proxy->directory);
}
