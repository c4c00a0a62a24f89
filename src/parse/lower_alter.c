/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lower.h"
#include "scan.h"

/* Which member of the union a subcommand fills in. */
typedef enum AlterFill {
    FILL_NOTHING,
    FILL_COLUMN,
    FILL_CONSTRAINT_NAME,
    FILL_ATTACHED,
    FILL_ADD_COLUMN,
    FILL_DEFAULT,
    FILL_EXPRESSION,
    FILL_TYPE,
    FILL_ADD_CONSTRAINT,
    FILL_ALTER_CONSTRAINT,
    FILL_PARENT,
    FILL_PARTITION,
    FILL_PERSISTENCE,
    FILL_ASSIGNED,
    FILL_OF_TYPE,
    FILL_OPTIONS
} AlterFill;

typedef struct AlterKind {
    OpKind kind; /* UNKNOWN, which is 0, for what the grammar does not make */
    AlterFill fill;
    bool own_if_exists; /* IF [NOT] EXISTS may stand in the subcommand itself */
} AlterKind;

static const AlterKind alter_kinds[] = {
    [AT_AddColumn] = {OP_ADD_COLUMN,          FILL_ADD_COLUMN,       true },
    [AT_ColumnDefault] = {OP_SET_DEFAULT,         FILL_DEFAULT,          false},
    [AT_DropNotNull] = {OP_DROP_NOT_NULL,       FILL_COLUMN,           false},
    [AT_SetNotNull] = {OP_SET_NOT_NULL,        FILL_COLUMN,           false},
    [AT_SetExpression] = {OP_SET_EXPRESSION,      FILL_EXPRESSION,       false},
    [AT_DropExpression] = {OP_DROP_EXPRESSION,     FILL_COLUMN,           true },
    [AT_SetStatistics] = {OP_SET_STATISTICS,      FILL_COLUMN,           false},
    [AT_SetOptions] = {OP_SET_COLUMN_OPTIONS,  FILL_COLUMN,           false},
    [AT_ResetOptions] = {OP_SET_COLUMN_OPTIONS,  FILL_COLUMN,           false},
    [AT_SetStorage] = {OP_SET_STORAGE,         FILL_COLUMN,           false},
    [AT_SetCompression] = {OP_SET_COMPRESSION,     FILL_COLUMN,           false},
    [AT_DropColumn] = {OP_DROP_COLUMN,         FILL_COLUMN,           true },
    [AT_AddConstraint] = {OP_ADD_CONSTRAINT,      FILL_ADD_CONSTRAINT,   false},
    [AT_AlterConstraint] = {OP_ALTER_CONSTRAINT,    FILL_ALTER_CONSTRAINT, false},
    [AT_ValidateConstraint] = {OP_VALIDATE_CONSTRAINT, FILL_CONSTRAINT_NAME,  false},
    [AT_DropConstraint] = {OP_DROP_CONSTRAINT,     FILL_CONSTRAINT_NAME,  true },
    [AT_AlterColumnType] = {OP_ALTER_COLUMN_TYPE,   FILL_TYPE,             false},
    [AT_AlterColumnGenericOptions] = {OP_ALTER_TABLE_OTHER,   FILL_NOTHING,          false},
    [AT_ChangeOwner] = {OP_SET_OWNER,           FILL_ASSIGNED,         false},
    [AT_ClusterOn] = {OP_CLUSTER_ON,          FILL_ATTACHED,         false},
    [AT_DropCluster] = {OP_CLUSTER_ON,          FILL_ATTACHED,         false},
    [AT_SetLogged] = {OP_SET_LOGGED,          FILL_NOTHING,          false},
    [AT_SetUnLogged] = {OP_SET_UNLOGGED,        FILL_NOTHING,          false},
    [AT_DropOids] = {OP_ALTER_TABLE_OTHER,   FILL_NOTHING,          false},
    [AT_SetAccessMethod] = {OP_SET_ACCESS_METHOD,   FILL_ASSIGNED,         false},
    [AT_SetTableSpace] = {OP_SET_TABLESPACE,      FILL_ASSIGNED,         false},
    [AT_SetRelOptions] = {OP_SET_TABLE_OPTIONS,   FILL_OPTIONS,          false},
    [AT_ResetRelOptions] = {OP_SET_TABLE_OPTIONS,   FILL_OPTIONS,          false},
    [AT_EnableTrig] = {OP_SWITCH_TRIGGER,      FILL_ATTACHED,         false},
    [AT_EnableAlwaysTrig] = {OP_SWITCH_TRIGGER,      FILL_ATTACHED,         false},
    [AT_EnableReplicaTrig] = {OP_SWITCH_TRIGGER,      FILL_ATTACHED,         false},
    [AT_DisableTrig] = {OP_SWITCH_TRIGGER,      FILL_ATTACHED,         false},
    [AT_EnableTrigAll] = {OP_SWITCH_TRIGGER,      FILL_ATTACHED,         false},
    [AT_DisableTrigAll] = {OP_SWITCH_TRIGGER,      FILL_ATTACHED,         false},
    [AT_EnableTrigUser] = {OP_SWITCH_TRIGGER,      FILL_ATTACHED,         false},
    [AT_DisableTrigUser] = {OP_SWITCH_TRIGGER,      FILL_ATTACHED,         false},
    [AT_EnableRule] = {OP_SWITCH_RULE,         FILL_ATTACHED,         false},
    [AT_EnableAlwaysRule] = {OP_SWITCH_RULE,         FILL_ATTACHED,         false},
    [AT_EnableReplicaRule] = {OP_SWITCH_RULE,         FILL_ATTACHED,         false},
    [AT_DisableRule] = {OP_SWITCH_RULE,         FILL_ATTACHED,         false},
    [AT_AddInherit] = {OP_INHERIT,             FILL_PARENT,           false},
    [AT_DropInherit] = {OP_NO_INHERIT,          FILL_PARENT,           false},
    [AT_AddOf] = {OP_OF_TYPE,             FILL_OF_TYPE,          false},
    [AT_DropOf] = {OP_OF_TYPE,             FILL_OF_TYPE,          false},
    [AT_ReplicaIdentity] = {OP_REPLICA_IDENTITY,    FILL_ATTACHED,         false},
    [AT_EnableRowSecurity] = {OP_SWITCH_ROW_SECURITY, FILL_NOTHING,          false},
    [AT_DisableRowSecurity] = {OP_SWITCH_ROW_SECURITY, FILL_NOTHING,          false},
    [AT_ForceRowSecurity] = {OP_SWITCH_ROW_SECURITY, FILL_NOTHING,          false},
    [AT_NoForceRowSecurity] = {OP_SWITCH_ROW_SECURITY, FILL_NOTHING,          false},
    [AT_GenericOptions] = {OP_ALTER_TABLE_OTHER,   FILL_NOTHING,          false},
    [AT_AttachPartition] = {OP_ATTACH_PARTITION,    FILL_PARTITION,        false},
    [AT_DetachPartition] = {OP_DETACH_PARTITION,    FILL_PARTITION,        false},
    [AT_DetachPartitionFinalize] = {OP_DETACH_PARTITION,    FILL_PARTITION,        false},
    [AT_AddIdentity] = {OP_ADD_IDENTITY,        FILL_COLUMN,           false},
    [AT_SetIdentity] = {OP_SET_IDENTITY,        FILL_COLUMN,           false},
    [AT_DropIdentity] = {OP_DROP_IDENTITY,       FILL_COLUMN,           true },
};

