/* SPDX-License-Identifier: MIT */
/* New partitions, such that no row is read under a lock. */
#include <string.h>

#include "lockstep/recipe.h"
#include "lockstep/slice.h"

/* ---- the bound as a condition */

/* What stands in the parentheses behind the word: "FROM (1)", "TO (10)"; "" where there is none. */
static const char *
value_behind(const LintContext *ctx, const char *clause, const char *word)
{
    const Span all = {0, strlen(clause)};
    const Span rest = slice_after(all, slice_find(clause, all, word));
    const Span group = slice_next(clause, rest);

    if (group.end < group.start + 2)
        return "";
    return slice_text(ctx->arena, clause, (Span){group.start + 1, group.end - 1});
}

static bool
is_plain(const BoundDatumList *data)
{
    foreach (datum, data) {
        if (datum->kind > DATUM_MAXVALUE)
            return false;
    }
    return data->count > 0;
}

static const char *
range_condition(const LintContext *ctx, const char *column, const PartitionBound *bound)
{
    const bool has_from = bound->from.items[0].kind == DATUM_VALUE;
    const bool has_to = bound->to.items[0].kind == DATUM_VALUE;
    Arena *arena = ctx->arena;
    const char *condition = arena_printf(arena, "%s IS NOT NULL", column);

    if (!has_from && !has_to)
        return NULL;
    if (has_from)
        condition = arena_printf(arena, "%s AND %s >= %s", condition, column,
                                 value_behind(ctx, bound->text, "from"));
    if (has_to)
        condition = arena_printf(arena, "%s AND %s < %s", condition, column,
                                 value_behind(ctx, bound->text, "to"));
    return condition;
}

/* NULL where it cannot be written in a few words: several columns, an expression, a hash, NULL
 * among the values. */
static const char *
bound_condition(const LintContext *ctx, const SimRelation *parent, const PartitionBound *bound)
{
    const SplitKey *split = &parent->partition_key;
    if (split->keys.count != 1 || split->keys.items[0].column == NULL || bound->text == NULL ||
        split->strategy != bound->strategy || !is_plain(&bound->from))
        return NULL;

    const char *column = sql_ident(ctx->arena, split->keys.items[0].column);
    if (bound->strategy == SPLIT_LIST)
        return arena_printf(ctx->arena, "%s IS NOT NULL AND %s %s", column, column, bound->text);
    if (bound->strategy == SPLIT_RANGE && bound->from.count == 1 && bound->to.count == 1 &&
        is_plain(&bound->to))
        return range_condition(ctx, column, bound);
    return NULL;
}

/* ---- its proofs */

/* A CHECK for the time of the change. */
typedef struct Proof {
    const char *table;
    const char *name;
} Proof;

typedef LIST(Proof) ProofList;

static bool
works_under_lock(const LockEffect *effect)
{
    return effect->existed && relation_kind_has_rows(effect->kind) &&
           lock_blocks_writes(effect->level) &&
           (effect->scans || effect->rewrites || effect->builds_index);
}

static void
add_proof(const LintContext *ctx, QualifiedName target, const char *condition, ProofList *proofs,
          Rewrite *out)
{
    const char *table = sql_qualified(ctx->arena, target);
    const char *name =
        sql_ident(ctx->arena, recipe_new_name(ctx, target, &(StringList){0}, "bound_check"));

    rewrite_step(out, "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s) NOT VALID;", table, name,
                 condition);
    rewrite_step(out, "ALTER TABLE %s VALIDATE CONSTRAINT %s;", table, name);
    LIST_APPEND(ctx->arena, proofs, (Proof){table, name});
}

static void
drop_proofs(const ProofList *proofs, Rewrite *out)
{
    foreach (proof, proofs)
        rewrite_and(out, "ALTER TABLE %s DROP CONSTRAINT %s;", proof->table, proof->name);
}

/* Proves what the change would read: of the partition `within` that its rows fit, of the other ones
 * (the default partition) that theirs do not. False, with nothing written, where more than that is
 * read. */
