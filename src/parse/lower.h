/* SPDX-License-Identifier: MIT */
/* From raw trees to operations, statement by statement. Private to this folder. */
#ifndef LOCKSTEP_PARSE_LOWER_H
#define LOCKSTEP_PARSE_LOWER_H

#include "node.h"
#include "parse.h"

/* A prepared statement or a cursor. */
typedef struct Prepared {
    const char *name;
    bool is_cursor;
    OpList ops; /* what running it does */
} Prepared;

typedef LIST(Prepared) PreparedList;

/* What every lowering function works on. */
typedef struct Lower {
    Arena *arena;         /* of the script */
    Arena *scratch;       /* dead after the statement */
    const char *text;     /* the whole text, with blanks where it is not SQL */
    char *own_text;       /* the same, to be written in; NULL where it has no dollar sign */
    size_t base;          /* where in `text` the piece begins that node locations count from */
    Statement *statement; /* receives operations */
    const struct WalkScope *scope; /* WITH names around the node at hand, or NULL */
    ParseDepth depth;
    int code_depth;         /* blocks of code around the statement */
    PreparedList *prepared; /* by the statements before, of the same text */
    bool *adds_labels;      /* the text has added a value to an enum; NULL: nobody asks */
} Lower;

/* Fills in statement->kind, ->ops, ->use and ->outside_why. statement->span is set. */
void lower_statement(Lower *lower, Node *node);

/* Adds the operations of one node, which may stand inside of a statement (CREATE SCHEMA). */
void lower_node(Lower *lower, Node *node);

/* Adds an operation of this kind that spans the statement; it may move when the next is added. */
Op *lower_new_op(Lower *lower, OpKind kind);

/* The same made aside, where it may turn out that there is none. */
Op lower_op(const Lower *lower, OpKind kind);
void lower_add(Lower *lower, const Op *op);

/* Adds an operation of this kind without or with a target. */
void lower_add_plain(Lower *lower, OpKind kind);
void lower_add_on(Lower *lower, OpKind kind, const RangeVar *relation);

/* The server refuses this statement inside a transaction block; `why` are its words in the refusal.
 */
void lower_outside(Lower *lower, const char *why);

/* A node's location as an offset of the text; the statement's start where the node has none. */
size_t lower_offset(const Lower *lower, int location);

/* ---- lower_expr.c */

/* `span` is where the expression stands, blanks trimmed. NULL gives NULL. */
const SqlExpr *lower_expression(Lower *lower, const Node *node, Span span);
SqlType lower_type(Lower *lower, const TypeName *type);

/* ---- lower_limit.c */

/* An integer or string literal, with a sign or a cast; without a text for anything else. */
SqlValue lower_value(Lower *lower, const Node *node);
/* `span`: the element in its list, with all that it says. */
IndexKey lower_index_key(Lower *lower, const IndexElem *element, Span span);
void lower_bound_values(Lower *lower, const PartitionBoundSpec *bound, PartitionBound *out);

/* ---- lower_formula.c */

/* The expression with its formula. */
const SqlExpr *lower_expression_formula(Lower *lower, const Node *node, Span span);

/* ---- lower_constraint.c */

/*
 * The constraint as written. `column` is the one that it stands in, or NULL; `span` is where it
 * stands, with its attributes (DEFERRABLE …), which for a constraint in a column are applied by
 * lower_constraint_attribute().
 */
ConstraintDefinition lower_constraint(Lower *lower, const Constraint *constraint,
                                      const char *column, Span span);
bool lower_is_attribute(const Constraint *constraint);
void lower_constraint_attribute(const Constraint *attribute, ConstraintDefinition *out);

/* Where the constraint at this place of a column's or domain's list ends: at the next one that is
 * not its attribute, or at `end`. */
Span lower_constraint_span(const Lower *lower, const List *constraints, int at,
                           const CollateClause *collation, size_t end);

/* What the list says about a column: NOT NULL, DEFAULT, GENERATED and all others. `end` is where
 * the column's definition ends. */
void lower_column_constraints(Lower *lower, const ColumnDef *column, size_t end,
                              ColumnDefinition *out);

