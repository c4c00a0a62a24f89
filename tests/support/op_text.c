/* SPDX-License-Identifier: MIT */
#include "support/op_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parse/parse.h"
#include "schema/proof.h"
#include "support/test.h"

static const char *const kind_names[] = {
#define OP(constant, words) #constant,
#include "lockstep/op_kinds.def"
#undef OP
};

static void print_name(FILE *out, const char *label, QualifiedName name);
static void print_names(FILE *out, const char *label, const NameList *names);
static void print_strings(FILE *out, const char *label, const StringList *strings);
static void print_type(FILE *out, const SqlType *type);
static void print_expr(FILE *out, const char *label, const SqlExpr *expr);
static void print_constraint(FILE *out, const ConstraintDefinition *constraint);
static void print_constraints(FILE *out, const ConstraintList *constraints);
static void print_column(FILE *out, const ColumnDefinition *column);
static void print_op(FILE *out, const Op *op);
static void print_table(FILE *out, const Op *op);
static void print_split_key(FILE *out, const SplitKey *key);
static void print_index(FILE *out, const Op *op);
static void print_data(FILE *out, const Op *op);
static void print_query(FILE *out, const Op *op, const SqlQuery *query);
static void print_details(FILE *out, const Op *op);
static void print_small_details(FILE *out, const Op *op);
static void print_other_details(FILE *out, const Op *op);
static void print_type_details(FILE *out, const Op *op);
static void print_metadata(FILE *out, const Op *op);

static void
print_word(FILE *out, const char *label, const char *word)
{
    if (word != NULL)
        fprintf(out, " %s%s", label, word);
}

static void
print_flag(FILE *out, const char *label, bool flag)
{
    if (flag)
        fprintf(out, " %s", label);
}

const char *
op_text(Arena *arena, const char *text)
{
    char *buffer = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&buffer, &size);
    const Script *script = parse_script(arena, text, strlen(text));
    const char *between = "";

    foreach (statement, &script->statements) {
        fprintf(out, "%s%s", between, statement->use == TRANSACTION_USE_OUTSIDE ? "! " : "");
        foreach (op, &statement->ops) {
            if (op != statement->ops.items)
                fputs(" | ", out);
            print_op(out, op);
        }
        between = "\n";
    }
    foreach (error, &script->errors) {
        fprintf(out, "%serror at <%.*s>: %s", between, (int)(error->span.end - error->span.start),
                text + error->span.start, error->message);
        between = "\n";
    }
    fclose(out);
    const char *copy = arena_strdup(arena, buffer);
    free(buffer);
    return copy;
}

static void
print_op(FILE *out, const Op *op)
{
    fputs(kind_names[op->kind], out);
    print_name(out, "", op->target);
    print_flag(out, "if-exists", op->if_exists);
    print_flag(out, "only", op->only);
    print_flag(out, "cascade", op->cascade);
    print_flag(out, "concurrently", op->concurrently);
    print_details(out, op);
}

static void
print_details(FILE *out, const Op *op)
{
    switch (op->kind) {
    case OP_CREATE_TABLE:
        print_table(out, op);
        break;
    case OP_CREATE_TABLE_AS:
    case OP_CREATE_VIEW:
    case OP_CREATE_MATERIALIZED_VIEW:
    case OP_REFRESH_MATERIALIZED_VIEW:
        print_flag(out, "temporary", op->create_as.persistence == PERSISTENCE_TEMPORARY);
        print_query(out, op, op->create_as.query);
        print_strings(out, "columns", &op->create_as.columns);
        print_flag(out, "no-data", op->create_as.with_no_data);
        break;
    case OP_ADD_COLUMN:
        print_column(out, &op->add_column);
        break;
    case OP_ADD_CONSTRAINT:
    case OP_ALTER_CONSTRAINT:
        print_constraint(out, &op->add_constraint);
        break;
    case OP_ALTER_COLUMN_TYPE:
        print_word(out, "", op->alter_type.column);
        print_type(out, &op->alter_type.type);
        print_name(out, "collate ", op->alter_type.collation);
        print_expr(out, "using", op->alter_type.using);
        break;
    case OP_CREATE_INDEX:
        print_index(out, op);
        break;
    case OP_SELECT:
    case OP_INSERT:
    case OP_UPDATE:
    case OP_DELETE:
    case OP_MERGE:
    case OP_COPY_FROM:
    case OP_COPY_TO:
        print_data(out, op);
        break;
    case OP_CREATE_DOMAIN:
    case OP_ALTER_DOMAIN:
        print_type(out, &op->domain.base);
        print_flag(out, "not-null", op->domain.not_null);
        print_expr(out, "default", op->domain.default_value);
        print_constraints(out, &op->domain.constraints);
        break;
    default:
        print_small_details(out, op);
        break;
    }
}

