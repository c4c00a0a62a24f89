/* SPDX-License-Identifier: MIT */
/* A throwaway PostgreSQL for one test program: a socket in a temporary directory, nothing on the
 * network, gone when the program ends. */
#ifndef LOCKSTEP_TESTS_TEST_CLUSTER_H
#define LOCKSTEP_TESTS_TEST_CLUSTER_H

#include "run/cluster.h"

/*
 * How to connect to it as its superuser: "host=… port=… user=… dbname=postgres". The first call
 * starts it; without server programs on this machine the program ends with status 77, which CTest
 * counts as skipped. With $LOCKSTEP_TEST_PG_BIN set, the server programs of that directory are
 * used.
 */
const char *test_cluster_conninfo(void);

/* The same server, another database, and another user where that is not NULL. Lives as long as the
 * program. */
const char *test_cluster_database(const char *database, const char *user);

/* With these, cluster_open() finds the same server again. */
ClusterOptions test_cluster_options(void);

/* Its files. */
const Cluster *test_cluster(void);

#endif