/* The expression of DEFAULT, given where this constraint stands. */
const SqlExpr *lower_default(Lower *lower, const Constraint *constraint, Span span);

/* ---- lower_table.c */

ColumnDefinition lower_column(Lower *lower, const ColumnDef *column, Span span);
PartitionBound lower_partition_bound(Lower *lower, const PartitionBoundSpec *bound);

/* ---- lower_composite.c */

/* ALTER TYPE … ADD, DROP or ALTER ATTRIBUTE, and RENAME. */
void lower_attributes(Lower *lower, const AlterTableStmt *alter);
void lower_rename_attribute(Lower *lower, const RenameStmt *rename);
void lower_rename_domain_constraint(Lower *lower, const RenameStmt *rename);

/* ---- lower_extent.c: which rows an UPDATE or DELETE, or an INSERT, touches */
void lower_extent(Lower *lower, Node *node, Op *op);
void lower_extent_of_insert(Lower *lower, const InsertStmt *insert, Op *op);

/* ---- lower_data.c */

/* An operation for each INSERT, UPDATE, DELETE and MERGE within the WITH of the query. */
void lower_with_writes(Lower *lower, Node *query);

/* ---- lower_catalog.c */

/* What an UPDATE of a catalog means for the schema, behind the operation of the UPDATE itself. */
void lower_catalog_update(Lower *lower, const UpdateStmt *update);

/* ---- lower_session.c */

/* A name that stands in a string, as regclass and search_path read it: folded unless it is quoted
 * (varlena.c, textToQualifiedNameList). */
QualifiedName lower_written_name(Arena *arena, const char *text);

/* ---- lower_query.c */

/*
 * The query of a statement; NULL where it names no relation but the target of an INSERT. What it
 * calls goes to `functions` and `sequences`, which may be NULL. `keeps_result`: others will read
 * its result.
 */
const SqlQuery *lower_query(Lower *lower, Node *query, bool keeps_result, NameList *functions,
                            SequenceUseList *sequences);

/* The same of a query that reads or writes rows, of which PARSE_SCHEMA asks what it calls: then
 * NULL. */
const SqlQuery *lower_query_of_rows(Lower *lower, Node *query, bool keeps_result,
                                    NameList *functions, SequenceUseList *sequences);

/* Whether the call is of nextval() or its like, with a sequence that can be told. */
bool lower_sequence_use(Lower *lower, const FuncCall *call, SequenceUse *out);

/* ---- lower_prepared.c */

/* As lower_query(), also of EXECUTE. */
const SqlQuery *lower_query_of(Lower *lower, Node *query, bool keeps_result, NameList *functions,
                               SequenceUseList *sequences);

/* ---- lower_uses.c */

/*
 * What a query, condition or list of statements stands on. `table` is one whose columns it sees as
 * its own, also as those of OLD and NEW; NULL for none. NULL gives NULL.
 */
SqlUses *lower_uses(Lower *lower, Node *root, const RangeVar *table);

/* Notes that a column of this table is used. */
void lower_add_use(Lower *lower, SqlUses *uses, const RangeVar *table, const char *column);

/* The columns of a query's result. */
QueryColumnList lower_result(Lower *lower, Node *query);

/* The column and the relations that it may belong to; NULL where that cannot be told. */
const ColumnUse *lower_column_use(Lower *lower, const ColumnRef *ref,
                                  const struct WalkScope *scope);

/* ---- lower_label.c */

/* Notes what the statement writes of values of types; asked for once the text adds labels. */
void lower_labels(Lower *lower, Node *node);

/* ---- lower_attached.c: CREATE TRIGGER, RULE, POLICY and what changes them */

void lower_create_trigger(Lower *lower, Node *node);
void lower_create_rule(Lower *lower, Node *node);
void lower_create_policy(Lower *lower, Node *node);
void lower_alter_policy(Lower *lower, Node *node);
/* ---- lower_metadata.c */

/* The role's name; NULL for CURRENT_ROLE and its like. */
const char *lower_role(const Lower *lower, const RoleSpec *role);

/* ---- lower_index.c */

/* SET (…), RESET (…) or WITH (…): a list of DefElem. */
StorageOptionList lower_storage_options(Lower *lower, const List *options);

