/* SPDX-License-Identifier: MIT */
/* What operations say about relations without changing them: options, publications, comments,
 * triggers; and what they say about functions. */
#ifndef LOCKSTEP_METADATA_H
#define LOCKSTEP_METADATA_H

#include <stdbool.h>

#include "lockstep/list.h"

/* One of SET (…), RESET (…) or WITH (…). */
typedef struct StorageOption {
    const char *name_space; /* "toast", or NULL */
    const char *name;
    const char *value; /* as text; NULL where none is written */
} StorageOption;

typedef LIST(StorageOption) StorageOptionList;

/* What ALTER TABLE does to the triggers of foreign keys too. */
typedef enum TriggerSwitch {
    SWITCH_SOME, /* one by name, USER, or for replication: not those */
    SWITCH_ALL_OFF,
    SWITCH_ALL_ON
} TriggerSwitch;

/* What fires a trigger. */
typedef enum TriggerTiming { TRIGGER_AFTER, TRIGGER_BEFORE, TRIGGER_INSTEAD_OF } TriggerTiming;

typedef struct TriggerEvents {
    bool on_insert;
    bool on_update;
    bool on_delete;
    bool on_truncate;
    StringList columns; /* UPDATE OF; empty for all */
} TriggerEvents;

/* What ALTER PUBLICATION does with the tables that it names. */
typedef enum PublicationAction {
    PUBLICATION_CREATE,
    PUBLICATION_ADD,
    PUBLICATION_SET,
    PUBLICATION_DROP_TABLES,
    PUBLICATION_DROP
} PublicationAction;

/* What COMMENT, SECURITY LABEL and ALTER EXTENSION say that their object is. */
typedef enum AboutKind {
    ABOUT_TABLE,
    ABOUT_FOREIGN_TABLE,
    ABOUT_VIEW,
    ABOUT_MATERIALIZED_VIEW,
    ABOUT_INDEX,
    ABOUT_SEQUENCE,
    ABOUT_COLUMN,
    ABOUT_CONSTRAINT,
    ABOUT_TRIGGER,
    ABOUT_RULE,
    ABOUT_POLICY
} AboutKind;

/* What kind of relation a statement says that its target is. */
typedef enum TargetWord {
    TARGET_WORD_ANY, /* ALTER TABLE too, which takes most of them; others say it by their kind */
    TARGET_WORD_VIEW,
    TARGET_WORD_MATERIALIZED_VIEW,
    TARGET_WORD_SEQUENCE,
    TARGET_WORD_FOREIGN_TABLE,
    TARGET_WORD_INDEX
} TargetWord;

/* What DROP_OBJECT drops. */
typedef enum DroppedKind { DROPPED_SERVER, DROPPED_WRAPPER, DROPPED_COLLATION } DroppedKind;

/* What ALTER DOMAIN does. */
typedef enum DomainAction {
    DOMAIN_OTHER, /* the default, the owner */
    DOMAIN_ADD,
    DOMAIN_VALIDATE,
    DOMAIN_DROP,
    DOMAIN_RENAME_CONSTRAINT,
    DOMAIN_SET_NOT_NULL,
    DOMAIN_DROP_NOT_NULL
} DomainAction;

typedef enum RoutineKind {
    ROUTINE_ANY, /* DROP ROUTINE */
    ROUTINE_FUNCTION,
    ROUTINE_PROCEDURE,
    ROUTINE_AGGREGATE
} RoutineKind;

#endif