static size_t find_first_command(const Lower *lower, const RangeVar *relation);
static AlterKind find_kind(const AlterTableCmd *command, ObjectType object);
static void lower_command(Lower *lower, const AlterTableCmd *command, AlterFill fill, Op *op);
static const char *replica_index(Lower *lower, const Node *definition);
static void fill_add_column(Lower *lower, const ColumnDef *column, Op *op);
static void fill_type(Lower *lower, const AlterTableCmd *command, Op *op);
static void fill_default(Lower *lower, const AlterTableCmd *command, Op *op);
static void fill_expression(Lower *lower, const AlterTableCmd *command, Op *op);
static void fill_add_constraint(Lower *lower, const Constraint *constraint, Op *op);
static void fill_alter_constraint(Lower *lower, const Node *definition, Op *op);
static void fill_partition(Lower *lower, const AlterTableCmd *command, Op *op);

/* The last one goes on to the end of the statement; `*at` is where the one before has ended. */
static Span
command_span(const Lower *lower, const List *commands, int index, size_t *at)
{
    const size_t limit = lower->statement->span.end;

    if (index + 1 < list_length(commands))
        return scan_element(lower->text, *at, limit, at);
    return (Span){index == 0 ? *at : scan_token(lower->text, *at, limit).span.start, limit};
}

void
lower_alter_table(Lower *lower, Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    OpList *ops = &lower->statement->ops;

    if (alter->objtype == OBJECT_TYPE) {
        lower_attributes(lower, alter);
        return;
    }
    if (ops->items == NULL) {
        ops->capacity = (size_t)list_length(alter->cmds);
        ops->items = arena_reserve(lower->arena, ops->capacity * sizeof *ops->items);
    }

    size_t at = find_first_command(lower, alter->relation);
    EACH_NODE (AlterTableCmd, command, alter->cmds) {
        AlterKind kind = find_kind(command, alter->objtype);
        Op *op = lower_new_op(lower, kind.kind);

        op->span = command_span(lower, alter->cmds, command_at, &at);
        op->target = node_relation_name(lower->arena, alter->relation);
        op->only = !alter->relation->inh;
        op->word = lower_target_word(alter->objtype);
        op->if_exists = kind.own_if_exists ? command->missing_ok : alter->missing_ok;
        op->target_if_exists = alter->missing_ok;
        op->cascade = command->behavior == DROP_CASCADE;
        lower_command(lower, command, kind.fill, op);
    }
}

