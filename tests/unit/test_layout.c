/* SPDX-License-Identifier: MIT */
/* The layouts of other tools: which one a directory is in, what its migrations are, in which order,
 * with which text. */
#include "source/discover.h"
#include "source/version.h"
#include "support/temp_dir.h"
#include "support/test.h"

typedef struct Entry {
    const char *name;
    const char *text;
} Entry;

typedef struct Case {
    const char *what;
    const char *layout; /* asked for, or NULL */
    Entry files[8];
    const char *expected; /* a line for each migration, or the refusal behind "! " */
} Case;

/* The text with each run of white space as one blank. */
static const char *
squeeze(Arena *arena, const char *text)
{
    char *out = arena_strdup(arena, text);
    size_t used = 0;
    for (const char *at = text; *at != '\0'; at++) {
        bool blank = strchr(" \t\r\n", *at) != NULL;
        if (!blank)
            out[used++] = *at;
        else if (used > 0 && out[used - 1] != ' ')
            out[used++] = ' ';
    }
    while (used > 0 && out[used - 1] == ' ')
        used--;
    out[used] = '\0';
    return out;
}

static const char *
part_words(Arena *arena, const char *direction, const SourceFile *file)
{
    if (file == NULL)
        return "";
    const char *text = file->broken != NULL ? arena_printf(arena, "(%s)", file->broken)
                                            : squeeze(arena, file->text);
    return arena_printf(arena, " %s@%zu%s [%s]", direction, file->lines_before + 1,
                        file->no_transaction ? " alone" : "", text);
}

static const char *
words_of(Arena *arena, const MigrationList *list)
{
    const char *words = "";
    foreach (migration, list)
        words = arena_printf(arena, "%s%s%s%s%s%s\n", words,
                             version_label(arena, migration->version, migration->name),
                             part_words(arena, "up", migration->up),
                             part_words(arena, "down", migration->down),
                             migration->down_words != NULL ? " missing " : "",
                             migration->down_words != NULL ? migration->down_words : "");
    return words;
}

static void
check(const Case *item)
{
    Arena *arena = arena_new();
    TempDir *directory = temp_dir_new();
    for (size_t i = 0; i < 8 && item->files[i].name != NULL; i++)
        temp_dir_write(directory, item->files[i].name, item->files[i].text);
    const DiscoverOptions options = {.max_bytes = SOURCE_MAX_BYTES, .layout = item->layout};
    MigrationList list = {0};
    Error err = {0};
    bool ok = discover_migrations(arena, &options, temp_dir_root(directory), &list, &err);
    const char *words = ok ? words_of(arena, &list) : err.message;
    if (*item->expected == '!' ? ok || strstr(words, item->expected + 2) == NULL
                               : !ok || strcmp(words, item->expected) != 0)
        fail_msg("%s: %s%s\nnot: %s", item->what, words, err.hint, item->expected);
    temp_dir_free(directory);
    arena_free(arena);
}

#define CHECK(cases)                                                                               \
    do {                                                                                           \
        for (size_t i = 0; i < sizeof(cases) / sizeof *(cases); i++)                               \
            check(&(cases)[i]);                                                                    \
    } while (0)

static void
dbmate(void **state)
{
    static const Case cases[] = {
        {.what = "two sections, in the order of the names",
         .files = {{"9_b.sql", "-- migrate:up\nB;\n-- migrate:down\nb;\n"},
                   {"10_a.sql", "-- migrate:up\nA;\n"},
                   {"schema.sql", "DUMP;"}},
         .expected = "10_a up@1 [-- migrate:up A;] missing a section \"-- migrate:down\"\n"
                     "9_b up@1 [-- migrate:up B;] down@3 [-- migrate:down b;]\n"         },
        {.what = "options are for one direction",
         .files = {{"1_a.sql", "-- note\n\n--migrate:up   transaction:false\nA;\n"
                               "-- migrate:down\n"}},
         .expected = "1_a up@1 alone [-- note --migrate:up transaction:false A;] "
                     "down@5 [-- migrate:down]\n"                                        },
        {.what = "CRLF",
         .files = {{"1_a.sql",
                    "-- migrate:up\r\nA;\r\n-- migrate:down transaction:false\r\nB;\r\n"}},
         .expected = "1_a up@1 [-- migrate:up A;] "
                     "down@3 alone [-- migrate:down transaction:false B;]\n"             },
        {.what = "several sections",
         .files = {{"1_a.sql", "-- migrate:up\nA;\n-- migrate:down\nb;\n-- migrate:up\nC;\n"
                               "-- migrate:down\nd;\n"}},
         .expected = "1_a up@1 [-- migrate:up A; -- migrate:up C;] "
                     "down@3 [-- migrate:down b; -- migrate:down d;]\n"                  },
        {.what = "its words are in lower case, and nothing clings to them",
         .files = {{"1_a.sql", "-- migrate:up\nA;\n-- Migrate:down\n-- migrate:downwards\n"}},
         .expected = "1_a up@1 [-- migrate:up A; -- Migrate:down -- migrate:downwards]\n"},
        {.what = "a file without sections, and one with too much",
         .files = {{"1_a.sql", "-- migrate:up\nA;\n"},
                   {"2_b.sql", "B;\n"},
                   {"3_c.sql", "C;\n-- migrate:up\n"},
                   {"4_d.sql", ""}},
         .expected = "1_a up@1 [-- migrate:up A;]\n"
                     "2_b up@1 [(has no line \"-- migrate:up\")]\n"
                     "3_c up@1 [(has statements before its first section)]\n"
                     "4_d up@1 [(has no line \"-- migrate:up\")]\n"                      },
        {.what = "the same version twice",
         .files = {{"1_a.sql", "-- migrate:up\nA;\n"}, {"1_b.sql", "-- migrate:up\nB;\n"}},
         .expected = "! 1_b.sql have the same version, 1"                                },
    };
    (void)state;
    CHECK(cases);
}

