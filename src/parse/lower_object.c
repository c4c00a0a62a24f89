/* SPDX-License-Identifier: MIT */
/* Statements that name objects of any kind: DROP, RENAME, SET SCHEMA. */
#include "lower.h"

static DroppedKind dropped_kind(ObjectType type);
static RoutineKind routine_kind(ObjectType type);
static OpKind drop_kind(ObjectType type);
static void fill_function(Lower *lower, const ObjectWithArgs *named, Op *op);
static void fill_dropped(Lower *lower, const DropStmt *drop, const Node *object, Op *op);
static bool is_attached(OpKind kind);
static OpKind rename_kind(const RenameStmt *rename);

void
lower_drop(Lower *lower, Node *node)
{
    const DropStmt *drop = (const DropStmt *)node;
    OpKind kind = drop_kind(drop->removeType);

    if (drop->concurrent)
        lower_outside(lower, "DROP INDEX CONCURRENTLY");
    /* CASCADE may take columns of any table along. */
    if (kind == OP_NO_RELATION && drop->behavior == DROP_CASCADE)
        kind = OP_UNKNOWN;
    if (kind == OP_NO_RELATION || kind == OP_UNKNOWN) {
        lower_add_plain(lower, kind);
        return;
    }
    EACH_NODE (Node, object, drop->objects) {
        Op *op = lower_new_op(lower, kind);
        op->if_exists = drop->missing_ok;
        op->cascade = drop->behavior == DROP_CASCADE;
        op->concurrently = drop->concurrent;
        if (kind == OP_PUBLICATION)
            op->publication.action = PUBLICATION_DROP;
        else if (kind == OP_DROP_FUNCTION)
            op->function.kind = routine_kind(drop->removeType);
        else if (kind == OP_DROP_OBJECT)
            op->dropped = dropped_kind(drop->removeType);
        else if (kind == OP_DROP_TABLE)
            op->word = lower_target_word(drop->removeType);
        fill_dropped(lower, drop, object, op);
    }
}

TargetWord
lower_target_word(ObjectType type)
{
    switch (type) {
    case OBJECT_VIEW:
        return TARGET_WORD_VIEW;
    case OBJECT_MATVIEW:
        return TARGET_WORD_MATERIALIZED_VIEW;
    case OBJECT_SEQUENCE:
        return TARGET_WORD_SEQUENCE;
    case OBJECT_FOREIGN_TABLE:
        return TARGET_WORD_FOREIGN_TABLE;
    case OBJECT_INDEX:
        return TARGET_WORD_INDEX;
    default: /* the server's own enumeration */
        return TARGET_WORD_ANY;
    }
}

static DroppedKind
dropped_kind(ObjectType type)
{
    switch (type) {
    case OBJECT_FOREIGN_SERVER:
        return DROPPED_SERVER;
    case OBJECT_FDW:
        return DROPPED_WRAPPER;
    default: /* the server's own enumeration */
        return DROPPED_COLLATION;
    }
}

static RoutineKind
routine_kind(ObjectType type)
{
    switch (type) {
    case OBJECT_FUNCTION:
        return ROUTINE_FUNCTION;
    case OBJECT_PROCEDURE:
        return ROUTINE_PROCEDURE;
    case OBJECT_AGGREGATE:
        return ROUTINE_AGGREGATE;
    default: /* the server's own enumeration */
        return ROUTINE_ANY;
    }
}

static OpKind
drop_kind(ObjectType type)
{
    switch (type) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
        return OP_DROP_TABLE;
    case OBJECT_VIEW:
        return OP_DROP_VIEW;
    case OBJECT_MATVIEW:
        return OP_DROP_MATERIALIZED_VIEW;
    case OBJECT_INDEX:
        return OP_DROP_INDEX;
    case OBJECT_SEQUENCE:
        return OP_DROP_SEQUENCE;
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
        return OP_DROP_TYPE;
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE:
    case OBJECT_AGGREGATE:
        return OP_DROP_FUNCTION;
    case OBJECT_SCHEMA:
        return OP_DROP_SCHEMA;
    case OBJECT_TRIGGER:
        return OP_DROP_TRIGGER;
    case OBJECT_RULE:
        return OP_DROP_RULE;
    case OBJECT_POLICY:
        return OP_DROP_POLICY;
    case OBJECT_PUBLICATION:
        return OP_PUBLICATION;
    case OBJECT_EXTENSION:
        return OP_DROP_EXTENSION;
    case OBJECT_STATISTIC_EXT:
        return OP_DROP_STATISTICS;
    case OBJECT_FOREIGN_SERVER:
    case OBJECT_FDW:
    case OBJECT_COLLATION:
        return OP_DROP_OBJECT;
    default: /* the server's own enumeration */
        return OP_NO_RELATION;
    }
}

/* An aggregate of any arguments has a NULL among its types. */
static void
fill_function(Lower *lower, const ObjectWithArgs *named, Op *op)
{
    op->target = node_list_name(lower->arena, named->objname);
    op->function.signature.is_written = !named->args_unspecified;
    EACH_NODE (TypeName, type, named->objargs) {
        if (type != NULL)
            LIST_APPEND(lower->arena, &op->function.signature.types, lower_type(lower, type));
    }
}