static void
print_small_details(FILE *out, const Op *op)
{
    switch (op->kind) {
    case OP_SET_NOT_NULL:
    case OP_DROP_NOT_NULL:
    case OP_SET_DEFAULT:
    case OP_DROP_DEFAULT:
    case OP_SET_EXPRESSION:
    case OP_DROP_EXPRESSION:
    case OP_ADD_IDENTITY:
    case OP_SET_IDENTITY:
    case OP_DROP_IDENTITY:
    case OP_SET_STATISTICS:
    case OP_SET_COLUMN_OPTIONS:
    case OP_SET_STORAGE:
    case OP_SET_COMPRESSION:
    case OP_DROP_COLUMN:
        print_word(out, "", op->column.column);
        print_expr(out, "value", op->column.value);
        break;
    case OP_VALIDATE_CONSTRAINT:
    case OP_DROP_CONSTRAINT:
        print_word(out, "", op->constraint.name);
        break;
    case OP_RENAME_FUNCTION:
        print_word(out, "-> ", op->function.new_name);
        print_word(out, "-> schema ", op->function.new_schema);
        break;
    case OP_RENAME_TABLE:
    case OP_RENAME_COLUMN:
    case OP_RENAME_CONSTRAINT:
    case OP_RENAME_INDEX:
    case OP_RENAME_SCHEMA:
    case OP_RENAME_TYPE:
    case OP_SET_SCHEMA:
        print_word(out, "", op->rename.old_name);
        print_word(out, "-> ", op->rename.new_name);
        print_word(out, "-> schema ", op->rename.new_schema);
        break;
    case OP_ATTACH_PARTITION:
    case OP_DETACH_PARTITION:
    case OP_ATTACH_INDEX:
    case OP_INHERIT:
    case OP_NO_INHERIT:
        print_name(out, "", op->partition.partition);
        print_word(out, "", op->partition.bound.text);
        print_flag(out, "default", op->partition.bound.is_default);
        print_flag(out, "finalize", op->partition.finalize);
        break;
    default:
        print_other_details(out, op);
        break;
    }
}

static void
print_other_details(FILE *out, const Op *op)
{
    switch (op->kind) {
    case OP_REINDEX:
        print_flag(out, "index", op->reindex.is_index);
        break;
    case OP_LOCK_TABLE:
        fprintf(out, " level %d", (int)op->lock_table.level);
        print_flag(out, "nowait", op->lock_table.nowait);
        break;
    case OP_CREATE_SEQUENCE:
    case OP_ALTER_SEQUENCE:
        print_type(out, &op->sequence.type);
        print_name(out, "owned-by ", op->sequence.owned_by);
        print_word(out, "", op->sequence.owned_column);
        print_flag(out, "owned-by-none", op->sequence.owned_by_none);
        print_flag(out, "persistence", op->sequence.sets_persistence);
        break;
    case OP_CREATE_TRIGGER:
    case OP_DROP_TRIGGER:
    case OP_SWITCH_TRIGGER:
    case OP_CREATE_RULE:
    case OP_DROP_RULE:
    case OP_SWITCH_RULE:
    case OP_CREATE_POLICY:
    case OP_ALTER_POLICY:
    case OP_DROP_POLICY:
    case OP_ALTER_TRIGGER:
    case OP_ALTER_RULE:
    case OP_DEPENDS_ON_EXTENSION:
    case OP_CLUSTER:
    case OP_CLUSTER_ON:
    case OP_REPLICA_IDENTITY:
        print_word(out, "", op->attached.name);
        break;
    case OP_SET_INDEX_VALIDITY:
        print_flag(out, "valid", op->index_state.valid);
        break;
    case OP_SET_SESSION_DEFAULT:
    case OP_SET_VARIABLE:
        print_word(out, "", op->set.name);
        print_strings(out, "=", &op->set.values);
        print_flag(out, "local", op->set.is_local);
        print_flag(out, "reset", op->set.is_reset);
        break;
    case OP_SET_CONSTRAINTS:
        print_flag(out, "deferred", op->set_constraints.deferred);
        print_strings(out, "", &op->set_constraints.names);
        break;
    case OP_TRANSACTION:
        fprintf(out, " %d", (int)op->transaction.control);
        print_word(out, "", op->transaction.savepoint);
        break;
    case OP_VACUUM:
        print_flag(out, "full", op->vacuum.full);
        break;
    default:
        print_type_details(out, op);
        break;
    }
}

