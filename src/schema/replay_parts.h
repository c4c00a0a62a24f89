/* SPDX-License-Identifier: MIT */
/* What the files that replay operations share. Each replay_* function of the table in replay.c
 * applies the operations of its kind. */
#ifndef LOCKSTEP_SCHEMA_REPLAY_PARTS_H
#define LOCKSTEP_SCHEMA_REPLAY_PARTS_H

#include "lockstep/op.h"

#include "schema/dependents.h"
#include "schema/schema_state.h"

typedef void ReplayFunction(Schema *schema, const Op *op);

/* replay_table.c */
ReplayFunction replay_create_table, replay_create_table_as, replay_create_view;
ReplayFunction replay_create_materialized_view, replay_refresh;

/* replay_sequence.c */
ReplayFunction replay_create_sequence, replay_alter_sequence;

/* replay_column.c */
ReplayFunction replay_add_column, replay_drop_column, replay_alter_column_type;
ReplayFunction replay_set_not_null, replay_set_default, replay_drop_expression, replay_add_identity;
ReplayFunction replay_drop_identity;

/* replay_constraint.c */
ReplayFunction replay_add_constraint, replay_alter_constraint, replay_validate_constraint;
ReplayFunction replay_drop_constraint;

/* replay_index.c */
ReplayFunction replay_create_index, replay_attach_index, replay_set_index_validity;

/* replay_partition.c */
ReplayFunction replay_attach_partition, replay_detach_partition, replay_inherit;
ReplayFunction replay_no_inherit;

/* replay_rename.c */
ReplayFunction replay_rename_relation, replay_rename_column, replay_rename_constraint;
ReplayFunction replay_set_schema, replay_rename_schema, replay_rename_type;

/* replay_attached.c */
ReplayFunction replay_create_trigger, replay_create_rule, replay_create_policy;
ReplayFunction replay_alter_attached;

/* replay_drop.c */
ReplayFunction replay_drop;

/* replay_enum.c */
ReplayFunction replay_create_enum, replay_add_enum_value, replay_rename_enum_value;

/* replay_composite.c */
ReplayFunction replay_create_type, replay_alter_attribute, replay_of_type;

/* replay_type.c */
ReplayFunction replay_create_domain;
ReplayFunction replay_create_cast, replay_alter_domain, replay_create_function;
ReplayFunction replay_rename_function, replay_choose_function;

/* presence.c */
ReplayFunction replay_create_schema, replay_create_extension;

/* replay_session.c */
ReplayFunction replay_set_variable, replay_set_session_default, replay_transaction;
ReplayFunction replay_set_logged, replay_set_unlogged;

/* replay_events.c */
ReplayFunction replay_insert, replay_set_constraints, replay_switch_trigger;

/* replay_metadata.c */
ReplayFunction replay_publication, replay_create_statistics, replay_drop_statistics;
ReplayFunction replay_set_owner, replay_reassign_owned;
ReplayFunction replay_set_tablespace, replay_set_access_method, replay_move_all;
ReplayFunction replay_written, replay_truncate, replay_vacuum;
ReplayFunction replay_mark_index, replay_create_wrapper, replay_create_server;

/* The relation that the operation at hand names, as it is now; NULL where the history has none. */
const SimRelation *replay_found(const Schema *schema);

/* The same, assumed to be a table that exists where the history has none. */
const SimRelation *replay_target(Schema *schema, const Op *op);

/*
 * The target and, unless it says ONLY, all that inherits from it: ids, the target first. In the
 * schema's arena.
 */
RelationIdList replay_family(Schema *schema, const Op *op);

/* The column to change of a relation that is being edited; one that is not there comes into being
 * with an unknown type. */
SimColumn *replay_column(Schema *schema, SimRelation *table, const char *name);

/* Adds the column with its constraints, its sequence and its indexes to a relation that is being
 * edited. */
void replay_put_column(Schema *schema, SimRelation *table, const ColumnDefinition *definition);

/* Gives a table that is OF a type, or of none, the columns that it has from it. */
void replay_put_attributes(Schema *schema, SimRelation *table, QualifiedName of_type);

/* Adds the constraint, with its index and name; does nothing where its name is taken. */
void replay_put_constraint(Schema *schema, SimRelation *table,
                           const ConstraintDefinition *definition);

/* Takes a constraint out of the list of a relation that is being edited, its index with it. */
void replay_remove_constraint(Schema *schema, SimRelation *table, const char *name);

/* An index that differs from `model` in table and name only; `name` NULL: the server chooses.
 * Returns its id. */
RelationId replay_put_index(Schema *schema, const SimRelation *table, const SimRelation *model,
                            const char *name);

/* replay_inherit.c. The relation is being edited; each keeps the counts of parents of its columns
 * and constraints. */

/* CREATE TABLE … INHERITS or PARTITION OF: takes over columns, CHECKs and, for a partition, foreign
 * keys. */
void replay_inherit_from(Schema *schema, SimRelation *table, const SimRelation *parent);
/* INHERIT, ATTACH PARTITION and their opposites, on a table that has the columns. */
void replay_gain_parent(Schema *schema, SimRelation *table, const SimRelation *parent);
void replay_lose_parent(Schema *schema, SimRelation *table, const SimRelation *parent);
/* A column that is there comes from one parent more. */
void replay_count_parent(SimColumn *column);
/* The constraint of a parent comes to a table below it. */
void replay_inherit_constraint(Schema *schema, SimRelation *table,
                               const ConstraintDefinition *definition);
/* A parent loses a column or constraint: true where the child loses it too, else the counts
 * change. */
bool replay_lets_go(bool only, int *inherited, bool *is_local);

/* Gives the partition what its parent has: indexes with their constraints. `partition` is being
 * edited. */
void replay_partition_indexes(Schema *schema, SimRelation *partition, const SimRelation *parent);

/* replay_uses.c */

/* What is written, resolved: relations and columns that the history has, functions with their
 * schema. NULL gives nothing. */
SimUses replay_uses(Schema *schema, const SqlUses *written);

/* Follows a new name of a column in all queries and conditions that stand on it. */
void replay_rename_uses(Schema *schema, RelationId table, const char *old_name,
                        const char *new_name);

/* Gives a view or table its columns, those of the query's result, as far as they can be told. */
void replay_put_result(Schema *schema, SimRelation *relation, const QueryColumnList *result,
                       const StringList *names);

/* Gives a partition the row triggers of its parent; `partition` is being edited. */
void replay_clone_triggers(Schema *schema, SimRelation *partition, const SimRelation *parent);

/* Take a column, or its default, from a relation that is being edited, and nothing else. */
void replay_remove_column(Schema *schema, SimRelation *table, const char *name);
void replay_remove_default(Schema *schema, SimRelation *table, const char *name);

/* replay_drop.c: makes these disappear with all that cannot be without them; of a relation alone.
 */
void replay_drop_all(Schema *schema, const DependentList *roots);

/* What CASCADE takes along with a constraint: foreign keys to a key, views that group by it. */
void replay_drop_users_of_constraint(Schema *schema, const Op *op);
void replay_remove(Schema *schema, RelationId id);

/* replay_metadata.c: takes the table out of the publication. */
void replay_unpublish(Schema *schema, QualifiedName name, RelationId table);

/* replay_attached.c: the same of a trigger, rule or policy */
void replay_remove_attached(Schema *schema, SimRelation *table, const SimAttached *attached);

#endif
