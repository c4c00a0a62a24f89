/* SPDX-License-Identifier: MIT */
/* One operation on one schema and one server version, while its effects are being collected: for
 * the files of this folder. */
#ifndef LOCKSTEP_LOCKS_LOCK_CASE_H
#define LOCKSTEP_LOCKS_LOCK_CASE_H

#include "locks/lock_model.h"

/* One constant for each row of lock_table.def. */
typedef enum LockFactId {
#define FACT(id, operation, role, from, to, level, work, reason, source) FACT_##id,
#include "locks/lock_table.def"
#undef FACT
    LOCK_FACT_COUNT
} LockFactId;

typedef struct LockCase {
    Arena *arena;
    const Schema *schema;
    const Op *op;
    int version;
    bool all; /* as lock_model_effects() has it */
    LockEffectList effects;
} LockCase;

/*
 * Notes that this row holds for this relation; a relation that is there already keeps the stronger
 * lock and all the work. A row of another version says nothing: so one may give the rows of all
 * versions, one after the other.
 */
void lock_case_add(LockCase *c, const SimRelation *relation, LockFactId id);

/* The same for relations by id; 0 and dropped ones are passed over. */
void lock_case_add_id(LockCase *c, RelationId id, LockFactId fact);
void lock_case_add_all(LockCase *c, const RelationIdList *ids, LockFactId fact);

/* The relation of whose row type a new column is, if it is one. */
void lock_case_add_row_type(LockCase *c, const SqlType *type);

/* Notes all that another operation does, which this one does in its turn. */
void lock_case_judge(LockCase *c, const Op *op);

/* A relation by name, also one that the history does not have: for that it returns NULL, else the
 * relation. */
const SimRelation *lock_case_add_named(LockCase *c, QualifiedName name, RelationKind kind,
                                       LockFactId fact);

/* Every relation that a view reads, views among them and what they read. */
RelationIdList lock_case_sources(LockCase *c, const SimRelation *view);

/* What it does to the relation so far; NULL: nothing. */
const LockEffect *lock_case_effect(LockCase *c, const SimRelation *relation);

/* The verdict on this relation hangs on something that the history does not show: `what` completes
 * "it is not known …". */
void lock_case_doubt(LockCase *c, const SimRelation *relation, const char *what);

/* Every relation that has this role for the target, in the order of creation; lists in the case's
 * arena. */
RelationIdList lock_case_role(LockCase *c, const SimRelation *target, LockRole role);

/* The partition that takes what no other takes; 0 for none. */
RelationId lock_case_default_partition(LockCase *c, RelationId parent);

/* lock_data.c: SELECT, INSERT, UPDATE, DELETE, MERGE, COPY. */
void judge_data(LockCase *c);
void lock_case_sequences(LockCase *c, const SequenceUseList *uses);

/* lock_query.c: what a query locks and reads. `ids` are the relations of its sources, where they
 * were resolved before; NULL: by name. `only_named`: what stands behind its views is left alone. */
void lock_case_query(LockCase *c, const SqlQuery *query, const RelationIdList *ids, DataPhase phase,
                     bool only_named);

/* The indexes of a relation that a query opens with this lock. */
void lock_case_add_indexes(LockCase *c, const SimRelation *relation, LockLevel level);

/* lock_insert.c: the partitions that the rows of an INSERT go to, the sequences that number them.
 */
void lock_case_route(LockCase *c, const SimRelation *table);
/* The partitions that may hold this value of the key, NULL for one that is not known; the value of
 * a row for a column; the key's column where it is one. */
RelationIdList lock_case_holders(LockCase *c, const SimRelation *parent, const char *value);
const char *lock_case_value(LockCase *c, const InsertRow *row, const SimRelation *table,
                            const char *column);
const char *lock_case_only_key(const SimRelation *parent);
void lock_case_move(LockCase *c, const SimRelation *table); /* those that an UPDATE moves them to */
void lock_case_own_sequences(LockCase *c, const SimRelation *table, const char *column);
void lock_case_default_sequences(LockCase *c, const SimRelation *table);
bool lock_case_leaves_null(LockCase *c, const SimRelation *table, const StringList *columns);