/* ---- one for each statement node; lower.c has the table */

void lower_create_table(Lower *lower, Node *node);
void lower_create_foreign_table(Lower *lower, Node *node);
void lower_alter_table(Lower *lower, Node *node);
void lower_create_index(Lower *lower, Node *node);
void lower_reindex(Lower *lower, Node *node);

void lower_create_view(Lower *lower, Node *node);
void lower_create_table_as(Lower *lower, Node *node);
void lower_refresh(Lower *lower, Node *node);
void lower_create_sequence(Lower *lower, Node *node);
void lower_alter_sequence(Lower *lower, Node *node);

void lower_create_enum(Lower *lower, Node *node);
void lower_alter_enum(Lower *lower, Node *node);
void lower_create_domain(Lower *lower, Node *node);
void lower_alter_domain(Lower *lower, Node *node);
void lower_create_composite(Lower *lower, Node *node);
void lower_create_cast(Lower *lower, Node *node);
void lower_create_range(Lower *lower, Node *node);
void lower_define(Lower *lower, Node *node);
/* What ALTER, DROP or RENAME calls its relation. */
TargetWord lower_target_word(ObjectType type);
void lower_create_function(Lower *lower, Node *node);
void lower_create_schema(Lower *lower, Node *node);

void lower_drop(Lower *lower, Node *node);
void lower_rename(Lower *lower, Node *node);
void lower_set_schema(Lower *lower, Node *node);
void lower_depends(Lower *lower, Node *node);
void lower_comment(Lower *lower, Node *node);
void lower_extension_member(Lower *lower, Node *node);
void lower_security_label(Lower *lower, Node *node);
void lower_grant(Lower *lower, Node *node);
void lower_create_statistics(Lower *lower, Node *node);
void lower_create_publication(Lower *lower, Node *node);
void lower_alter_publication(Lower *lower, Node *node);
void lower_create_extension(Lower *lower, Node *node);
void lower_drop_owned(Lower *lower, Node *node);
void lower_reassign_owned(Lower *lower, Node *node);
void lower_move_all(Lower *lower, Node *node);
void lower_create_wrapper(Lower *lower, Node *node);
void lower_alter_wrapper(Lower *lower, Node *node);
void lower_create_server(Lower *lower, Node *node);
void lower_import_foreign(Lower *lower, Node *node);

void lower_select(Lower *lower, Node *node);
void lower_insert(Lower *lower, Node *node);
void lower_update(Lower *lower, Node *node);
void lower_delete(Lower *lower, Node *node);
void lower_merge(Lower *lower, Node *node);
void lower_copy(Lower *lower, Node *node);
void lower_truncate(Lower *lower, Node *node);
void lower_explain(Lower *lower, Node *node);
void lower_declare_cursor(Lower *lower, Node *node);
void lower_prepare(Lower *lower, Node *node);
void lower_execute(Lower *lower, Node *node);
void lower_deallocate(Lower *lower, Node *node);
void lower_fetch(Lower *lower, Node *node);
void lower_do(Lower *lower, Node *node);
void lower_call(Lower *lower, Node *node);

void lower_set(Lower *lower, Node *node);
void lower_set_constraints(Lower *lower, Node *node);
void lower_alter_database_set(Lower *lower, Node *node);
void lower_alter_role_set(Lower *lower, Node *node);
bool lower_set_config(Lower *lower,
                      const SelectStmt *select); /* false: there is none, nothing was added */
void lower_transaction(Lower *lower, Node *node);
void lower_lock(Lower *lower, Node *node);
void lower_vacuum(Lower *lower, Node *node);
void lower_cluster(Lower *lower, Node *node);
void lower_discard(Lower *lower, Node *node);
void lower_create_subscription(Lower *lower, Node *node);
void lower_alter_subscription(Lower *lower, Node *node);
void lower_alter_database(Lower *lower, Node *node);

/* Statements that touch no relation. */
void lower_no_relation(Lower *lower, Node *node);
/* Statements of which it is known that they touch relations, but not which. */
void lower_unknown(Lower *lower, Node *node);

#endif
