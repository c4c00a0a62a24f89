/* SPDX-License-Identifier: MIT */
/* CREATE FUNCTION: a body in SQL is analyzed, but not run (pg_proc.c, fmgr_sql_validator). */
#include <string.h>

#include "locks/lock_case.h"

static bool
writes(OpKind kind)
{
    return kind == OP_INSERT || kind == OP_UPDATE || kind == OP_DELETE || kind == OP_MERGE;
}

/* A view's query is put in its place, and what it names is locked with it; what is below a table is
 * only found by the planner. */
static void
add_source(LockCase *c, QualifiedName name, LockFactId fact)
{
    if (name.name == NULL)
        return;
    const SimRelation *view = lock_case_add_named(c, name, RELATION_TABLE, fact);
    if (view == NULL || view->kind != RELATION_VIEW)
        return;
    RelationIdList below = lock_case_sources(c, view);
    lock_case_add_all(c, &below, fact);
}

/* Commands that are no queries are not analyzed. */
static void
add_statement(LockCase *c, const Statement *statement)
{
    static const LockFactId facts[] = {
        [SOURCE_READ] = FACT_create_function_reads,
        [SOURCE_ROWS_LOCKED] = FACT_create_function_locks_rows,
        [SOURCE_CHANGED] = FACT_create_function_writes,
        [SOURCE_ADDED_TO] = FACT_create_function_writes,
    };
    foreach (op, &statement->ops) {
        if (writes(op->kind))
            lock_case_add_named(c, op->target, RELATION_TABLE, FACT_create_function_writes);
        if ((!writes(op->kind) && op->kind != OP_SELECT) || op->data.query == NULL)
            continue;
        foreach (source, &op->data.query->sources)
            add_source(c, source->relation, facts[source->use]);
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
