/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/nearest.h"
#include "cli/command.h"

static const Command table[] = {
    {.name = "new",
     .bit = CMD_NEW,
     .group = COMMANDS_WRITE,
     .arguments = "NAME",
     .least = 1,
     .most = 1,
     .summary = "write an empty pair of up and down files",
     .description =
         "Writes two files into the migrations directory: VERSION_NAME.up.sql for the change and "
         "VERSION_NAME.down.sql for the way back. VERSION is the time in UTC, so that files sort "
         "in the order they were begun. NAME is made of lower-case letters, digits and "
         "underscores. The directory is made where it is missing; no file is ever overwritten.", .examples = {{"lockstep new add_customer_email", "begin a migration"},
                  {"lockstep new --migrations db/migrations add_customer_email",
                   "begin it in another directory"}},
     .run = cmd_new},
    {.name = "lint",
     .bit = CMD_LINT,
     .group = COMMANDS_WRITE,
     .arguments = "[PATH…]",
     .completes = COMPLETES_PATHS,
     .most = (size_t)-1,
     .summary = "say what statements would block, and the safe version",
     .description =
         "Reads migrations and reports statements that would stop an application: which lock they "
         "take, what that blocks and for how long, and the statements that do the same without. "
         "Needs no database: earlier migrations of the same directory, and the file of --schema, "
         "tell what the tables are like; with --url it is the catalog of a live database, and "
         "what its history has applied already is left out.\n\n"
         "PATH is a file, a directory or \"-\" for standard input; without one, the migrations "
         "directory is read. A comment on the line before a statement accepts a finding and says "
         "why:\n\n"
         "    -- lockstep: allow RULE: REASON\n\n"
         "--format says who reads the result: text is for people, json for programs, sarif (2.1.0) "
         "for code scanning, github for the annotations of a workflow, gitlab for its code "
         "quality report, junit for test reports, and markdown for the comment of a pull request, "
         "with a table of what each migration locks. In the last five, paths begin at the top of "
         "the working tree.", .examples = {{"lockstep lint", "check all migrations"},
                  {"lockstep lint migrations/20260301120000_add_email.up.sql",
                   "check one file, with the history before it"},
                  {"lockstep lint --format sarif > lockstep.sarif", "for code scanning"},
                  {"lockstep lint --since origin/main", "report what a branch adds or changes"},
                  {"pg_dump --schema-only shop | lockstep lint --fail-on never -",
                   "read standard input"}},
     .run = cmd_lint},
    {.name = "explain",
     .bit = CMD_EXPLAIN,
     .group = COMMANDS_WRITE,
     .arguments = "[PATH…]",
     .completes = COMPLETES_PATHS | COMPLETES_RULES,
     .most = (size_t)-1,
     .summary = "say what each statement locks; or what a rule is about",
     .description =
         "Prints, for each statement in order, every relation that it locks (also those that it "
         "does not name), in which mode, what that blocks, and the work that is done under the "
         "lock: a rewrite of the rows, a scan of them, the build of an index; then what the "
         "transaction holds until it ends. Needs no database: earlier migrations of the same "
         "directory, and the file of --schema, tell what the tables are like; with --url it is "
         "the catalog of a live database, and what its history has applied already is left "
         "out.\n\n"
         "PATH is a file, a directory or \"-\" for standard input; without one, the migrations "
         "directory is read. With the id of a rule in its place, it prints instead what the rule "
         "looks for, why "
         "it hurts, an example of it and one of what to write instead.", .examples = {{"lockstep explain migrations/20260301120000_add_email.up.sql",
                   "one file, with the history before it"},
                  {"lockstep explain --schema shop.sql change.sql",
                   "on tables that a dump describes"},
                  {"lockstep explain --url postgresql://db1/shop change.sql",
                   "on those of a live database, of which only the catalog is read"},
                  {"lockstep explain --pg-version 14 --format json", "for a program"},
                  {"lockstep explain set-not-null-scans-table", "about one rule"}},
     .run = cmd_explain},
    {.name = "rules",
     .bit = CMD_RULES,
     .group = COMMANDS_WRITE,
     .arguments = "",
     .summary = "list the rules of lint",
     .description = "Lists all rules with their severity and what they are about.",
     .examples = {{"lockstep rules", "all rules"}},
     .run = cmd_rules},
    {.name = "up",
     .bit = CMD_UP,
     .group = COMMANDS_CHANGE,
     .arguments = "",
     .summary = "apply pending migrations",
     .description =
         "Applies what the history in the database does not have yet, in the order of versions. "
         "A file is one transaction, and its row in the history is part of it. A statement that "
         "cannot run in a transaction runs by itself, and what is done is recorded after each "
         "one, so that the next `up` goes on where this one stopped.\n\n"
         "Before the first change, a marker for point-in-time recovery is taken and kept in a "
         "journal outside the database. When a lock is not free within --lock-timeout, the "
         "transaction is taken back, so that nobody queues behind it, and tried again until "
         "--lock-budget is used up. Ctrl-C stops the statement at hand and leaves a known state.", .examples = {{"lockstep up --sandbox", "on a private PostgreSQL, without any configuration"},
                  {"lockstep up --url postgresql://db1/shop", "on a database"},
                  {"lockstep up --dry-run", "only say what would run"},
                  {"lockstep up --to 20260301120000", "not further than this version"}},
     .run = cmd_up},
    {.name = "down",
     .bit = CMD_DOWN,
     .group = COMMANDS_CHANGE,
     .arguments = "",
     .summary = "revert the newest migration",
     .description =
         "Reverts applied migrations, the newest first: one, or as many as --count or --to says. "
         "Where the down file is gone, the text that was stored when the migration was applied is "
         "run.", .examples = {{"lockstep down", "revert the newest migration"},
                  {"lockstep down -n 3", "revert the newest three"},
                  {"lockstep down --to 0", "revert everything"}},
     .run = cmd_down},
    {.name = "redo",
     .bit = CMD_REDO,
     .group = COMMANDS_CHANGE,
     .arguments = "",
     .summary = "revert the newest migration and apply it again",
     .description =
         "Reverts the newest migrations, one or as many as --count says, and applies them again "
         "from their files, which may have changed since: for work on a migration that has not "
         "left your machine. It is one run with one restore marker, and no other run comes in "
         "between. It lists what it does before it begins.", .examples = {{"lockstep redo --sandbox", "the newest migration, after an edit"},
                  {"lockstep redo -n 3 --dry-run", "only say what would run for the newest three"}},
     .run = cmd_redo},
    {.name = "goto",
     .bit = CMD_GOTO,
     .group = COMMANDS_CHANGE,
     .arguments = "VERSION",
     .least = 1,
     .most = 1,
     .summary = "go up or down to a version",
     .description =
         "Applies what is pending up to VERSION, or reverts what is applied behind it, whichever "
         "it takes. Where it would take both, because a migration behind VERSION is applied and "
         "one before it is not, it refuses. VERSION 0 is before the first migration.", .examples = {{"lockstep goto 20260301120000",
                   "so that this version is the newest applied one"},
                  {"lockstep goto --dry-run 0", "only say what would be reverted"}},
     .run = cmd_goto},
    {.name = "baseline",
     .bit = CMD_BASELINE,
     .group = COMMANDS_CHANGE,
     .arguments = "VERSION",
     .least = 1,
     .most = 1,
     .summary = "record migrations as applied without running them",
     .description =
         "For a database that was there before lockstep: records all files up to VERSION as "
         "applied, in one transaction, without running any. It shows what it records and asks on a "
         "terminal. Where the history has rows already it refuses, unless --yes says that what is "
         "not applied yet is to be recorded all the same. `history` tells these rows apart.", .examples = {{"lockstep baseline 20260301120000", "all up to this version is there already"},
                  {"lockstep baseline --dry-run 20260301120000",
                   "only show what would be recorded"}},
     .run = cmd_baseline},
    {.name = "repair",
     .bit = CMD_REPAIR,
     .group = COMMANDS_CHANGE,
     .arguments = "",
     .summary = "settle what files, history and catalog disagree about",
     .description =
         "Without options: drops INVALID indexes, which failed builds leave behind, finishes "
         "detachments of partitions that were begun, and lists steps whose end nobody saw. With "
         "options, it settles what a person has to decide: --accept, --forget, --done, --failed. "
         "It "
         "shows what it will change and asks on a terminal; elsewhere it needs --yes. Nothing in "
         "the history is ever changed or taken away: each repair is a row of its own, and that of "
         "an index has the statement that makes it anew.", .examples = {{"lockstep repair --dry-run", "what there is to repair"},
                  {"lockstep repair --accept 20260301120000", "the changed file is the right one"},
                  {"lockstep repair --forget 20260301120000 --yes", "its file will not come back"},
                  {"lockstep repair --done 20260301120000:2", "the step has had its effect"}},
     .run = cmd_repair},
    {.name = "status",
     .bit = CMD_STATUS,
     .group = COMMANDS_LOOK,
     .arguments = "",
     .summary = "show which migrations are applied and which are pending",
     .description =
         "Shows every migration that the files or the history know: its state, when and by whom it "
         "was applied, how long that took, and where files and history disagree. Changes nothing.", .examples = {{"lockstep status", "where the database stands"},
                  {"lockstep status --exit-code", "for scripts: is anything pending or wrong?"}},
     .run = cmd_status},
    {.name = "verify",
     .bit = CMD_VERIFY,
     .group = COMMANDS_LOOK,
     .arguments = "",
     .summary = "say whether files, history and catalog agree",
     .description =
         "Looks for applied files that changed or are gone, pending ones that came too late, ways "
         "back that are not the ones that were stored, attempts that stopped half way, INVALID "
         "indexes and unfinished detachments of partitions. Then it replays the applied files on "
         "an empty schema (that of --schema, where something existed before the first one) and "
         "compares it with the live catalog: what somebody made or dropped by hand shows, and a "
         "constraint that a migration validated and that is still NOT VALID.\n\n"
         "The server writes expressions (defaults, CHECK, generated columns, keys and conditions "
         "of indexes) in words of its own: compared are the columns, functions and operators in "
         "them, and constants that are numbers or text; not their order. The queries of views are "
         "not compared. Where a file runs code whose effect cannot be foreseen, differences are "
         "listed but do not count; partitions that applications make never do. Changes "
         "nothing.", .examples = {{"lockstep verify", "exit status 7 where something disagrees"},
                  {"lockstep verify --format json", "for a program"},
                  {"lockstep verify --schema before.sql", "with what was there at first"}},
     .run = cmd_verify},
    {.name = "history",
     .bit = CMD_HISTORY,
     .group = COMMANDS_LOOK,
     .arguments = "",
     .summary = "show every attempt to apply or revert a migration",
     .description = "Shows the rows of the history, oldest first: each attempt, how it ended, "
                    "who made it and how long it took.", .examples = {{"lockstep history", "all attempts"},
                  {"lockstep history -n 10", "the newest ten"}},
     .run = cmd_history},
    {.name = "pitr",
     .bit = CMD_PITR,
     .group = COMMANDS_LOOK,
     .arguments = "",
     .summary = "list the markers for point-in-time recovery",
     .description =
         "Lists the markers that `up` and `down` took from this machine before they changed "
         "anything: the server's time, the position in its WAL, the timeline and the named restore "
         "point, each of which a restore can be asked for. They are read from the journal, a file "
         "outside the database: a restore rewinds the database, not the journal.", .examples = {{"lockstep pitr", "all markers"}},
     .run = cmd_pitr},
    {.name = "sandbox",
     .bit = CMD_SANDBOX,
     .group = COMMANDS_TOOL,
     .arguments = "start|stop|status|psql|reset",
     .least = 1,
     .most = (size_t)-1,
     .summary = "a private PostgreSQL for development",
     .description =
         "A PostgreSQL server of your own, made from the server programs of this machine, "
         "reachable only through a Unix socket. `up --sandbox` creates and starts it by itself.\n\n"
         "start creates it where needed and starts it; stop stops it and keeps its data; status "
         "says whether it runs and how to connect; psql opens a session (what follows \"--\" is "
         "handed on); reset stops it and removes all its data.", .examples = {{"lockstep sandbox start", "create and start it"},
                  {"lockstep sandbox psql", "look around"},
                  {"lockstep sandbox psql -- -c 'select 1'", "run one statement"},
                  {"lockstep sandbox reset", "begin from nothing"}},
     .run = cmd_sandbox},
    {.name = "help",
     .bit = CMD_HELP,
     .group = COMMANDS_TOOL,
     .arguments = "[COMMAND]",
     .completes = COMPLETES_COMMANDS,
     .most = 1,
     .summary = "tell more about a command",
     .description = "Without COMMAND, lists the commands.",
     .examples = {{"lockstep help up", "what `up` does and all its options"}},
     .run = cmd_help},
    {.name = "completion",
     .bit = CMD_COMPLETION,
     .group = COMMANDS_TOOL,
     .arguments = "bash|zsh|fish",
     .least = 1,
     .most = 1,
     .summary = "print what a shell completes commands and options with",
     .description = "Prints a script for the shell. An installed lockstep has put it where the "
                    "shell looks for it; elsewhere it is read when the shell starts.", .examples = {{"source <(lockstep completion bash)", "in ~/.bashrc"},
                  {"source <(lockstep completion zsh)", "in ~/.zshrc, behind compinit"},
                  {"lockstep completion fish | source", "in ~/.config/fish/config.fish"}},
     .run = cmd_completion},
    {.name = "docs",
     .bit = CMD_DOCS,
     .group = COMMANDS_TOOL,
     .hidden = true,
     .arguments = "commands|settings|rules|man",
     .least = 1,
     .most = 1,
     .summary = "print a generated document",
     .description = "Prints docs/commands.md, docs/settings.md, docs/rules.md or docs/lockstep.1.",
     .run = cmd_docs},
};