static void
fill_dropped(Lower *lower, const DropStmt *drop, const Node *object, Op *op)
{
    Arena *arena = lower->arena;

    switch (drop->removeType) {
    case OBJECT_TRIGGER:
    case OBJECT_RULE:
    case OBJECT_POLICY:
        op->target = node_owner_name(arena, (const List *)object);
        op->attached.name = arena_strdup(arena, node_last_string((const List *)object));
        break;
    default: /* the server's own enumeration */
        if (IsA(object, List))
            op->target = node_list_name(arena, (const List *)object);
        else if (IsA(object, TypeName))
            op->target = node_list_name(arena, ((const TypeName *)object)->names);
        else if (IsA(object, ObjectWithArgs))
            fill_function(lower, (const ObjectWithArgs *)object, op);
        else if (IsA(object, String))
            op->target.name = arena_strdup(arena, node_string(object));
        break;
    }
}

void
lower_rename(Lower *lower, Node *node)
{
    const RenameStmt *rename = (const RenameStmt *)node;
    OpKind kind = rename_kind(rename);
    Op op = lower_op(lower, kind);

    if (rename->renameType == OBJECT_ATTRIBUTE) {
        lower_rename_attribute(lower, rename);
        return;
    }
    if (rename->renameType == OBJECT_DOMCONSTRAINT) {
        lower_rename_domain_constraint(lower, rename);
        return;
    }
    if (kind == OP_RENAME_FUNCTION) {
        fill_function(lower, (const ObjectWithArgs *)rename->object, &op);
        op.function.new_name = arena_strdup(lower->arena, rename->newname);
        lower_add(lower, &op);
        return;
    }
    if (rename->relation != NULL) {
        op.target = node_relation_name(lower->arena, rename->relation);
        op.only = !rename->relation->inh;
        op.word = rename->renameType == OBJECT_COLUMN  ? lower_target_word(rename->relationType)
                  : rename->renameType != OBJECT_INDEX ? lower_target_word(rename->renameType)
                                                       : TARGET_WORD_ANY;
    } else if (rename->object != NULL && IsA(rename->object, List)) {
        op.target = node_list_name(lower->arena, (const List *)rename->object);
    }
    op.if_exists = rename->missing_ok;
    op.cascade = rename->behavior == DROP_CASCADE;
    if (kind == OP_RENAME_SCHEMA)
        op.target.name = arena_strdup(lower->arena, rename->subname);
    else if (is_attached(kind))
        op.attached.name = arena_strdup(lower->arena, rename->subname);
    else if (kind == OP_RENAME_COLUMN || kind == OP_RENAME_CONSTRAINT)
        op.rename.old_name = arena_strdup(lower->arena, rename->subname);
    if (is_attached(kind))
        op.attached.new_name = arena_strdup(lower->arena, rename->newname);
    else
        op.rename.new_name = arena_strdup(lower->arena, rename->newname);
    lower_add(lower, &op);
}

static bool
is_attached(OpKind kind)
{
    return kind == OP_ALTER_POLICY || kind == OP_ALTER_TRIGGER || kind == OP_ALTER_RULE;
}

static OpKind
rename_kind(const RenameStmt *rename)
{
    switch (rename->renameType) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATVIEW:
    case OBJECT_SEQUENCE:
        return OP_RENAME_TABLE;
    case OBJECT_INDEX:
        return OP_RENAME_INDEX;
    case OBJECT_COLUMN:
        return OP_RENAME_COLUMN;
    case OBJECT_TABCONSTRAINT:
        return OP_RENAME_CONSTRAINT;
    case OBJECT_SCHEMA:
        return OP_RENAME_SCHEMA;
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
        return OP_RENAME_TYPE;
    case OBJECT_FUNCTION:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE:
    case OBJECT_AGGREGATE:
        return OP_RENAME_FUNCTION;
    case OBJECT_POLICY:
        return OP_ALTER_POLICY;
    case OBJECT_TRIGGER:
        return OP_ALTER_TRIGGER;
    case OBJECT_RULE:
        return OP_ALTER_RULE;
    default: /* the server's own enumeration */
        return OP_NO_RELATION;
    }
}

void
lower_set_schema(Lower *lower, Node *node)
{
    const AlterObjectSchemaStmt *alter = (const AlterObjectSchemaStmt *)node;

    if (alter->objectType != OBJECT_OPERATOR && alter->object != NULL &&
        IsA(alter->object, ObjectWithArgs)) {
        Op function = lower_op(lower, OP_RENAME_FUNCTION);
        fill_function(lower, (const ObjectWithArgs *)alter->object, &function);
        function.function.new_schema = arena_strdup(lower->arena, alter->newschema);
        lower_add(lower, &function);
        return;
    }
    const bool is_type = alter->objectType == OBJECT_TYPE || alter->objectType == OBJECT_DOMAIN;
    if (is_type && alter->object != NULL && IsA(alter->object, List)) {
        Op type = lower_op(lower, OP_RENAME_TYPE);
        type.target = node_list_name(lower->arena, (const List *)alter->object);
        type.rename.new_schema = arena_strdup(lower->arena, alter->newschema);
        lower_add(lower, &type);
        return;
    }
    if (alter->relation == NULL) {
        lower_add_plain(lower, OP_NO_RELATION);
        return;
    }
    Op op = lower_op(lower, OP_SET_SCHEMA);
    op.word = lower_target_word(alter->objectType);
    op.target = node_relation_name(lower->arena, alter->relation);
    op.if_exists = alter->missing_ok;
    op.rename.new_name = arena_strdup(lower->arena, alter->newschema);
    lower_add(lower, &op);
}

void
lower_create_extension(Lower *lower, Node *node)
{
    const CreateExtensionStmt *create = (const CreateExtensionStmt *)node;
    Op *op = lower_new_op(lower, OP_CREATE_EXTENSION);

    op->target.name = arena_strdup(lower->arena, create->extname);
    op->if_exists = create->if_not_exists;
}