static void
print_type_details(FILE *out, const Op *op)
{
    static const char *const volatilities[] = {"volatile", "stable", "immutable", "unknown"};

    switch (op->kind) {
    case OP_CREATE_TYPE:
    case OP_ALTER_ATTRIBUTE:
        foreach (attribute, &op->composite.attributes) {
            print_word(out, "", attribute->name);
            print_type(out, &attribute->type);
        }
        print_word(out, "old: ", op->composite.attribute);
        print_word(out, "new: ", op->composite.new_name);
        break;
    case OP_OF_TYPE:
        print_name(out, "of ", op->of_type.type);
        break;
    case OP_CREATE_ENUM:
    case OP_ADD_ENUM_VALUE:
    case OP_RENAME_ENUM_VALUE:
        print_strings(out, "values", &op->enumeration.values);
        print_word(out, "other: ", op->enumeration.other);
        break;
    case OP_CREATE_FUNCTION:
    case OP_DO_BLOCK:
        fprintf(out, " %s", volatilities[op->function.volatility]);
        print_word(out, "", op->function.language);
        print_word(out, "body: ", op->function.body);
        break;
    default:
        print_metadata(out, op);
        break;
    }
}

static void
print_options(FILE *out, const Op *op)
{
    print_flag(out, "reset", op->storage.is_reset);
    foreach (option, &op->storage.options) {
        fprintf(out, " %s%s%s", option->name_space != NULL ? option->name_space : "",
                option->name_space != NULL ? "." : "", option->name);
        print_word(out, "= ", option->value);
    }
}

static void
print_metadata(FILE *out, const Op *op)
{
    static const char *const actions[] = {"create", "add", "set", "drop-tables", "drop"};

    switch (op->kind) {
    case OP_SET_OWNER:
    case OP_SET_TABLESPACE:
    case OP_SET_ACCESS_METHOD:
        print_word(out, "", op->assigned.name);
        break;
    case OP_SET_TABLE_OPTIONS:
    case OP_SET_INDEX_OPTIONS:
        print_options(out, op);
        break;
    case OP_MOVE_ALL:
        print_word(out, relation_kind_words(op->move_all.kind), "");
        print_word(out, "", op->move_all.from);
        print_word(out, "-> ", op->move_all.to);
        print_strings(out, "owners", &op->move_all.owners);
        break;
    case OP_DROP_OWNED:
    case OP_REASSIGN_OWNED:
        print_strings(out, "", &op->owned.roles);
        print_word(out, "-> ", op->owned.new_owner);
        break;
    case OP_PUBLICATION:
        print_word(out, "", actions[op->publication.action]);
        print_names(out, "", &op->publication.tables);
        print_names(out, "only", &op->publication.only);
        break;
    case OP_IMPORT_FOREIGN:
    case OP_CREATE_WRAPPER:
    case OP_CREATE_SERVER:
        print_word(out, "", op->foreign.of);
        print_flag(out, "handler", op->foreign.has_handler);
        break;
    case OP_COMMENT:
    case OP_EXTENSION_MEMBER:
        print_word(out, "", op->about.name);
        break;
    case OP_GRANT:
        print_flag(out, "on-sequence", op->grant.on_sequence);
        print_strings(out, "columns", &op->grant.columns);
        print_word(out, "of-other ", op->grant.of_other);
        break;
    case OP_CREATE_STATISTICS:
        print_word(out, "", op->statistics.name);
        break;
    case OP_TRUNCATE:
        print_flag(out, "restarts", op->truncate.restarts);
        break;
    default:
        break;
    }
}

