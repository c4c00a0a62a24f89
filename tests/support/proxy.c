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
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define SOCKET_NAME "/.s.PGSQL.5432"
#define BUFFER_SIZE 65536

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
    check(length > 0 && (size_t)length < sizeof address.sun_path, "the proxy's socket");
    return address;
}

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

/* One connection, in a process of its own. `*used` is shared: the trigger works once. */
static void
pass(int client, int server, const char *trigger, ProxyMode mode, bool *used)
{
    static char buffer[BUFFER_SIZE];
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    struct pollfd ends[] = {
        {.fd = client, .events = POLLIN},
        {.fd = server, .events = POLLIN}
    };
    for (;;) {
        check(poll(ends, 2, -1) >= 0, "poll");
        for (int i = 0; i < 2; i++) {
            if (ends[i].revents == 0)
                continue;
            ssize_t got = recv(ends[i].fd, buffer, sizeof buffer, 0);
            if (got <= 0)
                _exit(0);
            bool hit = mode != PROXY_POOL && i == 0 && !*used &&
                       memmem(buffer, (size_t)got, trigger, strlen(trigger)) != NULL;
            if (hit && mode == PROXY_CUT_BEFORE) {
                *used = true;
                _exit(0);
            }
            if (mode == PROXY_POOL && i == 1)
                change_process_id(buffer, (size_t)got);
            write_all(ends[1 - i].fd, buffer, (size_t)got);
            if (hit) {
                *used = true;
                (void)recv(server, buffer, sizeof buffer, 0);
                _exit(0);
            }
        }
    }
}

static void
serve(int listener, const char *server_directory, const char *trigger, ProxyMode mode, bool *used)
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
            pass(client, server, trigger, mode, used);
        close(client);
        close(server);
    }
}

Proxy
proxy_start(const char *server_directory, const char *trigger, ProxyMode mode)
{
    Proxy proxy = {.directory = "/tmp/lockstep-proxy-XXXXXX"};
    check(mkdtemp(proxy.directory) != NULL, "mkdtemp");
    struct sockaddr_un address = address_in(proxy.directory);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    check(listener >= 0 && bind(listener, (const struct sockaddr *)&address, sizeof address) == 0 &&
              listen(listener, 8) == 0,
          "listen");
    bool *used =
        mmap(NULL, sizeof *used, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    check(used != MAP_FAILED, "mmap");
    proxy.pid = fork();
    check(proxy.pid >= 0, "fork");
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
    unlink(address_in(proxy->directory).sun_path);
    rmdir(proxy->directory);
}
