/* SPDX-License-Identifier: MIT */
#include "support/fault_files.h"

/* A trace has no key: whatever is done twice leaves a row too many. */
const FaultFile fault_files[] = {
    {"V1__base.sql",       "CREATE TABLE public.trace (what text);\n"
                     "CREATE SCHEMA app;\n"
                     "CREATE TYPE app.mood AS ENUM ('good', 'bad');\n"
                     "CREATE TABLE app.orders (id int PRIMARY KEY, customer int, note text);\n"
                     "CREATE TABLE app.items (id int PRIMARY KEY, order_id int, mood app.mood);\n"
                     "CREATE TABLE app.log (at date NOT NULL, what text) PARTITION BY RANGE (at);\n"
                     "CREATE TABLE app.log_1 PARTITION OF app.log\n"
                     "    FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');\n"
                     "CREATE TABLE app.log_2 PARTITION OF app.log\n"
                     "    FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');\n"
                     "INSERT INTO public.trace VALUES ('1');\n"                     },
    {"V2__copy.sql",       "COPY app.orders FROM stdin;\n1\t10\tone\n2\t20\ttwo\n3\t30\t\\N\n\\.\n"
                     "INSERT INTO app.log VALUES ('2026-01-05', 'a'), ('2026-02-05', 'b');\n"
                     "COPY public.trace FROM stdin;\n2\n\\.\n"                      },
    {"V3__index.sql",      "CREATE INDEX CONCURRENTLY by_customer ON app.orders (customer);\n"          },
    {"U3__index.sql",      "DROP INDEX CONCURRENTLY app.by_customer;\n"
                      "INSERT INTO public.trace VALUES ('u3');\n"                  },
    {"V4__unnamed.sql",    "INSERT INTO public.trace VALUES ('4a');\n"
                        "CREATE INDEX CONCURRENTLY ON app.orders (note);\n"
                        "INSERT INTO public.trace VALUES ('4b');\n"              },
    {"U4__unnamed.sql",    "DROP INDEX CONCURRENTLY app.orders_note_idx;\n"                             },
    {"V5__mixed.sql",      "INSERT INTO public.trace VALUES ('5a');\n"
                      "CREATE UNIQUE INDEX CONCURRENTLY by_note ON app.orders (note, id);\n"
                      "INSERT INTO public.trace VALUES ('5b');\n"
                      "CREATE INDEX CONCURRENTLY by_order ON app.items (order_id);\n"
                      "ALTER TABLE app.orders ADD COLUMN rank int NOT NULL DEFAULT 5;\n"
                      "INSERT INTO public.trace VALUES ('5c');\n"                  },
    {"U5__mixed.sql",      "ALTER TABLE app.orders DROP COLUMN rank;\n"
                      "DROP INDEX CONCURRENTLY app.by_order;\n"
                      "INSERT INTO public.trace VALUES ('u5');\n"
                      "DROP INDEX CONCURRENTLY app.by_note;\n"                     },
    {"V6__alone.sql",      "-- lockstep: no-transaction\n"
                      "ALTER TABLE app.orders ADD COLUMN extra text;\n"
                      "INSERT INTO public.trace VALUES ('6');\n"
                      "VACUUM app.orders;\n"
                      "UPDATE app.orders SET extra = coalesce(extra, '') || 'x';\n"},
    {"U6__alone.sql",      "-- lockstep: no-transaction\n"
                      "VACUUM ANALYZE app.orders;\n"
                      "ALTER TABLE app.orders DROP COLUMN extra;\n"                },
    {"V7__enum.sql",       "ALTER TYPE app.mood ADD VALUE 'new';\n"
                     "INSERT INTO public.trace VALUES ('7');\n"                     },
    {"V8__constraint.sql",
     "INSERT INTO app.items SELECT n, 1 + n % 3, 'good' FROM generate_series(1, 50) AS n;\n"
     "ALTER TABLE app.items ADD CONSTRAINT items_order FOREIGN KEY (order_id)\n"
     "    REFERENCES app.orders (id) NOT VALID;\n"
     "ALTER TABLE app.items ADD CONSTRAINT small CHECK (id < 1000) NOT VALID;\n"                        },
    {"U8__constraint.sql", "ALTER TABLE app.items DROP CONSTRAINT small;\n"
                           "ALTER TABLE app.items DROP CONSTRAINT items_order;\n"
                           "DELETE FROM app.items;\n"                         },
    {"V9__validate.sql",   "ALTER TABLE app.items VALIDATE CONSTRAINT items_order;\n"
                         "ALTER TABLE app.items VALIDATE CONSTRAINT small;\n"
                         "INSERT INTO public.trace VALUES ('9');\n"             },
    {"U9__validate.sql",   "INSERT INTO public.trace VALUES ('u9');\n"                                  },
    {"V10__deferred.sql",  "CREATE TABLE app.child (id int PRIMARY KEY, parent int REFERENCES\n"
                          "    app.orders DEFERRABLE INITIALLY DEFERRED);\n"
                          "INSERT INTO app.child VALUES (1, 77);\n"
                          "INSERT INTO app.orders VALUES (77, 7, 'late');\n"
                          "INSERT INTO public.trace VALUES ('10');\n"          },
    {"U10__deferred.sql",  "DROP TABLE app.child;\nDELETE FROM app.orders WHERE id = 77;\n"             },
    {"V11__session.sql",   "INSERT INTO public.trace VALUES ('11');\n"
                         "CREATE FUNCTION app.twice(x int) RETURNS int LANGUAGE sql\n"
                         "    BEGIN ATOMIC SELECT x * 2; END;\n"
                         "SET search_path TO app;\n"
                         "SET standard_conforming_strings TO off;\n"
                         "SET default_transaction_read_only TO on;\n"
                         "SET ROLE pg_monitor;\n"                               },
    {"U11__session.sql",   "DROP FUNCTION app.twice(int);\nSET ROLE pg_monitor;\n"                      },
    {"V12__reindex.sql",   "INSERT INTO trace VALUES ('12a');\n"
                         "REINDEX INDEX CONCURRENTLY app.by_customer;\n"
                         "REINDEX TABLE CONCURRENTLY app.orders;\n"
                         "INSERT INTO trace VALUES ('12b');\n"                  },
    {"U12__reindex.sql",   "REINDEX (VERBOSE) INDEX CONCURRENTLY app.by_customer;\n"                    },
    {"V13__detach.sql",    "ALTER TABLE app.log DETACH PARTITION app.log_1 CONCURRENTLY;\n"
                        "INSERT INTO trace VALUES ('13');\n"                     },
    {"U13__detach.sql",    "ALTER TABLE app.log ATTACH PARTITION app.log_1\n"
                        "    FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');\n"
                        "INSERT INTO trace VALUES ('u13');\n"                    },
    {"V14__drop.sql",      "DROP INDEX CONCURRENTLY app.by_customer;\n"
                      "INSERT INTO trace VALUES ('14');\n"                         },
    {"U14__drop.sql",      "INSERT INTO trace VALUES ('u14a');\n"
                      "CREATE INDEX CONCURRENTLY by_customer ON app.orders (customer);\n"
                      "INSERT INTO trace VALUES ('u14b');\n"                       },
    {"R__totals.sql",      "CREATE OR REPLACE VIEW app.totals AS SELECT count(*) AS n FROM app.orders;\n"
                      "INSERT INTO public.trace VALUES ('R');\n"                   },
};