static void
goose(void **state)
{
    static const Case cases[] = {
        {.what = "ordered by number; any case; statements in their brackets",
         .files = {{"00010_b.sql", "-- +goose UP\nB;\n"},
                   {"00009_a.sql", "-- +goose Up\n-- +goose StatementBegin\nA;\nC;\n"
                                   "-- +goose StatementEnd\n--+goose down\na;\n"},
                   {"seed.sql", "SEED;"}},
         .expected =
             "9_a up@1 [-- +goose Up -- +goose StatementBegin A; C; -- +goose StatementEnd] "
             "down@6 [--+goose down a;]\n"
             "10_b up@1 [-- +goose UP B;] missing a section \"-- +goose Down\"\n"},
        {.what = "no transaction, for both",
         .files = {{"1_a.sql", "-- +goose NO TRANSACTION\n-- +goose Up\nA;\n-- +goose Down\nb;\n"}},
         .expected = "1_a up@1 alone [-- +goose NO TRANSACTION -- +goose Up A;] "
                     "down@4 alone [-- +goose Down b;]\n"                        },
        {.what = "leading zeros make no other version",
         .files = {{"1_a.sql", "-- +goose Up\n"}, {"001_b.sql", "-- +goose Up\n"}},
         .expected = "! have the same version, 1"                                },
    };
    (void)state;
    CHECK(cases);
}

static void
flyway(void **state)
{
    static const Case cases[] = {
        {.what = "parts are numbers; what is repeatable comes last",
         .files = {{"V1.10__c.sql", "C;"},
                   {"V1_2__b.sql", "B;"},
                   {"V1.0__a.sql", "A;"},
                   {"U1.2__b.sql", "b;"},
                   {"R__views.sql", "R;"},
                   {"beforeMigrate.sql", "CALLBACK;"},
                   {"V1_2__b.sql.conf", "executeInTransaction = false\n"}},
         .expected = "1_a up@1 [A;] missing U1.0__a.sql\n"
                     "1.2_b up@1 alone [B;] down@1 [b;]\n"
                     "1.10_c up@1 [C;] missing U1.10__c.sql\n"
                     "R__views up@1 [R;]\n"                         },
        {.what = "a baseline beside what it stands for",
         .files = {{"V1__a.sql", "A;"}, {"B2__all.sql", "AB;"}, {"V2__b.sql", "B;"}},
         .expected = "1_a up@1 [A;]\n2_b up@1 [B;]\n"               },
        {.what = "a baseline alone",
         .files = {{"B2__all.sql", "AB;"}, {"V3__c.sql", "C;"}},
         .expected = "2_all up@1 [AB;]\n3_c up@1 [C;]\n"            },
        {.what = "1 and 1.0 are one version",
         .files = {{"V1__a.sql", "A;"}, {"V1.0__b.sql", "B;"}},
         .expected = "! have the same version, 1"                   },
        {.what = "an undo of nothing",
         .files = {{"V1__a.sql", "A;"}, {"U2__b.sql", "B;"}},
         .expected = "! U2__b.sql has no V file of the same version"},
    };
    (void)state;
    CHECK(cases);
}