/* Behind the relation's name; most are written as the parser folds them. */
static size_t
after_relation(const Lower *lower, const RangeVar *relation)
{
    const size_t limit = lower->statement->span.end;
    const size_t at = lower_offset(lower, relation->location);
    const size_t length = strlen(relation->relname);

    if (relation->schemaname == NULL && at + length < limit &&
        text_is_space(lower->text[at + length]) &&
        memcmp(lower->text + at, relation->relname, length) == 0)
        return at + length;
    return scan_after_name(lower->text, at, limit);
}

/* Behind the relation's name, with its bracket of ONLY (name) or its star. */
static size_t
find_first_command(const Lower *lower, const RangeVar *relation)
{
    const size_t limit = lower->statement->span.end;
    const ScanToken token = scan_token(lower->text, after_relation(lower, relation), limit);
    const bool is_of_name = token.kind == TOKEN_CLOSE ||
                            (token.kind == TOKEN_OTHER && lower->text[token.span.start] == '*');

    return is_of_name ? scan_token(lower->text, token.span.end, limit).span.start
                      : token.span.start;
}

static AlterKind
find_kind(const AlterTableCmd *command, ObjectType object)
{
    AlterKind kind = {OP_UNKNOWN, FILL_NOTHING, false};

    if ((size_t)command->subtype < sizeof alter_kinds / sizeof alter_kinds[0])
        kind = alter_kinds[command->subtype];
    if (kind.kind == OP_SET_DEFAULT && command->def == NULL)
        kind = (AlterKind){OP_DROP_DEFAULT, FILL_COLUMN, false};
    if (object == OBJECT_INDEX) {
        if (kind.kind == OP_ATTACH_PARTITION)
            kind.kind = OP_ATTACH_INDEX;
        else if (kind.kind == OP_SET_TABLE_OPTIONS)
            kind.kind = OP_SET_INDEX_OPTIONS;
        else if (kind.kind != OP_SET_TABLESPACE && kind.kind != OP_SET_OWNER)
            kind = (AlterKind){OP_ALTER_INDEX_OTHER, FILL_NOTHING, false};
    }
    if (object == OBJECT_SEQUENCE && kind.kind != OP_SET_OWNER)
        kind = (AlterKind){OP_ALTER_SEQUENCE, FILL_PERSISTENCE, false};
    return kind;
}

static TriggerSwitch
trigger_switch(AlterTableType subtype)
{
    if (subtype == AT_DisableTrigAll)
        return SWITCH_ALL_OFF;
    return subtype == AT_EnableTrigAll ? SWITCH_ALL_ON : SWITCH_SOME;
}

/* The word behind SET STORAGE and SET COMPRESSION; of SET on an identity, whether it says
 * GENERATED.
 */
static const char *
column_setting(Lower *lower, const AlterTableCmd *command)
{
    if (command->def != NULL && IsA(command->def, String))
        return arena_strdup(lower->arena, node_string(command->def));
    if (command->subtype != AT_SetIdentity || command->def == NULL)
        return NULL;
    EACH_NODE (DefElem, option, (const List *)command->def) {
        if (strcmp(option->defname, "generated") == 0)
            return "generated";
    }
    return NULL;
}

static void
lower_command(Lower *lower, const AlterTableCmd *command, AlterFill fill, Op *op)
{
    const char *name = arena_strdup(lower->arena, command->name);

    switch (fill) {
    case FILL_NOTHING:
        break;
    case FILL_COLUMN:
        op->column.column = name;
        op->column.setting = column_setting(lower, command);
        break;
    case FILL_CONSTRAINT_NAME:
        op->constraint.name = name;
        break;
    case FILL_ATTACHED:
        op->attached.name = name != NULL ? name : replica_index(lower, command->def);
        op->attached.switches = trigger_switch(command->subtype);
        break;
    case FILL_ADD_COLUMN:
        fill_add_column(lower, (const ColumnDef *)command->def, op);
        break;
    case FILL_DEFAULT:
        fill_default(lower, command, op);
        break;
    case FILL_EXPRESSION:
        fill_expression(lower, command, op);
        break;
    case FILL_TYPE:
        fill_type(lower, command, op);
        break;
    case FILL_ADD_CONSTRAINT:
        fill_add_constraint(lower, (const Constraint *)command->def, op);
        break;
    case FILL_ALTER_CONSTRAINT:
        fill_alter_constraint(lower, command->def, op);
        break;
    case FILL_PARENT:
        op->partition.partition = node_relation_name(lower->arena, (const RangeVar *)command->def);
        break;
    case FILL_PARTITION:
        fill_partition(lower, command, op);
        break;
    case FILL_PERSISTENCE:
        op->sequence.sets_persistence =
            command->subtype == AT_SetLogged || command->subtype == AT_SetUnLogged;
        break;
    case FILL_ASSIGNED:
        op->assigned.name =
            command->subtype == AT_ChangeOwner ? lower_role(lower, command->newowner) : name;
        break;
    case FILL_OF_TYPE:
        op->of_type.type = lower_type(lower, (const TypeName *)command->def).name;
        break;
    case FILL_OPTIONS:
        op->storage.options = lower_storage_options(lower, (const List *)command->def);
        op->storage.is_reset = command->subtype == AT_ResetRelOptions;
        break;
    }
}

