/* SPDX-License-Identifier: MIT */
#include "support/socket.h"

#include <sys/socket.h>
#include <unistd.h>

#define SOCKET_NAME "/.s.PGSQL.5432"

struct sockaddr_un
socket_address(const char *directory)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length =
        snprintf(address.sun_path, sizeof address.sun_path, "%s%s", directory, SOCKET_NAME);
    socket_check(length > 0 && (size_t)length < sizeof address.sun_path, "the name of a socket");
    return address;
}

int
socket_connect(const char *directory)
{
    struct sockaddr_un address = socket_address(directory);
    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    socket_check(server >= 0, "socket");
    if (connect(server, (const struct sockaddr *)&address, sizeof address) == 0)
        return server;
    close(server);
    return -1;
}

int
socket_listen(char *directory)
{
    socket_check(mkdtemp(directory) != NULL, "mkdtemp");
    struct sockaddr_un address = socket_address(directory);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    socket_check(listener >= 0 &&
                     bind(listener, (const struct sockaddr *)&address, sizeof address) == 0 &&
                     listen(listener, SOMAXCONN) == 0,
                 "listen");
    return listener;
}

void
socket_remove(const char *directory)
{
    unlink(socket_address(directory).sun_path);
    rmdir(directory);
}
