/* SPDX-License-Identifier: MIT */
#include "cli/mend_command.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/term.h"
#include "base/wrap.h"
#include "cli/connection.h"
#include "cli/json.h"
#include "cli/run_json.h"
#include "cli/run_options.h"
#include "cli/words.h"
#include "db/interrupt.h"

#define LONGEST_POLL_MS 60000

typedef struct MendDialogue {
    const Invocation *invocation;
    bool must_agree;
} MendDialogue;

static void
write_mends(const Invocation *invocation, FILE *out, const MendReport *report, const char *title)
{
    fprintf(out, "%s\n", title);
    foreach (mend, &report->mends)
        wrap_text(out, mend->words, 0, 2, invocation->width);
}

static bool
is_yes(const char *answer)
{
    return strcasecmp(answer, "y\n") == 0 || strcasecmp(answer, "yes\n") == 0;
}

/* A run counts signals, and reading would go on after one. */
static bool
await_answer(Error *err)
{
    while (interrupt_check(err))
        if (interrupt_wait(STDIN_FILENO, POLLIN, LONGEST_POLL_MS) != 0)
            return true;
    return false;
}

static bool
asks(void *context, const MendReport *report, Error *err)
{
    const MendDialogue *dialogue = context;
    const Invocation *invocation = dialogue->invocation;
    FILE *messages = invocation->messages;
    char answer[16] = "";
    if (!invocation->settings->quiet)
        write_mends(invocation, messages, report, "this will be done:");
    if (invocation->settings->yes)
        return true;
    if (!term_is_terminal(stdin) || !term_is_terminal(messages)) {
        if (!dialogue->must_agree)
            return true;
        (void)error_set(err, ERROR_GATE, "nobody can be asked whether this is right");
        return error_hint(err, "Say --yes when it is. Nothing was changed.");
    }
    fputs("go on? [y/N] ", messages);
    fflush(messages);
    if (!await_answer(err))
        return false;
    if (fgets(answer, sizeof answer, stdin) != NULL && is_yes(answer))
        return true;
    return error_set(err, ERROR_GATE, "nothing was changed");
}

static size_t
count_done(const MendReport *report)
{
    size_t done = 0;
    foreach (mend, &report->mends)
        done += mend->done;
    return done;
}

static void
write_text(const Invocation *invocation, const MendReport *report)
{
    FILE *out = invocation->out;
    size_t planned = report->mends.count;
    if (planned == 0)
        fputs("there is nothing to do\n", out);
    else if (invocation->settings->dry_run)
        write_mends(invocation, out, report, "this would be done:");
    else
        fprintf(out, "%zu of %s done\n", count_done(report),
                words_count(invocation->arena, planned, "change"));
    if (invocation->settings->dry_run && planned > 0)
        fprintf(out, "%s; nothing was written\n",
                words_count(invocation->arena, planned, "change"));
    foreach (sentence, &report->undecided)
        wrap_text(out, *sentence, 0, 2, invocation->width);
}

static json_t *
mends_json(const MendReport *report)
{
    json_t *list = json_array();
    foreach (mend, &report->mends) {
        json_t *object = json_object();
        json_put_text(object, "kind", mend_kind_key(mend->kind));
        json_put_text(object, "version", mend->version);
        json_put_text(object, "name", mend->name);
        json_put_text(object, "what", mend->words);
        json_put_bool(object, "done", mend->done);
        if (json_array_append_new(list, object) != 0)
            abort();
    }
    return list;
}

static void
write_json(const Invocation *invocation, const MendReport *report, const Error *err)
{
    json_t *result = json_result();
    json_t *undecided = json_array();
    foreach (sentence, &report->undecided)
        if (json_array_append_new(undecided, json_string(*sentence)) != 0)
            abort();
    json_put_text(result, "command", invocation->command->name);
    json_put_text(result, "run", report->run);
    json_put_bool(result, "dry_run", invocation->settings->dry_run);
    json_put(result, "target",
             report->target.label != NULL ? run_json_target(&report->target) : NULL);
    const char *marker =
        report->has_marker ? restore_point_json(invocation->arena, &report->marker) : NULL;
    json_put(result, "marker", run_json_marker(marker));
    json_put(result, "changes", mends_json(report));
    json_put(result, "undecided", undecided);
    json_put(result, "error", json_error(err));
    json_write(invocation->out, result);
}

bool
mend_command(Invocation *invocation, const MendRequest *request, bool must_agree, Error *err)
{
    Connection connection;
    MendReport report;
    if (!connection_choose(invocation, false, &connection, err))
        return false;
    RunOptions options = run_options_of(invocation, &connection);
    MendDialogue dialogue = {.invocation = invocation, .must_agree = must_agree};
    const MendConsent consent = {.context = &dialogue, .asks = asks};
    bool ok = run_mend(invocation->arena, &options, request, &consent, NULL, &report, err);
    if (invocation->settings->format == FORMAT_JSON)
        write_json(invocation, &report, err);
    else if (ok)
        write_text(invocation, &report);
    return ok;
}
