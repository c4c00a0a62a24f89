/* SPDX-License-Identifier: MIT */
/* CREATE FUNCTION: a body in SQL is analyzed, but not run (pg_proc.c, fmgr_sql_validator). */
#include <string.h>

#include "locks/lock_case.h"

/* A view's query is put in its place, and what it names is locked with it; what is below a table is
 * only found by the planner. */
static void
add_names(LockCase *c, const NameList *names, LockFactId fact)
{
    foreach (name, names) {
        lock_case_add_named(c, *name, RELATION_TABLE, fact);
        const SimRelation *view = schema_find_relation(c->schema, *name);
        if (view == NULL || view->kind != RELATION_VIEW)
            continue;
        RelationIdList sources = lock_case_sources(c, view);
        lock_case_add_all(c, &sources, FACT_create_function_reads);
    }
}

static bool
writes(OpKind kind)
{
    return kind == OP_INSERT || kind == OP_UPDATE || kind == OP_DELETE || kind == OP_MERGE;
}

/* Commands that are no queries are not analyzed. */
static void
add_statement(LockCase *c, const Statement *statement)
{
    foreach (op, &statement->ops) {
        bool reads_for_update = op->kind == OP_SELECT && op->data.locks_rows;
        if (writes(op->kind))
            lock_case_add_named(c, op->target, RELATION_TABLE, FACT_create_function_writes);
        if (writes(op->kind) || op->kind == OP_SELECT)
            add_names(c, &op->data.reads,
                      reads_for_update ? FACT_create_function_locks_rows
                                       : FACT_create_function_reads);
    }
}

void
judge_create_function(LockCase *c, const SimRelation *table)
{
    const char *checks = schema_setting(c->schema, "check_function_bodies");
    const Code *code = c->op->function.code;
    (void)table;
    bool unchecked = checks != NULL && (strcmp(checks, "off") == 0 || strcmp(checks, "false") == 0);
    if (code == NULL || (unchecked && !c->op->function.is_atomic))
        return;
    foreach (inner, &code->statements)
        add_statement(c, &inner->statement);
}
