/* SPDX-License-Identifier: MIT */
/* Triggers, rules and policies. */
#include "lower.h"

#include "catalog/pg_trigger.h"

static Op attached_op(Lower *lower, OpKind kind, const RangeVar *relation, const char *name);
static const SqlUses *uses_of_policy(Lower *lower, const RangeVar *table, Node *using, Node *check);

void
lower_create_trigger(Lower *lower, Node *node)
{
    const CreateTrigStmt *create = (const CreateTrigStmt *)node;
    Op op = attached_op(lower, OP_CREATE_TRIGGER, create->relation, create->trigname);
    SqlUses *uses = lower_uses(lower, create->whenClause, create->relation);

    if (uses == NULL)
        uses = ARENA_NEW(lower->arena, SqlUses);
    EACH_NODE (String, column, create->columns)
        lower_add_use(lower, uses, create->relation, node_string(column));
    op.if_exists = create->replace;
    op.attached.uses = uses;
    op.attached.from = node_relation_name(lower->arena, create->constrrel);
    op.attached.function = node_list_name(lower->arena, create->funcname);
    op.attached.for_each_row = create->row;
    op.attached.is_constraint = create->isconstraint;
    if (TRIGGER_FOR_BEFORE(create->timing))
        op.attached.timing = TRIGGER_BEFORE;
    else if (TRIGGER_FOR_INSTEAD(create->timing))
        op.attached.timing = TRIGGER_INSTEAD_OF;
    op.attached.is_deferrable = create->deferrable;
    op.attached.initially_deferred = create->initdeferred;
    op.attached.has_when = create->whenClause != NULL;
    op.attached.has_transitions = create->transitionRels != NIL;
    op.attached.events =
        (TriggerEvents){.on_insert = (create->events & TRIGGER_TYPE_INSERT) != 0,
                        .on_update = (create->events & TRIGGER_TYPE_UPDATE) != 0,
                        .on_delete = (create->events & TRIGGER_TYPE_DELETE) != 0,
                        .on_truncate = (create->events & TRIGGER_TYPE_TRUNCATE) != 0,
                        .columns = node_strings(lower->arena, create->columns)};
    lower_add(lower, &op);
}

void
lower_create_rule(Lower *lower, Node *node)
{
    const RuleStmt *rule = (const RuleStmt *)node;
    Op op = attached_op(lower, OP_CREATE_RULE, rule->relation, rule->rulename);
    List both = {.type = T_List, .length = 2, .max_length = 2};
    ListCell cells[2] = {{.ptr_value = rule->whereClause}, {.ptr_value = rule->actions}};

    both.elements = cells;
    op.if_exists = rule->replace;
    op.attached.events = (TriggerEvents){.on_insert = rule->event == CMD_INSERT,
                                         .on_update = rule->event == CMD_UPDATE,
                                         .on_delete = rule->event == CMD_DELETE};
    op.attached.uses = lower_uses(lower, (Node *)&both, rule->relation);
    lower_add(lower, &op);
}

void
lower_create_policy(Lower *lower, Node *node)
{
    const CreatePolicyStmt *create = (const CreatePolicyStmt *)node;
    Op op = attached_op(lower, OP_CREATE_POLICY, create->table, create->policy_name);

    op.attached.uses = uses_of_policy(lower, create->table, create->qual, create->with_check);
    lower_add(lower, &op);
}

void
lower_alter_policy(Lower *lower, Node *node)
{
    const AlterPolicyStmt *alter = (const AlterPolicyStmt *)node;
    Op op = attached_op(lower, OP_ALTER_POLICY, alter->table, alter->policy_name);

    if (alter->qual != NULL || alter->with_check != NULL)
        op.attached.uses = uses_of_policy(lower, alter->table, alter->qual, alter->with_check);
    lower_add(lower, &op);
}

static Op
attached_op(Lower *lower, OpKind kind, const RangeVar *relation, const char *name)
{
    Op op = lower_op(lower, kind);

    op.target = node_relation_name(lower->arena, relation);
    op.attached.name = arena_strdup(lower->arena, name);
    return op;
}

static const SqlUses *
uses_of_policy(Lower *lower, const RangeVar *table, Node *using, Node *check)
{
    List both = {.type = T_List, .length = 2, .max_length = 2};
    ListCell cells[2] = {{.ptr_value = using}, {.ptr_value = check}};

    both.elements = cells;
    return lower_uses(lower, (Node *)&both, table);
}
