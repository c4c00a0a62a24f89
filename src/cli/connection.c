/* SPDX-License-Identifier: MIT */
#include "cli/connection.h"

#include "base/log.h"

bool
connection_open_sandbox(Invocation *invocation, Cluster *out, Error *err)
{
    const Settings *settings = invocation->settings;
    ClusterOptions options = {.project = settings->sandbox_dir, .bin_directory = settings->pg_bin};
    return cluster_open(invocation->arena, &options, out, err);
}

bool
connection_start_sandbox(Invocation *invocation, Cluster *cluster, Error *err)
{
    bool existed = cluster->exists;
    bool was_running = cluster->is_running;
    if (!was_running && !existed && !invocation->settings->quiet)
        log_message(LOG_LEVEL_NOTE, "creating a PostgreSQL %d in %s", cluster->major,
                    cluster->directory);
    if (!cluster_start(invocation->arena, cluster, err))
        return error_context(err, "sandbox");
    if (was_running || invocation->settings->quiet)
        return true;
    if (cluster->note != NULL && !existed)
        log_message(LOG_LEVEL_NOTE, "%s", cluster->note);
    log_message(LOG_LEVEL_NOTE, "the sandbox runs; `lockstep sandbox stop` ends it");
    return true;
}

static bool
use_sandbox(Invocation *invocation, bool may_create, Connection *out, Error *err)
{
    Cluster cluster;
    if (!connection_open_sandbox(invocation, &cluster, err))
        return false;
    if (!cluster.exists && !may_create) {
        (void)error_set(err, ERROR_CONNECTION, "there is no sandbox yet");
        return error_hint(err, "Run `lockstep up --sandbox` or `lockstep sandbox start`.");
    }
    if (!connection_start_sandbox(invocation, &cluster, err))
        return false;
    *out = (Connection){.conninfo = cluster.conninfo, .is_sandbox = true};
    return true;
}

/* PGUSER or PGPASSWORD alone do not say where. */
static bool
libpq_knows_where(void)
{
    static const char *const names[] = {"PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE",
                                        "PGSERVICE"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0')
            return true;
    }
    return false;
}

bool
connection_choose(Invocation *invocation, bool may_create, Connection *out, Error *err)
{
    const Settings *settings = invocation->settings;
    SettingLevel url = settings->level[SETTING_URL];
    SettingLevel sandbox = settings->sandbox ? settings->level[SETTING_SANDBOX] : LEVEL_UNSET;
    if (sandbox != LEVEL_UNSET && sandbox == url) {
        (void)error_set(err, ERROR_USAGE, "both a url and the sandbox are asked for");
        return error_hint(err, "Leave one of them out.");
    }
    if (sandbox > url)
        return use_sandbox(invocation, may_create, out, err);
    if (url != LEVEL_UNSET || libpq_knows_where()) {
        *out = (Connection){.conninfo = settings->url != NULL ? settings->url : ""};
        return true;
    }
    (void)error_set(err, ERROR_USAGE, "nothing says which database to work on");
    return error_hint(err, "Say it in one of three ways:\n"
                           "    --url postgresql://HOST/DATABASE\n"
                           "    DATABASE_URL, or PGHOST, PGDATABASE or PGSERVICE, in the "
                           "environment\n"
                           "    --sandbox, for a private PostgreSQL of your own");
}