static void
print_table(FILE *out, const Op *op)
{
    print_flag(out, "temporary", op->create_table.persistence == PERSISTENCE_TEMPORARY);
    print_flag(out, "unlogged", op->create_table.persistence == PERSISTENCE_UNLOGGED);
    print_flag(out, "foreign", op->create_table.is_foreign);
    print_names(out, "inherits", &op->create_table.inherits);
    print_names(out, "like", &op->create_table.like);
    print_flag(out, "like-indexes", op->create_table.like_indexes);
    print_name(out, "partition-of ", op->create_table.partition_of);
    print_word(out, "", op->create_table.bound.text);
    print_flag(out, "default", op->create_table.bound.is_default);
    print_name(out, "of ", op->create_table.of_type);
    print_flag(out, "partitioned", op->create_table.is_partitioned);
    print_split_key(out, &op->create_table.partition_key);
    foreach (column, &op->create_table.columns) {
        fputs(column == op->create_table.columns.items ? ":" : ",", out);
        print_column(out, column);
    }
    print_constraints(out, &op->create_table.constraints);
}

static void
print_column(FILE *out, const ColumnDefinition *column)
{
    static const char *const generated[] = {"", "identity-always", "identity-by-default", "stored",
                                            "virtual"};

    fprintf(out, " %s", column->name);
    print_type(out, &column->type);
    print_name(out, "collate ", column->collation);
    print_flag(out, "not-null", column->not_null);
    print_expr(out, "default", column->default_value);
    print_flag(out, generated[column->generated], column->generated != GENERATED_NOT);
    print_expr(out, "as", column->generated_as);
    print_constraints(out, &column->constraints);
}

static void
print_constraints(FILE *out, const ConstraintList *constraints)
{
    foreach (constraint, constraints) {
        fputs(" [", out);
        print_constraint(out, constraint);
        fputs(" ]", out);
    }
}

static void
print_constraint(FILE *out, const ConstraintDefinition *constraint)
{
    static const char *const kinds[] = {"check",       "not-null",    "unique",
                                        "primary-key", "foreign-key", "exclude"};

    print_word(out, "", kinds[constraint->kind]);
    print_word(out, "named ", constraint->name);
    print_strings(out, "", &constraint->columns);
    print_expr(out, "", constraint->expression);
    print_name(out, "-> ", constraint->referenced);
    print_strings(out, "", &constraint->referenced_columns);
    print_word(out, "using ", constraint->using_index);
    print_strings(out, "including", &constraint->including);
    print_flag(out, "not-valid", constraint->not_valid);
    print_flag(out, "not-enforced", constraint->not_enforced);
    print_flag(out, "no-inherit", constraint->no_inherit);
    print_flag(out, "deferrable", constraint->deferrable);
    print_flag(out, "deferred", constraint->initially_deferred);
    print_flag(out, "nulls-not-distinct", constraint->nulls_not_distinct);
    print_flag(out, "without-overlaps", constraint->without_overlaps);
}

static void
print_split_key(FILE *out, const SplitKey *key)
{
    static const char *const strategies[] = {
        [SPLIT_RANGE] = "range", [SPLIT_LIST] = "list", [SPLIT_HASH] = "hash"};

    if (key->keys.count == 0)
        return;
    fprintf(out, " by-%s(", strategies[key->strategy]);
    foreach (part, &key->keys)
        fprintf(out, "%s%s", part == key->keys.items ? "" : " ",
                part->column != NULL ? part->column : part->expression->text);
    fputc(')', out);
}