static void
sqitch(void **state)
{
    static const Case cases[] = {
        {.what = "the plan says the order; a reworked change has its tag",
         .files = {{"sqitch.plan", "%syntax-version=1.0.0\n%project=shop\n\n"
                                   "users 2026-01-01T00:00:00Z A <a@b> # first\n"
                                   "@v1 2026-01-02T00:00:00Z A <a@b>\n"
                                   "+ tables/a [users] 2026-01-03T00:00:00Z A <a@b>\r\n"
                                   "users [users@v1] 2026-01-04T00:00:00Z A <a@b>\n"},
                   {"deploy/users.sql", "NEW;"},
                   {"deploy/users@v1.sql", "OLD;"},
                   {"revert/users.sql", "new;"},
                   {"deploy/tables/a.sql", "A;"},
                   {"verify/users.sql", "SELECT 1;"}},
         .expected = "users up@1 [OLD;] missing revert/users.sql\n"
                     "tables/a up@1 [A;] missing revert/tables/a.sql\n"
                     "users#2 up@1 [NEW;] down@1 [new;]\n"},
    };
    (void)state;
    CHECK(cases);
}

static void
folders(void **state)
{
    static const Case cases[] = {
        {.what = "Prisma",
         .files = {{"20260102_b/migration.sql", "B;"},
                   {"20260101_a/migration.sql", "A;"},
                   {"migration_lock.toml", "provider = \"postgresql\"\n"}},
         .expected = "20260101_a up@1 [A;]\n20260102_b up@1 [B;]\n"       },
        {.what = "Diesel",
         .files = {{"2026-01-02-000000_b/up.sql", "B;"},
                   {"2026-01-02-000000_b/metadata.toml", "run_in_transaction = false\n"},
                   {"00000000000000_setup/up.sql", "A;"},
                   {"00000000000000_setup/down.sql", "a;"}},
         .expected = "00000000000000_setup up@1 [A;] down@1 [a;]\n"
                     "20260102000000_b up@1 alone [B;] missing down.sql\n"},
        {.what = "Diesel, where fewer digits are no smaller version",
         .files = {{"2026-01-02-000000_a/up.sql", "A;"}, {"2026-02-03-0000-b/up.sql", "B;"}},
         .expected = "20260102000000_a up@1 [A;]\n"
                     "202602030000b up@1 [B;]\n"                          },
    };
    (void)state;
    CHECK(cases);
}

static void
graphile_migrate(void **state)
{
    static const Case cases[] = {
        {.what = "what is committed; the draft is not run",
         .files = {{"committed/000001-first.sql", "--! Previous: -\n--! Hash: sha1:1\n\nA;\n"},
                   {"committed/000002.sql",
                    "--! Previous: sha1:1\n--! Hash: sha1:2\n\n--! no-transaction\nB;\n"},
                   {"current.sql", "-- what comes next\n"},
                   {"afterReset.sql", "RESET;"}},
         .expected = "000001_first up@1 [--! Previous: - --! Hash: sha1:1 A;]\n"
                     "000002 up@1 alone [--! Previous: sha1:1 --! Hash: sha1:2 --! no-transaction "
                     "B;]\n"},
    };
    (void)state;
    CHECK(cases);
}

static void
liquibase(void **state)
{
    static const Case cases[] = {
        {.what = "each changeset is a migration",
         .files = {{"log.sql", "--liquibase formatted sql\n\n"
                               "--changeset ann:1 runInTransaction:false\nA;\n--rollback a;\n\n"
                               "-- changeset \"bob smith\":\"two b\"\nB;\n"
                               "--changeset ann:3\nC;\n--rollback empty\n"}},
         .expected =
             "log.sql::1::ann up@3 alone [--changeset ann:1 runInTransaction:false A; --rollback "
             "a;] down@3 alone [a;]\n"
             "log.sql::two b::bob smith up@7 [-- changeset \"bob smith\":\"two b\" B;] missing "
             "\"--rollback …\" into its changeset\n"
             "log.sql::3::ann up@9 [--changeset ann:3 C; --rollback empty] down@9 []\n"},
        {.what = "for another database, or not at all",
         .files = {{"log.sql", "--liquibase formatted sql\n--changeset a:1 dbms:mysql\nA;\n"
                               "--changeset a:2 dbms:postgresql,h2\nB;\n"
                               "--changeset a:3 dbms:!postgresql\nC;\n"
                               "--changeset a:4 ignore:true\nD;\n"}},
         .expected = "log.sql::2::a up@4 [--changeset a:2 dbms:postgresql,h2 B;]\n"    },
        {.what = "delimiters, and a rollback in a block",
         .files = {{"log.sql", "-- LIQUIBASE formatted SQL\n--changeset a:1 endDelimiter:/\nA /\n"
                               "B\n/\n/* liquibase rollback\nb;\n*/\n"}},
         .expected = "log.sql::1::a up@2 [--changeset a:1 endDelimiter:/ A ; B ; /* liquibase "
                     "rollback b; */] down@2 [b;]\n"                                   },
    };
    (void)state;
    CHECK(cases);
}