static bool
prove_bound(const LintContext *ctx, const QualifiedName *within, const char *condition,
            ProofList *proofs, Rewrite *out)
{
    foreach (effect, &ctx->effects) {
        if (!works_under_lock(effect))
            continue;
        const SimRelation *relation = schema_relation_by_id(ctx->schema, effect->relation_id);
        const bool fits = within != NULL && name_equals(effect->relation, *within);
        const bool is_default = relation != NULL && relation->is_default_partition;
        if (effect->builds_index || effect->rewrites || (!fits && !is_default))
            return false;
    }
    foreach (effect, &ctx->effects) {
        if (!works_under_lock(effect))
            continue;
        const bool fits = within != NULL && name_equals(effect->relation, *within);
        add_proof(ctx, effect->relation,
                  fits ? condition : arena_printf(ctx->arena, "NOT (%s)", condition), proofs, out);
    }
    return true;
}

void
recipe_attach_partition(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const QualifiedName partition = schema_resolve(ctx->schema, op->partition.partition);
    const char *condition =
        ctx->table != NULL ? bound_condition(ctx, ctx->table, &op->partition.bound) : NULL;
    ProofList proofs = {0};

    if (condition == NULL || !prove_bound(ctx, &partition, condition, &proofs, out))
        return;
    rewrite_step(out, "%s;", slice_text(ctx->arena, ctx->source, ctx->statement->span));
    drop_proofs(&proofs, out);
}

/* ---- CREATE TABLE … PARTITION OF */

/* Behind the bound: PARTITION BY, WITH, TABLESPACE. False where columns are written before it. */
static bool
find_tail(const LintContext *ctx, Span *tail)
{
    const char *source = ctx->source;
    const Span all = ctx->statement->span;
    Span rest = slice_after(all, slice_find(source, all, "partition"));
    rest = slice_skip_name(source, slice_after(rest, slice_next(source, rest)));

    Span token = slice_next(source, rest);
    if (!slice_is(source, token, "for")) {
        *tail = slice_after(rest, token);
        return slice_is(source, token, "default");
    }
    rest = slice_after(rest, token);
    rest = slice_after(rest, slice_next(source, rest));
    const Span kind = slice_next(source, rest);
    for (int left = slice_is(source, kind, "from") ? 4 : 2; left > 0; left--)
        rest = slice_after(rest, slice_next(source, rest));
    *tail = rest;
    return true;
}

static const char *
tail_text(const LintContext *ctx, Span tail)
{
    tail = slice_trim(ctx->source, tail);
    return tail.start == tail.end
               ? ""
               : arena_printf(ctx->arena, " %s", slice_text(ctx->arena, ctx->source, tail));
}

/* A table of its own is empty and nobody's yet: attaching it reads nothing and lets the queries on
 * the partitioned table through. */
void
recipe_create_partition(const LintContext *ctx, const Op *op, Rewrite *out)
{
    const SimRelation *parent = schema_find_relation(ctx->schema, op->create_table.partition_of);
    const PartitionBound *bound = &op->create_table.bound;
    const char *condition = parent != NULL ? bound_condition(ctx, parent, bound) : NULL;
    const bool reads_rows = ctx->blocking != NULL;
    ProofList proofs = {0};
    Span tail;

    if (op->if_exists || !find_tail(ctx, &tail) || (reads_rows && condition == NULL) ||
        (reads_rows && !prove_bound(ctx, NULL, condition, &proofs, out)))
        return;
    const char *name = sql_qualified(ctx->arena, op->target);
    const char *above = sql_qualified(ctx->arena, op->create_table.partition_of);
    rewrite_step(out,
                 "CREATE %sTABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING "
                 "GENERATED INCLUDING STORAGE INCLUDING COMPRESSION)%s;",
                 op->create_table.persistence == PERSISTENCE_UNLOGGED ? "UNLOGGED " : "", name,
                 above, tail_text(ctx, tail));
    rewrite_and(out, "ALTER TABLE %s ATTACH PARTITION %s %s%s;", above, name,
                bound->text != NULL ? "FOR VALUES " : "DEFAULT",
                bound->text != NULL ? bound->text : "");
    drop_proofs(&proofs, out);
}