/* REPLICA IDENTITY USING INDEX keeps the name in a node of its own. */
static const char *
replica_index(Lower *lower, const Node *definition)
{
    if (definition == NULL || !IsA(definition, ReplicaIdentityStmt))
        return NULL;
    return arena_strdup(lower->arena, ((const ReplicaIdentityStmt *)definition)->name);
}

static void
fill_add_column(Lower *lower, const ColumnDef *column, Op *op)
{
    Span span = {lower_offset(lower, column->location), op->span.end};

    op->add_column = lower_column(lower, column, span);
}

static void
fill_default(Lower *lower, const AlterTableCmd *command, Op *op)
{
    size_t start = scan_after_word(lower->text, op->span.start, op->span.end, "default");

    op->column.column = arena_strdup(lower->arena, command->name);
    op->column.value =
        lower_expression(lower, command->def, scan_trim(lower->text, start, op->span.end));
}

static void
fill_expression(Lower *lower, const AlterTableCmd *command, Op *op)
{
    Span inside = op->span;

    (void)scan_brackets(lower->text, op->span.start, op->span.end, &inside, NULL);
    op->column.column = arena_strdup(lower->arena, command->name);
    op->column.value = lower_expression(lower, command->def, inside);
}

static void
fill_type(Lower *lower, const AlterTableCmd *command, Op *op)
{
    const ColumnDef *column = (const ColumnDef *)command->def;

    op->alter_type.column = arena_strdup(lower->arena, command->name);
    op->alter_type.type = lower_type(lower, column->typeName);
    if (column->collClause != NULL)
        op->alter_type.collation = node_list_name(lower->arena, column->collClause->collname);
    if (column->raw_default != NULL) {
        size_t start = scan_after_word(lower->text, op->span.start, op->span.end, "using");
        op->alter_type.using = lower_expression(lower, column->raw_default,
                                                scan_trim(lower->text, start, op->span.end));
    }
}

static void
fill_add_constraint(Lower *lower, const Constraint *constraint, Op *op)
{
    Span span = {lower_offset(lower, constraint->location), op->span.end};

    op->add_constraint = lower_constraint(lower, constraint, NULL, span);
}

static void
fill_alter_constraint(Lower *lower, const Node *definition, Op *op)
{
    ConstraintDefinition *out = &op->add_constraint;

    out->kind = CONSTRAINT_FOREIGN_KEY;
    out->span = op->span;
#if PG_VERSION_NUM >= 180000
    const ATAlterConstraint *constraint = (const ATAlterConstraint *)definition;
    out->not_enforced = constraint->alterEnforceability && !constraint->is_enforced;
    out->no_inherit = constraint->alterInheritability && constraint->noinherit;
    out->alters.deferrability = constraint->alterDeferrability;
    out->alters.enforcement = constraint->alterEnforceability;
    out->alters.inheritance = constraint->alterInheritability;
#else
    const Constraint *constraint = (const Constraint *)definition;
    out->alters.deferrability = true;
#endif
    out->name = arena_strdup(lower->arena, constraint->conname);
    out->deferrable = constraint->deferrable;
    out->initially_deferred = constraint->initdeferred;
}

static void
fill_partition(Lower *lower, const AlterTableCmd *command, Op *op)
{
    const PartitionCmd *partition = (const PartitionCmd *)command->def;

    op->partition.partition = node_relation_name(lower->arena, partition->name);
    op->partition.finalize = command->subtype == AT_DetachPartitionFinalize;
    op->concurrently = partition->concurrent;
    if (partition->bound != NULL)
        op->partition.bound = lower_partition_bound(lower, partition->bound);
    if (partition->concurrent)
        lower_outside(lower, "ALTER TABLE ... DETACH CONCURRENTLY");
}