const size_t fault_file_count = sizeof fault_files / sizeof fault_files[0];

const char fault_digest_query[] =
    "SELECT string_agg(line, E'\\n' ORDER BY line COLLATE \"C\") FROM ("
    "SELECT format('relation %s %s', c.oid::regclass, c.relkind) AS line FROM pg_class AS c "
    "WHERE c.relnamespace::regnamespace::text IN ('app', 'public') "
    "UNION ALL SELECT format('column %s %s %s %s %s', a.attrelid::regclass, a.attname, a.atttypid"
    "::regtype, a.attnotnull, a.atthasdef) FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = "
    "a.attrelid WHERE c.relnamespace::regnamespace::text IN ('app', 'public') AND a.attnum > 0 "
    "AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v') "
    "UNION ALL SELECT format('index %s %s %s', pg_get_indexdef(indexrelid), indisvalid, "
    "indisready) FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid WHERE "
    "c.relnamespace::regnamespace::text IN ('app', 'public') "
    "UNION ALL SELECT format('constraint %s %s %s %s', conrelid::regclass, conname, "
    "pg_get_constraintdef(oid), convalidated) FROM pg_constraint WHERE "
    "connamespace::regnamespace::text IN ('app', 'public') "
    "UNION ALL SELECT format('partition %s %s %s', inhrelid::regclass, inhparent::regclass, "
    "inhdetachpending) FROM pg_inherits "
    "UNION ALL SELECT format('label %s', enumlabel) FROM pg_enum "
    "UNION ALL SELECT format('function %s', oid::regprocedure) FROM pg_proc WHERE "
    "pronamespace::regnamespace::text IN ('app', 'public') "
    "UNION ALL SELECT format('trace %s', t) FROM public.trace AS t "
    "UNION ALL SELECT format('orders %s', t) FROM app.orders AS t "
    "UNION ALL SELECT format('items %s', t) FROM app.items AS t "
    "UNION ALL SELECT format('log %s', t) FROM app.log AS t "
    "UNION ALL SELECT format('log_1 %s', t) FROM app.log_1 AS t "
    "UNION ALL SELECT format('done %s %s %s', version, direction, count(*)) FROM "
    "lockstep.history WHERE outcome = 'done' GROUP BY version, direction "
    "UNION ALL SELECT format('step %s %s %s %s', version, direction, position, state) FROM "
    "lockstep.step WHERE state <> 'failed' "
    "UNION ALL SELECT format('lock %s', pid) FROM pg_locks WHERE locktype = 'advisory' AND "
    "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    ") AS lines";
