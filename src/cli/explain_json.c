/* SPDX-License-Identifier: MIT */
#include "cli/explain_report.h"
#include "cli/json.h"

static json_t *
new_object(void)
{
    json_t *object = json_object();
    if (object == NULL)
        abort();
    return object;
}

static void
append(json_t *list, json_t *take_value)
{
    if (json_array_append_new(list, take_value) != 0)
        abort();
}

static void
put_relation(json_t *object, Arena *scratch, QualifiedName relation, RelationKind kind,
             bool existed)
{
    json_put_text(object, "relation", sql_qualified(scratch, relation));
    json_put_text(object, "kind", relation_kind_words(kind));
    json_put_bool(object, "existed", existed);
}

static json_t *
effect_json(Arena *scratch, const LockEffect *effect)
{
    json_t *object = new_object();
    put_relation(object, scratch, effect->relation, effect->kind, effect->existed);
    json_put_text(object, "lock", lock_mode(effect->level));
    json_put_bool(object, "rewrite", effect->rewrites);
    json_put_bool(object, "scan", effect->scans);
    json_put_bool(object, "index_build", effect->builds_index);
    json_put_text(object, "reason", effect->reason);
    return object;
}

static json_t *
statement_json(Arena *scratch, const ExplainedStatement *statement)
{
    json_t *effects = json_array();
    foreach (effect, &statement->effects)
        append(effects, effect_json(scratch, effect));

    json_t *object = new_object();
    json_put_number(object, "statement", (long long)statement->number);
    json_put_number(object, "line", (long long)statement->line);
    json_put_number(object, "end_line", (long long)statement->end_line);
    json_put_text(object, "kind", statement->kind);
    json_put_bool(object, "in_transaction", statement->in_transaction);
    json_put_bool(object, "known", statement->known);
    json_put_text(object, "unknown", statement->unknown);
    json_put_text(object, "error", statement->error);
    json_put(object, "effects", effects);
    return object;
}

static json_t *
held_json(Arena *scratch, const KeptLock *lock)
{
    json_t *object = new_object();
    put_relation(object, scratch, lock->relation, lock->kind, lock->existed);
    json_put_text(object, "lock", lock_mode(lock->level));
    json_put_number(object, "since_statement", (long long)lock->since);
    if (lock->until != 0)
        json_put_number(object, "until_statement", (long long)lock->until);
    return object;
}

static json_t *
transaction_json(Arena *scratch, const ExplainedTransaction *transaction)
{
    json_t *held = json_array();
    foreach (lock, &transaction->held)
        append(held, held_json(scratch, lock));

    json_t *object = new_object();
    json_put_number(object, "first_statement", (long long)transaction->first);
    json_put_number(object, "last_statement", (long long)transaction->last);
    json_put(object, "held", held);
    return object;
}

static json_t *
file_json(Arena *scratch, const ExplainedFile *file)
{
    json_t *statements = json_array();
    foreach (statement, &file->statements)
        append(statements, statement_json(scratch, statement));
    json_t *transactions = json_array();
    foreach (transaction, &file->transactions)
        append(transactions, transaction_json(scratch, transaction));

    json_t *object = new_object();
    json_put_text(object, "file", file->source->path);
    json_put_text(object, "error", file->source->broken);
    json_put(object, "statements", statements);
    json_put(object, "transactions", transactions);
    return object;
}

void
explain_json(FILE *out, const ExplainResult *result)
{
    Arena *scratch = arena_new();
    json_t *files = json_array();
    foreach (file, &result->files) {
        ArenaMark mark = arena_mark(scratch);
        append(files, file_json(scratch, file));
        arena_rewind(scratch, mark);
    }
    json_t *root = json_result();
    json_put_number(root, "pg_version", result->pg_version);
    json_put(root, "files", files);
    json_write(out, root);
    arena_free(scratch);
}