static void
print_index(FILE *out, const Op *op)
{
    print_word(out, "named ", op->create_index.name);
    print_flag(out, "unique", op->create_index.unique);
    print_word(out, "", op->create_index.method);
    foreach (key, &op->create_index.keys) {
        fputs(" (", out);
        print_word(out, "", key->column);
        print_expr(out, "", key->expression);
        print_name(out, "collate ", key->collation);
        print_name(out, "class ", key->opclass);
        print_flag(out, "desc", key->descending);
        print_flag(out, "nulls-first", key->nulls_first);
        fputs(" )", out);
    }
    print_strings(out, "including", &op->create_index.including);
    print_flag(out, "nulls-not-distinct", op->create_index.nulls_not_distinct);
    print_expr(out, "where", op->create_index.predicate);
}

/* The relations of a query by what is done to them; the operation's own target stands before. */
static void
print_query(FILE *out, const Op *op, const SqlQuery *query)
{
    static const char *const labels[] = {"reads", "locks", "changes", "adds-to"};

    for (int use = SOURCE_READ; query != NULL && use <= SOURCE_ADDED_TO; use++) {
        QualifiedName names[16];
        NameList list = {names, 0, 16};
        foreach (source, &query->sources) {
            bool is_target = source->level == 0 && use >= SOURCE_CHANGED && op->target.name != NULL;
            bool is_known = source->relation.name == NULL || (int)source->use != use || is_target;
            foreach (name, &list)
                is_known |= name_equals(*name, source->relation);
            if (!is_known && list.count < 16)
                names[list.count++] = source->relation;
        }
        print_names(out, labels[use], &list);
    }
}

static void
print_data(FILE *out, const Op *op)
{
    print_query(out, op, op->data.query);
    print_names(out, "calls", &op->data.functions);
    print_flag(out, "where", op->data.has_where);
    print_flag(out, "from-stdin", op->data.from_stdin);
    print_flag(out, "planned", op->data.phase == DATA_IS_PLANNED);
    print_flag(out, "named", op->data.phase == DATA_IS_NAMED);
}

static void
print_name(FILE *out, const char *label, QualifiedName name)
{
    if (name.name == NULL && name.schema == NULL)
        return;
    fprintf(out, " %s", label);
    if (name.schema != NULL)
        fprintf(out, "%s.", name.schema);
    fputs(name.name == NULL ? "*" : name.name, out);
}

static void
print_names(FILE *out, const char *label, const NameList *names)
{
    if (names->count == 0)
        return;
    fprintf(out, " %s(", label);
    foreach (name, names) {
        if (name != names->items)
            fputc(' ', out);
        if (name->schema != NULL)
            fprintf(out, "%s.", name->schema);
        fputs(name->name, out);
    }
    fputc(')', out);
}

static void
print_strings(FILE *out, const char *label, const StringList *strings)
{
    if (strings->count == 0)
        return;
    fprintf(out, " %s(", label);
    foreach (string, strings)
        fprintf(out, "%s%s", string == strings->items ? "" : " ", *string);
    fputc(')', out);
}

static void
print_type(FILE *out, const SqlType *type)
{
    if (type->name.name == NULL)
        return;
    print_name(out, "", type->name);
    for (int i = 0; i < type->modifier_count; i++)
        fprintf(out, "/%d", type->modifiers[i]);
    print_flag(out, "modifiers-unknown", !type->modifiers_known);
    for (int i = 0; i < type->array_dimensions; i++)
        fputs("[]", out);
    print_flag(out, "setof", type->is_set);
}

static void
print_proofs(FILE *out, const SqlExpr *expr)
{
    const char *before = " ; proves(";
    foreach (column, &expr->columns) {
        if (!proof_of_not_null_in(expr, *column))
            continue;
        fprintf(out, "%s%s", before, *column);
        before = " ";
    }
    if (*before == ' ' && before[1] == '\0')
        fputc(')', out);
}