static const ExitMeaning meanings[] = {
    {EXIT_DONE,        "done, nothing to complain of",                                                   CMD_ALL     },
    {EXIT_FINDINGS,    "findings at or above --fail-on",                                                 CMD_LINT    },
    {EXIT_USAGE,       "usage or settings wrong, or input unreadable",                                   CMD_ALL     },
    {EXIT_CONNECTION,  "no connection, or it was lost and nothing is known to be half done",
     CMD_DATABASE | CMD_SANDBOX                                                                                      },
    {EXIT_LOCK,        "a lock was not obtained within the budget: nothing changed",
     CMD_CHANGE | CMD_MEND                                                                                           },
    {EXIT_ROLLED_BACK, "a migration failed and was rolled back: nothing of it is left",                  CMD_CHANGE  },
    {EXIT_HALF_DONE,   "stopped half way, the position is recorded: run the command again",
     CMD_CHANGE | CMD_STATUS                                                                                         },
    {EXIT_DRIFT,       "an applied file changed, or a pending one came too late; status: or is missing",
     CMD_CHANGE | CMD_STATUS                                                                                         },
    {EXIT_DRIFT,       "files, history and catalog disagree",                                            CMD_VERIFY  },
    {EXIT_PENDING,     "migrations are pending, and --exit-code asked",                                  CMD_STATUS  },
    {EXIT_GATE,        "a safety gate refused",                                                          CMD_DATABASE},
    {EXIT_INTERRUPTED, "interrupted by Ctrl-C (SIGINT), cleaned up",                                     CMD_DATABASE},
    {EXIT_TERMINATED,  "ended by SIGTERM, cleaned up",                                                   CMD_DATABASE},
};

const Command *
commands_table(size_t *count)
{
    *count = sizeof table / sizeof *table;
    return table;
}

const ExitMeaning *
exit_meanings(size_t *count)
{
    *count = sizeof meanings / sizeof *meanings;
    return meanings;
}

const char *
command_group_title(CommandGroup group)
{
    switch (group) {
    case COMMANDS_WRITE:
        return "Write and check migrations";
    case COMMANDS_CHANGE:
        return "Change a database";
    case COMMANDS_LOOK:
        return "Look at a database";
    case COMMANDS_TOOL:
        return "More";
    }
    return "";
}

const Command *
command_find(const char *name)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    }
    return NULL;
}

bool
command_unknown(Arena *arena, const char *name, Error *err)
{
    StringList names = {0};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (!table[i].hidden)
            LIST_APPEND(arena, &names, table[i].name);
    }
    (void)error_set(err, ERROR_USAGE, "there is no command %s", name);
    const char *nearest = nearest_word(name, names.items, names.count);
    if (nearest != NULL)
        return error_hint(err, "Did you mean %s?", nearest);
    return error_hint(err, "Run `lockstep help` to see the commands.");
}
