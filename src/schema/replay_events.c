/* SPDX-License-Identifier: MIT */
/* Constraint triggers that wait for the end of the transaction (trigger.c). Only what is certain is
 * noted: rows that an UPDATE or a DELETE finds are not. */
#include <string.h>

#include "schema/replay_parts.h"

static const ConstraintsSet *
current_set(const Schema *schema)
{
    static const ConstraintsSet none = {0};
    const ConstraintsSet *set = schema->constraints_set;
    return set != NULL && set->transaction == schema->transaction ? set : &none;
}

bool
schema_has_pending_events(const Schema *schema, const SimRelation *relation)
{
    const PendingEvents *pending = schema_slot(schema, relation->id)->pending;
    return pending != NULL && pending->transaction == schema->transaction &&
           pending->fired == current_set(schema)->fired;
}

/* trigger.c, TriggerEnabled(): those of foreign keys rest too. */
bool
schema_fires_triggers(const Schema *schema, const SimRelation *relation)
{
    const char *role = schema_setting(schema, "session_replication_role");
    return !relation->triggers_off && (role == NULL || strcmp(role, "replica") != 0);
}

bool
schema_is_unchanged(const Schema *schema)
{
    return schema->changed_in != schema->transaction;
}

static void
move_names(Schema *schema, const StringList *names, bool deferred, ConstraintsSet *set)
{
    StringList kept = {0};
    const StringList *others = deferred ? &set->immediate : &set->deferred;
    foreach (name, others) {
        if (names->count > 0 && !string_list_has(names, *name))
            LIST_APPEND(schema->arena, &kept, *name);
    }
    StringList *own = deferred ? &set->deferred : &set->immediate;
    StringList moved = {0};
    foreach (name, own) {
        if (names->count > 0)
            LIST_APPEND(schema->arena, &moved, *name);
    }
    foreach (name, names)
        LIST_APPEND(schema->arena, &moved, *name);
    *own = moved;
    *(deferred ? &set->immediate : &set->deferred) = kept;
}

/* AfterTriggerSetState() */
void
replay_set_constraints(Schema *schema, const Op *op)
{
    bool is_all = op->set_constraints.names.count == 0;
    ConstraintsSet *set = ARENA_NEW(schema->arena, ConstraintsSet);
    *set = *current_set(schema);
    set->transaction = schema->transaction;
    set->deferred.capacity = set->immediate.capacity = 0;
    if (!op->set_constraints.deferred)
        *set = (ConstraintsSet){.transaction = set->transaction,
                                .fired = set->fired + 1,
                                .any_immediate = true,
                                .all_immediate = is_all || set->all_immediate,
                                .all_deferred = set->all_deferred && !is_all,
                                .immediate = set->immediate,
                                .deferred = set->deferred};
    else if (is_all)
        *set = (ConstraintsSet){
            .transaction = set->transaction, .fired = set->fired, .all_deferred = true};
    move_names(schema, &op->set_constraints.names, op->set_constraints.deferred, set);
    schema_set_cell(schema, &schema->constraints_set, set);
}

/* AfterTriggerSaveEvent() asks for the triggers that fire, session_replication_role among it. */
static bool
fires_all(const Schema *schema, const SimRelation *table)
{
    if (table->kind != RELATION_TABLE || table->triggers_switched ||
        schema_setting(schema, "session_replication_role") != NULL)
        return false;
    foreach (attached, &table->attached) {
        bool may_cancel = (*attached)->kind == SIM_RULE ||
                          ((*attached)->kind == SIM_TRIGGER && !(*attached)->is_constraint);
        if (may_cancel)
            return false;
    }
    return true;
}

static bool
waits(const ConstraintsSet *set, const char *name, bool deferrable, bool initially_deferred)
{
    if (set->all_deferred || string_list_has(&set->deferred, name))
        return deferrable || initially_deferred;
    return initially_deferred && !set->any_immediate;
}

/* AfterTriggerCheckState() */
bool
schema_constraint_waits(const Schema *schema, const SimConstraint *constraint)
{
    const ConstraintsSet *set = current_set(schema);
    if (!constraint->deferrable && !constraint->initially_deferred)
        return false;
    if (string_list_has(&set->deferred, constraint->name))
        return true;
    if (string_list_has(&set->immediate, constraint->name) || set->all_immediate)
        return false;
    return set->all_deferred || constraint->initially_deferred;
}

/* A foreign key is looked up for each new row (RI_FKey_check_ins), a NULL too. */
static bool
waits_after_insert(const Schema *schema, const SimRelation *table)
{
    const ConstraintsSet *set = current_set(schema);
    foreach (constraint, &table->constraints) {
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->enforced &&
            waits(set, constraint->name, constraint->deferrable, constraint->initially_deferred))
            return true;
    }
    foreach (attached, &table->attached) {
        const SimAttached *trigger = *attached;
        if (trigger->kind == SIM_TRIGGER && trigger->events.on_insert && !trigger->has_when &&
            waits(set, trigger->name, trigger->is_deferrable, trigger->initially_deferred))
            return true;
    }
    return false;
}

void
replay_insert(Schema *schema, const Op *op)
{
    replay_written(schema, op);
    if (!op->data.adds_row || op->data.phase != DATA_RUNS || op->guarded)
        return;
    const SimRelation *table = replay_found(schema);
    if (table == NULL || table->assumed || schema_has_pending_events(schema, table) ||
        !fires_all(schema, table) || !waits_after_insert(schema, table))
        return;
    PendingEvents *pending = ARENA_NEW(schema->arena, PendingEvents);
    pending->transaction = schema->transaction;
    pending->fired = current_set(schema)->fired;
    schema_set_cell(schema, &schema_slot(schema, table->id)->pending, pending);
}

void
replay_switch_trigger(Schema *schema, const Op *op)
{
    RelationIdList family = replay_family(schema, op);
    foreach (id, &family) {
        SimRelation *table = schema_edit(schema, *id);
        table->triggers_switched = true;
        if (op->attached.switches != SWITCH_SOME)
            table->triggers_off = op->attached.switches == SWITCH_ALL_OFF;
        schema_store(schema, table);
    }
}