static void
print_expr(FILE *out, const char *label, const SqlExpr *expr)
{
    if (expr == NULL)
        return;
    fprintf(out, " %s{%s", label, expr->text);
    print_flag(out, "; null", expr->is_null_constant);
    print_flag(out, "; constant", expr->is_constant);
    print_flag(out, "; subquery", expr->has_subquery);
    print_strings(out, "; columns", &expr->columns);
    print_names(out, "; calls", &expr->functions);
    foreach (cast, &expr->casts) {
        fputs("; cast", out);
        print_type(out, cast);
    }
    print_proofs(out, expr);
    fputc('}', out);
}

/* ---- spans */

static void
print_span(FILE *out, const char *text, Span span)
{
    if (ftell(out) > 0)
        fputs(" | ", out);
    fprintf(out, "%.*s", (int)(span.end - span.start), text + span.start);
}

static void
print_constraint_spans(FILE *out, const char *text, const ConstraintDefinition *constraint)
{
    print_span(out, text, constraint->span);
    if (constraint->expression != NULL)
        print_span(out, text, constraint->expression->span);
}

static void
print_column_spans(FILE *out, const char *text, const ColumnDefinition *column)
{
    print_span(out, text, column->span);
    if (column->default_value != NULL)
        print_span(out, text, column->default_value->span);
    if (column->generated_as != NULL)
        print_span(out, text, column->generated_as->span);
    foreach (constraint, &column->constraints)
        print_constraint_spans(out, text, constraint);
}

void
op_check_cases(const OpCase *cases, size_t count)
{
    Arena *arena = arena_new();

    for (size_t i = 0; i < count; i++) {
        const char *found = op_text(arena, cases[i].sql);
        if (strcmp(found, cases[i].expected) != 0)
            print_error("%s\n", cases[i].sql);
        assert_string_equal(found, cases[i].expected);
    }
    arena_free(arena);
}

const char *
op_spans(Arena *arena, const char *text)
{
    char *buffer = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&buffer, &size);
    const Script *script = parse_script(arena, text, strlen(text));

    foreach (statement, &script->statements) {
        foreach (op, &statement->ops) {
            print_span(out, text, op->span);
            if (op->kind == OP_ADD_COLUMN)
                print_column_spans(out, text, &op->add_column);
            if (op->kind == OP_ADD_CONSTRAINT)
                print_constraint_spans(out, text, &op->add_constraint);
            if (op->kind != OP_CREATE_TABLE)
                continue;
            foreach (column, &op->create_table.columns)
                print_column_spans(out, text, column);
            foreach (constraint, &op->create_table.constraints)
                print_constraint_spans(out, text, constraint);
        }
    }
    fclose(out);
    const char *copy = arena_strdup(arena, buffer);
    free(buffer);
    return copy;
}

static void
print_code(FILE *out, const char *text, const Code *code)
{
    foreach (inner, &code->statements) {
        foreach (op, &inner->statement.ops) {
            fprintf(out, "%s%s", op == inner->statement.ops.items ? "" : " | ",
                    op->guarded ? "? " : "");
            print_op(out, op);
        }
        if (code->text == NULL)
            fprintf(out, " {%.*s}", (int)(inner->place.end - inner->place.start),
                    text + inner->place.start);
        fprintf(out, "\n");
    }
    if (code->unknown != NULL)
        fprintf(out, "unknown: %s\n", code->unknown);
}

const char *
op_code(Arena *arena, const char *text)
{
    char *buffer = NULL;
    size_t size = 0;
    const Script *script = parse_script(arena, text, strlen(text));

    if (script->errors.count > 0)
        return arena_printf(arena, "error: %s", script->errors.items[0].message);
    const Op *op = &script->statements.items[0].ops.items[0];
    const Code *code = op->function.code;
    if (code == NULL)
        code = parse_code(arena, op->function.language, op->function.body);
    if (code == NULL)
        return "not read";
    FILE *out = open_memstream(&buffer, &size);
    print_code(out, text, code);
    fclose(out);
    const char *copy = arena_strdup(arena, buffer);
    free(buffer);
    return copy;
}
