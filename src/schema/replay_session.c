/* SPDX-License-Identifier: MIT */
/* Transactions, savepoints, settings, and switches that only a flag remembers. */
#include <string.h>

#include "schema/replay_parts.h"

/* ---- settings */

static const Setting *
new_setting(Schema *schema, const StringList *values)
{
    Setting *setting = ARENA_NEW(schema->arena, Setting);
    setting->values = *values;
    setting->text = "";
    foreach (value, values)
        setting->text = value == values->items
                            ? *value
                            : arena_printf(schema->arena, "%s, %s", setting->text, *value);
    return setting;
}

static void
forget_local_settings(Schema *schema)
{
    foreach (name, &schema->local_settings)
        schema_name_set(schema, NAMES_LOCAL_SETTING, (QualifiedName){NULL, *name}, NULL);
    schema->local_settings.count = 0;
}

static void
reset_all(Schema *schema)
{
    forget_local_settings(schema);
    foreach (slot, &schema->settings) {
        if ((*slot)->key.space == NAMES_SETTING && (*slot)->value != NULL)
            schema_set_slot(schema, *slot, NULL);
    }
}

void
replay_set_variable(Schema *schema, const Op *op)
{
    QualifiedName key = {NULL, op->set.name};
    if (op->set.name == NULL) {
        reset_all(schema);
        return;
    }

    bool cleared = op->set.is_reset || op->set.values.count == 0;
    const Setting *value = cleared ? NULL : new_setting(schema, &op->set.values);
    if (op->set.is_local) {
        if (!schema->in_transaction)
            return;
        schema_name_set(schema, NAMES_LOCAL_SETTING, key, value);
        LIST_APPEND(schema->arena, &schema->local_settings, op->set.name);
        return;
    }
    schema_name_set(schema, NAMES_SETTING, key, value);
    if (schema_name_get(schema, NAMES_LOCAL_SETTING, key) != NULL)
        schema_name_set(schema, NAMES_LOCAL_SETTING, key, NULL);
}

void
replay_set_session_default(Schema *schema, const Op *op)
{
    const Setting *value = op->set.is_reset ? NULL : new_setting(schema, &op->set.values);
    schema_name_set(schema, NAMES_COMING_SETTING, (QualifiedName){NULL, op->set.name}, value);
}

void
schema_reset_session(Schema *schema)
{
    reset_all(schema);
}

void
schema_new_session(Schema *schema)
{
    reset_all(schema);
    foreach (slot, &schema->settings) {
        if ((*slot)->key.space == NAMES_COMING_SETTING)
            schema_name_set(schema, NAMES_DEFAULT_SETTING, (QualifiedName){NULL, (*slot)->key.name},
                            (*slot)->value);
    }
}

/* ---- transactions */

static void
leave_transaction(Schema *schema)
{
    schema->in_transaction = false;
    schema->savepoints.count = 0;
    schema->local_settings.count = 0;
    schema->transaction++;
}

void
schema_begin(Schema *schema)
{
    if (schema->in_transaction)
        return;
    schema->in_transaction = true;
    schema->transaction_start = schema->changes.count;
    schema->transaction++;
}

void
schema_commit(Schema *schema)
{
    if (!schema->in_transaction)
        return;
    forget_local_settings(schema);
    leave_transaction(schema);
}

void
schema_rollback(Schema *schema)
{
    if (!schema->in_transaction)
        return;
    schema_undo(schema, schema->transaction_start);
    leave_transaction(schema);
}

/* The newest savepoint of this name; the number of savepoints when there is none. */
static size_t
find_savepoint(const Schema *schema, const char *name)
{
    for (size_t i = schema->savepoints.count; i > 0; i--) {
        if (name != NULL && strcmp(schema->savepoints.items[i - 1].name, name) == 0)
            return i - 1;
    }
    return schema->savepoints.count;
}

bool
schema_has_savepoint(const Schema *schema, const char *name)
{
    return find_savepoint(schema, name) < schema->savepoints.count;
}

static void
rollback_to(Schema *schema, const char *name)
{
    size_t place = find_savepoint(schema, name);
    if (place == schema->savepoints.count)
        return;
    schema_undo(schema, schema->savepoints.items[place].changes);
    schema->savepoints.count = place + 1;
}

void
replay_transaction(Schema *schema, const Op *op)
{
    const char *savepoint = op->transaction.savepoint;
    switch (op->transaction.control) {
    case TRANSACTION_BEGIN:
        schema_begin(schema);
        break;
    case TRANSACTION_COMMIT:
    case TRANSACTION_PREPARE: /* taken to be committed later, as it nearly always is */
        schema_commit(schema);
        break;
    case TRANSACTION_ROLLBACK:
        schema_rollback(schema);
        break;
    case TRANSACTION_SAVEPOINT:
        if (schema->in_transaction && savepoint != NULL)
            LIST_APPEND(schema->arena, &schema->savepoints,
                        (Savepoint){savepoint, schema->changes.count});
        break;
    case TRANSACTION_RELEASE:
        schema->savepoints.count = find_savepoint(schema, savepoint);
        break;
    case TRANSACTION_ROLLBACK_TO:
        rollback_to(schema, savepoint);
        break;
    case TRANSACTION_COMMIT_PREPARED:
    case TRANSACTION_ROLLBACK_PREPARED:
        break;
    }
}

/* ---- persistence */

static void
set_persistence(Schema *schema, const Op *op, Persistence persistence)
{
    SimRelation *table = schema_edit(schema, replay_target(schema, op)->id);
    table->persistence = persistence;
    schema_store(schema, table);
}

void
replay_set_logged(Schema *schema, const Op *op)
{
    set_persistence(schema, op, PERSISTENCE_PERMANENT);
}

void
replay_set_unlogged(Schema *schema, const Op *op)
{
    set_persistence(schema, op, PERSISTENCE_UNLOGGED);
}