static void
numbered(void **state)
{
    static const Case cases[] = {
        {.what = "sqlx",
         .files = {{"10_b.sql", "B;"}, {"9_a.sql", "-- no-transaction\nA;"}},
         .expected = "9_a up@1 alone [-- no-transaction A;]\n10_b up@1 [B;]\n"},
        {.what = "only its first line",
         .files = {{"1_a.sql", "-- note\n-- no-transaction\nA;"}},
         .expected = "1_a up@1 [-- note -- no-transaction A;]\n"},
        {.what = "sqlx both ways",
         .files = {{"1_a.up.sql", "-- no-transaction\nA;"}, {"1_a.down.sql", "a;"}},
         .expected = "1_a up@1 alone [-- no-transaction A;] down@1 [a;]\n"},
        {.what = "sqlx, some both ways: when asked for",
         .layout = "sqlx",
         .files = {{"1_a.up.sql", "A;"}, {"1_a.down.sql", "a;"}, {"2_b.sql", "B;"}},
         .expected = "1_a up@1 [A;] down@1 [a;]\n2_b up@1 [B;] missing 2_b.down.sql\n"},
        {.what = "Atlas; a checkpoint stands for what is before it",
         .files = {{"atlas.sum", "h1:x"},
                   {"1.sql", "A;"},
                   {"2_b.sql", "-- atlas:txmode none\n\nB;"},
                   {"3_all.sql", "-- atlas:checkpoint\n\nAB;"}},
         .expected = "1 up@1 [A;]\n2_b up@1 alone [-- atlas:txmode none B;]\n"},
        {.what = "no tool",
         .files = {{"0002-b.sql", "B;"}, {"0001-a.sql", "A;"}, {"notes.txt", ""}},
         .expected = "0001-a up@1 [A;]\n0002-b up@1 [B;]\n"},
        {.what = "node-pg-migrate",
         .files = {{"1700000000000_a.sql", "-- Up Migration\nA;\n\n---- DOWN migration\na;\n"}},
         .expected = "1700000000000_a up@1 [-- Up Migration A;] down@4 [---- DOWN migration a;]\n"},
        {.what = "pop: one file of several databases",
         .files = {{"20260101000000000001_a.up.sql", "A;"},
                   {"20260101000000000001_a.postgres.up.sql", "P;"},
                   {"20260101000000000001_a.mysql.up.sql", "M;"},
                   {"20260101000000000001_a.down.sql", "a;"},
                   {"20260101000000000002_b.autocommit.up.sql", "B;"},
                   {"20260101000000000003_c.sqlite3.up.sql", "C;"}},
         .expected = "20260101000000000001_a up@1 [P;] down@1 [a;]\n"
                     "20260101000000000002_b up@1 alone [B;] missing "
                     "20260101000000000002_b.down.sql\n"},
    };
    (void)state;
    CHECK(cases);
}

static void
mixtures(void **state)
{
    static const Case cases[] = {
        {.what = "two tools",
         .files = {{"1_a.sql", "-- migrate:up\nA;\n"}, {"2_b.sql", "-- +goose Up\nB;\n"}},
         .expected = "! 2_b.sql as for goose"},
        {.what = "unless somebody says which",
         .layout = "goose",
         .files = {{"1_a.sql", "-- migrate:up\nA;\n"}, {"2_b.sql", "-- +goose Up\nB;\n"}},
         .expected = "1_a up@1 [(has no line \"-- +goose up\")]\n2_b up@1 [-- +goose Up B;]\n"},
        {.what = "ours among Flyway's",
         .files = {{"1_a.up.sql", "A;"}, {"V2__b.sql", "B;"}},
         .expected = "! V2__b.sql as for Flyway"},
        {.what = "atlas.sum beside another tool's files",
         .files = {{"atlas.sum", "h1:x"}, {"1_a.up.sql", "A;"}},
         .expected = "1_a up@1 [A;] missing 1_a.down.sql\n"},
    };
    (void)state;
    CHECK(cases);
}

static void
versions_are_compared_by_their_numbers(void **state)
{
    (void)state;
    assert_true(version_compare("9", "10") < 0);
    assert_true(version_compare("010", "10") == 0);
    assert_true(version_compare("1.2", "1.10") < 0);
    assert_true(version_compare("1", "1.1") < 0);
    assert_true(version_compare("99999999999999999999", "100000000000000000000") < 0);
    assert_true(version_compare("b", "a") > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dbmate),    cmocka_unit_test(goose),
        cmocka_unit_test(flyway),    cmocka_unit_test(sqitch),
        cmocka_unit_test(folders),   cmocka_unit_test(graphile_migrate),
        cmocka_unit_test(liquibase), cmocka_unit_test(numbered),
        cmocka_unit_test(mixtures),  cmocka_unit_test(versions_are_compared_by_their_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
