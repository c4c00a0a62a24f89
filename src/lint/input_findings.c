/* SPDX-License-Identifier: MIT */
#include "lint/input_findings.h"

#include <string.h>

#include "lint/lint.h"

static const InputFinding table[] = {
    {FINDING_BAD_DIRECTIVE,        SEVERITY_ERROR,   "A comment addressed to lockstep cannot be followed",
     "It is misspelled, names a rule that does not exist, gives no reason, or has expired. What it "
     "was meant to accept is reported as if it were not there.",                                                          "Write it as \"-- lockstep: allow RULE: REASON\" on a line of its own before the statement."},
    {FINDING_DOWN_DIFFERS,         SEVERITY_WARNING, "A down file does not undo its up",
     "After up and down the schema is another one than before: something that the up made is left, "
     "or something that it took away has not come back. The next up fails, or later migrations do.",                      "Undo in the down file what the finding names; rows that are lost are not counted."         },
    {FINDING_LOCK_ORDER,           SEVERITY_INFO,    "Two migrations lock the same tables in another order",
     "A transaction that holds one table and waits for a second, and another one that holds the "
     "second and waits for the first, stop each other: the server ends one of them with a "
     "deadlock. `up` runs one migration at a time; an older release that is still being deployed "
     "does not ask it. Compared are files that may be under way at once: those that are reported "
     "(what --since leaves out has been applied) and no more than five files apart, one with "
     "another; the transactions of one file follow one another (with --split-transactions, each "
     "block is a file).",                                                                                                 "Take the locks in the same order everywhere, or one table a migration."                    },
    {FINDING_MISSING_DOWN,         SEVERITY_WARNING, "A migration has no way back",
     "Without a down file, a migration that turns out to be wrong can only be undone by hand or by "
     "a restore.",                                                                                                        "Write the .down.sql, or say at the top of the up file why there is none: \"-- lockstep: "
     "irreversible: REASON\"."                                                                                                                                                                      },
    {FINDING_MISSING_LOCK_TIMEOUT, SEVERITY_WARNING, "A file waits for locks without limit",
     "While a statement waits for a strong lock, everybody who comes after it waits too, even for "
     "reads. lockstep sets lock_timeout itself; most other runners (--runner) do not.",                                   "Write SET lock_timeout = '2s'; at the top of the file."                                    },
    {FINDING_REFUSED,              SEVERITY_ERROR,   "The server will refuse a statement",
     "On the schema that the history leaves, or in this version of the server, the statement "
     "cannot succeed, whatever the rows are. The words are those that the server itself would use.",                      "Mend the statement; if the server does have what the history does not show, hand it over "
     "with --schema."                                                                                             },
    {FINDING_SESSION_SETTING,      SEVERITY_WARNING, "A file leaves a setting behind for the next one",
     "Other runners (--runner) run the files of one deploy in one session: a search_path or role "
     "that a file sets and does not take back decides what the next one means, but only where both "
     "are deployed together. lockstep resets its session before each file.",                                              "Write SET LOCAL, which ends with the transaction, or RESET it at the end of the file."     },
    {FINDING_SYNTAX_ERROR,         SEVERITY_ERROR,   "The server's grammar does not accept a statement",
     "The words are those that the server itself would use. The other statements and files are "
     "checked all the same. A command of psql such as \\i counts too: it is not for the server, "
     "and "
     "nobody else would run it.",                                                                                         "Mend the statement at the place shown."                                                    },
    {FINDING_TRANSACTION_CONTROL,  SEVERITY_ERROR,   "A file begins or ends transactions by itself",
     "A file is run as one transaction, so that it is applied whole or not at all. A ROLLBACK, or "
     "a BEGIN without its COMMIT, leaves it unclear what belongs together.",                                              "Leave BEGIN, COMMIT and ROLLBACK out."                                                     },
    {FINDING_UNFILLED_TEMPLATE,    SEVERITY_ERROR,
     "Another program has to fill a file in before it is SQL",                                               "PostgreSQL cannot run ${schema}, {{ .Schema }} or :name as they stand, and neither can `up`. "
     "The statements are checked as if names stood there. For a --runner of another tool, which "
     "may fill them in, this is no more than information.", "Lint what the other program writes; or switch this off where that program runs the files." },
    {FINDING_UNREADABLE_FILE,      SEVERITY_ERROR,   "A file cannot be read as SQL",
     "It cannot be opened, is too large, holds a NUL byte or is not UTF-8.",                                              "Save it as UTF-8 text."                                                                    },
    {FINDING_UNUSED_ALLOW,         SEVERITY_WARNING, "A comment accepts what is not found",
     "A comment that stays behind when its finding is gone would one day accept something that "
     "nobody has looked at.",                                                                                             "Take the comment away."                                                                    },
};

const InputFinding *
input_findings(size_t *count)
{
    *count = sizeof table / sizeof *table;
    return table;
}

const InputFinding *
input_finding_find(const char *id)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].id, id) == 0)
            return &table[i];
    }
    return NULL;
}
