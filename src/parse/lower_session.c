/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lower.h"

static void set_session_default(Lower *lower, const VariableSetStmt *set);
static void set_variable(Lower *lower, const VariableSetStmt *set, OpKind kind);
static void set_characteristics(Lower *lower, const VariableSetStmt *set);
static const char *fold_setting(Arena *arena, const char *name);
static const FuncCall *set_config_call(const Node *target);
static bool add_set_config(Lower *lower, const FuncCall *call);
static void split_setting(Arena *arena, const char *name, const char *value, StringList *out);
static char *next_list_element(Arena *arena, const char **at, char separator);
static bool subscription_option(const List *options, const char *name, bool initial);

void
lower_set(Lower *lower, Node *node)
{
    const VariableSetStmt *set = (const VariableSetStmt *)node;

    if (set->kind == VAR_SET_MULTI)
        set_characteristics(lower, set);
    else
        set_variable(lower, set, OP_SET_VARIABLE);
}

/* Which database a file is about is never said: it is taken to be this one. */
void
lower_alter_database_set(Lower *lower, Node *node)
{
    set_session_default(lower, ((const AlterDatabaseSetStmt *)node)->setstmt);
}

/* What is set for one role concerns whoever runs the migrations only if it is that role. */
void
lower_alter_role_set(Lower *lower, Node *node)
{
    const AlterRoleSetStmt *alter = (const AlterRoleSetStmt *)node;

    if (alter->role == NULL)
        set_session_default(lower, alter->setstmt);
    else
        lower_add_plain(lower, OP_NO_RELATION);
}

static void
set_session_default(Lower *lower, const VariableSetStmt *set)
{
    bool names_one = set != NULL && set->kind != VAR_SET_MULTI && set->name != NULL;

    if (names_one)
        set_variable(lower, set, OP_SET_SESSION_DEFAULT);
    else
        lower_add_plain(lower, OP_NO_RELATION);
}

static void
set_variable(Lower *lower, const VariableSetStmt *set, OpKind kind)
{
    Op *op = lower_new_op(lower, kind);

    op->set.name = fold_setting(lower->arena, set->name);
    op->set.is_local = set->is_local;
    op->set.is_reset = set->kind == VAR_RESET || set->kind == VAR_RESET_ALL;
    if (set->kind == VAR_SET_VALUE) {
        EACH_NODE (Node, value, set->args) {
            const char *text = node_constant_text(lower->arena, value);
            if (text != NULL)
                LIST_APPEND(lower->arena, &op->set.values, text);
        }
    }
}

void
lower_set_constraints(Lower *lower, Node *node)
{
    const ConstraintsSetStmt *set = (const ConstraintsSetStmt *)node;
    Op *op = lower_new_op(lower, OP_SET_CONSTRAINTS);

    op->set_constraints.deferred = set->deferred;
    EACH_NODE (RangeVar, constraint, set->constraints)
        LIST_APPEND(lower->arena, &op->set_constraints.names,
                    arena_strdup(lower->arena, constraint->relname));
}

/* SET TRANSACTION … and SET SESSION CHARACTERISTICS AS TRANSACTION …: one operation for each of the
 * settings that they stand for (variable.c). */
static void
set_characteristics(Lower *lower, const VariableSetStmt *set)
{
    bool for_session = strcmp(set->name, "SESSION CHARACTERISTICS") == 0;
    size_t before = lower->statement->ops.count;

    EACH_NODE (DefElem, item, set->args) {
        Op op = lower_op(lower, OP_SET_VARIABLE);
        if (!IsA(item, DefElem))
            continue;
        op.set.name =
            arena_printf(lower->arena, "%s%s", for_session ? "default_" : "", item->defname);
        op.set.is_local = !for_session;
        const char *value = node_constant_text(lower->arena, item->arg);
        if (value != NULL)
            LIST_APPEND(lower->arena, &op.set.values, value);
        lower_add(lower, &op);
    }
    if (lower->statement->ops.count == before)
        lower_add_plain(lower, OP_NO_RELATION);
}

bool
lower_set_config(Lower *lower, const SelectStmt *select)
{
    if (select->targetList == NIL || select->fromClause != NIL || select->withClause != NULL)
        return false;
    EACH_NODE (Node, target, select->targetList) {
        if (set_config_call(target) == NULL)
            return false;
    }
    size_t before = lower->statement->ops.count;
    EACH_NODE (Node, target, select->targetList) {
        if (!add_set_config(lower, set_config_call(target))) {
            lower->statement->ops.count = before;
            return false;
        }
    }
    return true;
}

static const FuncCall *
set_config_call(const Node *target)
{
    const Node *value = IsA(target, ResTarget) ? ((const ResTarget *)target)->val : NULL;

    if (value == NULL || !IsA(value, FuncCall))
        return NULL;
    const FuncCall *call = (const FuncCall *)value;
    const char *name = node_last_string(call->funcname);
    bool qualified = list_length(call->funcname) == 2 &&
                     strcmp(node_string(linitial(call->funcname)), "pg_catalog") == 0;
    if (name == NULL || strcmp(name, "set_config") != 0 || list_length(call->args) != 3 ||
        (list_length(call->funcname) != 1 && !qualified))
        return NULL;
    return call;
}