/* lock_foreign_key.c: rows that are new or get values in these columns (NULL: in all) are looked up
 * in the tables that they refer to. */
void lock_case_look_up(LockCase *c, const SimRelation *table, const StringList *columns);

/* Rows of the table are deleted, or get values in these columns: what happens in the tables that
 * refer to them. `whole`: it concerns all rows. */
void lock_case_delete_referred(LockCase *c, const SimRelation *table, bool whole);
void lock_case_update_referred(LockCase *c, const SimRelation *table, const StringList *columns,
                               bool whole);

/* Whether an index begins with one of these columns. */
bool lock_case_finds_by_index(LockCase *c, const SimRelation *table, const StringList *columns);
/* The sequences that this column owns. */
void lock_case_add_sequences_of(LockCase *c, const SimRelation *table, const char *column,
                                LockFactId fact);

/* All indexes of a table that a query of the server's own looks at. */
void lock_case_add_query_indexes(LockCase *c, const SimRelation *table);

/* lock_foreign_key.c: whether the table was made or truncated in this transaction and no row was
 * written since: there is nothing to look up. */
bool lock_case_is_empty(const LockCase *c, const SimRelation *table);

/* Whether a foreign key of these columns, added or validated now, has rows to look up. */
bool lock_case_looks_up(const LockCase *c, const SimRelation *table, const StringList *columns);

/* The indexes that the server looks at when it looks up all rows of a table in
 * the one that they refer to, which may be NULL. */
void lock_case_add_check_indexes(LockCase *c, const SimRelation *referring,
                                 const SimRelation *referenced);

/* lock_drop.c: the relations that a DROP takes along or takes something from. `target` is NULL
 * where it names no relation. */
void lock_case_add_dropped(LockCase *c, const SimRelation *target);

/* The relation whose effect the rows of TARGET give, decided by a function where the operation
 * needs a decision. */
typedef void LockJudge(LockCase *c, const SimRelation *table);

/* lock_add_column.c */
LockJudge judge_add_column;
/* lock_column.c */
LockJudge judge_drop_not_null;
/* lock_sequence.c */
LockJudge judge_create_sequence, judge_alter_sequence, judge_add_identity, judge_set_identity;
LockJudge judge_drop_identity;
/* lock_type_change.c */
LockJudge judge_alter_type;
/* lock_constraint.c */
LockJudge judge_set_not_null, judge_add_constraint, judge_validate, judge_drop_constraint;
LockJudge judge_rename_constraint;
/* lock_alter_constraint.c */
LockJudge judge_alter_constraint;
/* lock_index.c */
LockJudge judge_create_index, judge_drop_index, judge_reindex, judge_reindex_all;
LockJudge judge_rename_index;
LockJudge judge_attach_index;
/* lock_partition.c */
LockJudge judge_attach, judge_detach, judge_inherit;
/* lock_storage.c */
LockJudge judge_options, judge_set_owner, judge_set_tablespace, judge_set_access_method;
LockJudge judge_cluster_on, judge_replica_identity, judge_move_all;
/* lock_metadata.c */
LockJudge judge_comment, judge_publication, judge_drop_statistics, judge_owned;
/* lock_relation.c */
LockJudge judge_create_table, judge_truncate;
LockJudge judge_lock_table, judge_set_logged, judge_set_unlogged, judge_set_expression;
LockJudge judge_refresh, judge_create_query, judge_alter_domain, judge_alter_attribute;
/* lock_maintenance.c */
LockJudge judge_vacuum, judge_vacuum_all, judge_cluster, judge_cluster_all;
/* lock_drop.c */
LockJudge judge_drop, judge_drop_column;

/* lock_attached.c */
LockJudge judge_create_trigger, judge_create_rule, judge_policy, judge_drop_attached;
LockJudge judge_alter_trigger, judge_switch_trigger, judge_depends_on_extension;

/* lock_function.c */
LockJudge judge_create_function;

/* The index of a partition that becomes the part of `model`, 0 for none; under a constraint only
 * one with a constraint of this kind. Those that the server compares on the way get `compared`
 * (indexcmds.c, DefineIndex). */
RelationId lock_find_part(LockCase *c, const SimRelation *partition, const SimRelation *model,
                          const ConstraintKind *wanted, LockFactId compared);

#endif
