/* SPDX-License-Identifier: MIT */
/*
 * A private PostgreSQL for development: made by initdb from the server binaries of this machine,
 * reachable through a Unix socket only, trusting its user. It lives in
 * `<project>/.lockstep/sandbox`; where that path is too long for a socket or closed to the user
 * that the server runs as (PostgreSQL refuses to run as root), the affected part lives in a private
 * directory elsewhere, always the same one for the same project, and `note` says so.
 */
#ifndef LOCKSTEP_RUN_CLUSTER_H
#define LOCKSTEP_RUN_CLUSTER_H

#include <stdbool.h>
#include <sys/types.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"

typedef struct ClusterOptions {
    const char *project;       /* directory that .lockstep/ stands in; "." */
    const char *bin_directory; /* of initdb and postgres; NULL: looked for */
} ClusterOptions;

typedef struct Cluster {
    const char *bin_directory; /* "/usr/lib/postgresql/15/bin" */
    int major;
    const char *directory; /* all of it */
    const char *data_directory;
    const char *socket_directory;
    const char *log_path;
    const char *user;     /* operating-system and database user that it runs as */
    const char *conninfo; /* to connect to its database, also for psql */
    const char *note;     /* what is placed elsewhere and why, or NULL */
    bool exists;          /* initialised */
    bool is_running;
    pid_t pid; /* 0 when it does not run */
    uid_t uid;
    gid_t gid;
} Cluster;

/* Finds binaries and places, and looks whether it exists and runs; changes nothing. ERROR_USAGE
 * where no server binaries are found. */
bool cluster_open(Arena *arena, const ClusterOptions *options, Cluster *out, Error *err) MUST_USE;

/* Creates it where needed and starts it where it does not run; returns when it accepts connections.
 * `cluster` is brought up to date, as by all of these. */
bool cluster_start(Arena *arena, Cluster *cluster, Error *err) MUST_USE;

/* Stops it; one that does not run is fine. */
bool cluster_stop(Arena *arena, Cluster *cluster, Error *err) MUST_USE;

/* Stops it and removes all its files. */
bool cluster_destroy(Arena *arena, Cluster *cluster, Error *err) MUST_USE;

/* Full path of a program of the same installation, such as psql; NULL where there is none. */
const char *cluster_program(Arena *arena, const Cluster *cluster, const char *name);

#endif
