/* SPDX-License-Identifier: MIT */
#include "support/test_cluster.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define SKIPPED 77

static Arena *arena;
static Cluster cluster;
static char *project;
static pid_t owner;

/* A forked child that ends by exit() is not who started the server. */
static void
stop(void)
{
    Error err = {0};
    if (getpid() != owner)
        return;
    if (!cluster_destroy(arena, &cluster, &err))
        fprintf(stderr, "the test's server: %s\n%s\n", err.message, err.detail);
    (void)remove(arena_printf(arena, "%s/.lockstep/.gitignore", project));
    (void)rmdir(arena_printf(arena, "%s/.lockstep", project));
    (void)rmdir(project);
    arena_free(arena);
}

ClusterOptions
test_cluster_options(void)
{
    return (ClusterOptions){.project = project, .bin_directory = getenv("LOCKSTEP_TEST_PG_BIN")};
}

static void
start(void)
{
    Error err = {0};
    const char *parent = getenv("TMPDIR");
    arena = arena_new();
    owner = getpid();
    project = arena_printf(arena, "%s/lockstep-test-XXXXXX",
                           parent != NULL && *parent != '\0' ? parent : "/tmp");
    if (mkdtemp(project) == NULL || chmod(project, 0755) != 0) {
        perror(project);
        exit(1);
    }
    ClusterOptions options = test_cluster_options();
    if (!cluster_open(arena, &options, &cluster, &err)) {
        fprintf(stderr, "skipped: %s\n", err.message);
        (void)rmdir(project);
        exit(SKIPPED);
    }
    if (!cluster_start(arena, &cluster, &err)) {
        fprintf(stderr, "%s\n%s\n", err.message, err.detail);
        exit(1);
    }
    atexit(stop);
}

const Cluster *
test_cluster(void)
{
    if (arena == NULL)
        start();
    return &cluster;
}

const char *
test_cluster_conninfo(void)
{
    return test_cluster()->conninfo;
}

const char *
test_cluster_database(const char *database, const char *user)
{
    return arena_printf(arena, "host=%s port=5432 user=%s dbname=%s",
                        test_cluster()->socket_directory, user != NULL ? user : "postgres",
                        database);
}