/* False where the name is not a constant: then it is a function like any other. */
static bool
add_set_config(Lower *lower, const FuncCall *call)
{
    Arena *arena = lower->arena;
    Op op = lower_op(lower, OP_SET_VARIABLE);
    const char *name = node_constant_text(arena, linitial(call->args));
    const char *value = node_constant_text(arena, lsecond(call->args));
    const char *is_local = node_constant_text(arena, lthird(call->args));

    if (name == NULL)
        return false;
    op.set.name = fold_setting(arena, name);
    op.set.is_local = is_local != NULL && (is_local[0] == 't' || is_local[0] == 'T');
    if (value != NULL)
        split_setting(arena, op.set.name, value, &op.set.values);
    lower_add(lower, &op);
    return true;
}

/* Settings are known by their names in any case, quoted too (guc.c, guc_name_compare). */
static const char *
fold_setting(Arena *arena, const char *name)
{
    char *folded = arena_strdup(arena, name);

    for (char *c = folded; c != NULL && *c != '\0'; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    return folded;
}

/* A search path comes as one string here, but as a list from SET. */
static void
split_setting(Arena *arena, const char *name, const char *value, StringList *out)
{
    const char *at = value;

    if (strcmp(name, "search_path") != 0) {
        LIST_APPEND(arena, out, value);
        return;
    }
    do {
        LIST_APPEND(arena, out, next_list_element(arena, &at, ','));
    } while (*at++ == ',');
}

/* One name of a list such as `a, "B", c`, folded and unquoted; leaves `at` at the separator or the
 * end (varlena.c, SplitIdentifierString). */
static char *
next_list_element(Arena *arena, const char **at, char separator)
{
    const char *from = *at + strspn(*at, " \t\r\n\f\v");
    char *element = arena_alloc(arena, strlen(from) + 1);
    size_t length = 0;

    if (*from == '"') {
        for (from++; *from != '\0' && (*from != '"' || from[1] == '"'); from++) {
            from += *from == '"';
            element[length++] = *from;
        }
        while (*from != '\0' && *from != separator)
            from++;
    } else {
        for (; *from != '\0' && *from != separator; from++)
            element[length++] = *from >= 'A' && *from <= 'Z' ? (char)(*from - 'A' + 'a') : *from;
        while (length > 0 && text_is_space(element[length - 1]))
            length--;
    }
    element[length] = '\0';
    *at = from;
    return element;
}

QualifiedName
lower_written_name(Arena *arena, const char *text)
{
    const char *at = text;
    QualifiedName name = {.name = next_list_element(arena, &at, '.')};

    while (*at++ == '.')
        name = (QualifiedName){name.name, next_list_element(arena, &at, '.')};
    return name;
}

void
lower_transaction(Lower *lower, Node *node)
{
    static const TransactionControl controls[] = {
        [TRANS_STMT_BEGIN] = TRANSACTION_BEGIN,
        [TRANS_STMT_START] = TRANSACTION_BEGIN,
        [TRANS_STMT_COMMIT] = TRANSACTION_COMMIT,
        [TRANS_STMT_ROLLBACK] = TRANSACTION_ROLLBACK,
        [TRANS_STMT_SAVEPOINT] = TRANSACTION_SAVEPOINT,
        [TRANS_STMT_RELEASE] = TRANSACTION_RELEASE,
        [TRANS_STMT_ROLLBACK_TO] = TRANSACTION_ROLLBACK_TO,
        [TRANS_STMT_PREPARE] = TRANSACTION_PREPARE,
        [TRANS_STMT_COMMIT_PREPARED] = TRANSACTION_COMMIT_PREPARED,
        [TRANS_STMT_ROLLBACK_PREPARED] = TRANSACTION_ROLLBACK_PREPARED,
    };
    const TransactionStmt *transaction = (const TransactionStmt *)node;
    Op *op = lower_new_op(lower, OP_TRANSACTION);

    op->transaction.control = controls[transaction->kind];
    op->transaction.savepoint = arena_strdup(lower->arena, transaction->savepoint_name);
    lower->statement->use = TRANSACTION_USE_CONTROL;
}

void
lower_lock(Lower *lower, Node *node)
{
    const LockStmt *lock = (const LockStmt *)node;

    EACH_NODE (RangeVar, relation, lock->relations) {
        Op *op = lower_new_op(lower, OP_LOCK_TABLE);
        op->target = node_relation_name(lower->arena, relation);
        op->only = !relation->inh;
        /* lockdefs.h numbers the modes from 1, weakest first, as LockLevel does. */
        op->lock_table.level = (LockLevel)lock->mode;
        op->lock_table.nowait = lock->nowait;
    }
}

/* vacuum.c, vacuum(): that of the database's own statistics reads no table. */
static void
lower_vacuum_of_all(Lower *lower, const VacuumStmt *vacuum, const Op *op)
{
    if (node_option_is_on(node_find_option(vacuum->options, "only_database_stats")))
        lower_add_plain(lower, OP_NO_RELATION);
    else
        lower_add(lower, op);
}

void
lower_vacuum(Lower *lower, Node *node)
{
    const VacuumStmt *vacuum = (const VacuumStmt *)node;
    Op op = lower_op(lower, vacuum->is_vacuumcmd ? OP_VACUUM : OP_ANALYZE);

    const DefElem *process_main = node_find_option(vacuum->options, "process_main");
    op.vacuum.full = node_option_is_on(node_find_option(vacuum->options, "full"));
    op.vacuum.analyzes = node_option_is_on(node_find_option(vacuum->options, "analyze"));
    op.vacuum.all_pages =
        node_option_is_on(node_find_option(vacuum->options, "disable_page_skipping"));
    const DefElem *parallel = node_find_option(vacuum->options, "parallel");
    const char *workers = parallel != NULL ? node_option_text(lower->arena, parallel) : NULL;
    op.vacuum.parallel = workers != NULL && strcmp(workers, "0") != 0;
    op.vacuum.without_main = process_main != NULL && !node_option_is_on(process_main);
    if (vacuum->is_vacuumcmd)
        lower_outside(lower, "VACUUM");
    if (vacuum->rels == NIL)
        lower_vacuum_of_all(lower, vacuum, &op);
    EACH_NODE (VacuumRelation, relation, vacuum->rels) {
        op.target = node_relation_name(lower->arena, relation->relation);
        op.only = !relation->relation->inh;
        op.vacuum.columns = node_strings(lower->arena, relation->va_cols);
        lower_add(lower, &op);
    }
}

void
lower_cluster(Lower *lower, Node *node)
{
    const ClusterStmt *cluster = (const ClusterStmt *)node;
    Op *op = lower_new_op(lower, OP_CLUSTER);

    op->target = node_relation_name(lower->arena, cluster->relation);
    op->attached.name = arena_strdup(lower->arena, cluster->indexname);
    if (cluster->relation == NULL)
        lower_outside(lower, "CLUSTER");
    else
        lower->statement->use = TRANSACTION_USE_MAYBE_OUTSIDE;
}

/* discard.c, DiscardAll() */
void
lower_discard(Lower *lower, Node *node)
{
    Op reset = lower_op(lower, OP_SET_VARIABLE);

    if (((const DiscardStmt *)node)->target != DISCARD_ALL) {
        lower_add_plain(lower, OP_NO_RELATION);
        return;
    }
    lower_outside(lower, "DISCARD ALL");
    reset.set.is_reset = true;
    lower_add(lower, &reset);
}

/* subscriptioncmds.c: a slot on the publisher cannot be rolled back. */
void
lower_create_subscription(Lower *lower, Node *node)
{
    const List *options = ((const CreateSubscriptionStmt *)node)->options;
    bool connects = subscription_option(options, "connect", true);

    if (subscription_option(options, "create_slot", connects))
        lower_outside(lower, "CREATE SUBSCRIPTION ... WITH (create_slot = true)");
    lower_add_plain(lower, OP_NO_RELATION);
}

void
lower_alter_subscription(Lower *lower, Node *node)
{
    const AlterSubscriptionStmt *alter = (const AlterSubscriptionStmt *)node;

    switch (alter->kind) {
    case ALTER_SUBSCRIPTION_REFRESH:
        lower_outside(lower, "ALTER SUBSCRIPTION ... REFRESH");
        break;
    case ALTER_SUBSCRIPTION_SET_PUBLICATION:
    case ALTER_SUBSCRIPTION_ADD_PUBLICATION:
    case ALTER_SUBSCRIPTION_DROP_PUBLICATION:
        if (subscription_option(alter->options, "refresh", true))
            lower_outside(lower, "ALTER SUBSCRIPTION with refresh");
        break;
    case ALTER_SUBSCRIPTION_OPTIONS:
        if (node_find_option(alter->options, "failover") != NULL)
            lower_outside(lower, "ALTER SUBSCRIPTION ... SET (failover)");
        else if (node_find_option(alter->options, "two_phase") != NULL)
            lower_outside(lower, "ALTER SUBSCRIPTION ... SET (two_phase)");
        break;
    default: /* the server's own enumeration */
        break;
    }
    lower_add_plain(lower, OP_NO_RELATION);
}

static bool
subscription_option(const List *options, const char *name, bool initial)
{
    const DefElem *option = node_find_option(options, name);

    return option == NULL ? initial : node_option_is_on(option);
}

void
lower_alter_database(Lower *lower, Node *node)
{
    if (node_find_option(((const AlterDatabaseStmt *)node)->options, "tablespace") != NULL)
        lower_outside(lower, "ALTER DATABASE SET TABLESPACE");
    lower_add_plain(lower, OP_NO_RELATION);
}
