/* SPDX-License-Identifier: MIT */
/*
 * The inside of the simulated catalog, for the files of this folder.
 *
 * Everything that changes is a cell: a pointer to something immutable. schema_set_cell() notes the
 * old pointer before it puts the new one, so that undoing is putting the old pointers back, newest
 * first. What is not a cell only grows: the lists of a RelationSlot name every relation that was
 * ever linked to this one, and readers ask the linked relation whether that is still so.
 */
#ifndef LOCKSTEP_SCHEMA_STATE_H
#define LOCKSTEP_SCHEMA_STATE_H

#include "lockstep/arena.h"
#include "lockstep/schema.h"

#include "schema/dependents.h"
#include "schema/name_table.h"
#include "schema/replay.h"

/* An array with room behind the columns of the newest copy, for those that later copies add: who
 * has fewer columns does not see them. */
typedef struct ColumnRoom {
    SimColumn *items;
    size_t used;
    size_t capacity;
    size_t borrowed; /* how many the copy that is being edited began with */
} ColumnRoom;

typedef struct RelationSlot {
    RelationId id;
    size_t changes;      /* number of the newest change of `current`, from 1; 0: none */
    const void *current; /* a cell: const SimRelation, NULL when dropped */
    const void *pending; /* a cell: PendingEvents, or NULL */
    RelationIdList indexes;
    RelationIdList children;
    RelationIdList referencing;
    RelationIdList readers; /* views, and what has triggers, rules or policies that use it */
    RelationIdList sequences;
    RelationIdList numbering; /* see name_users.h: a sequence, and who takes numbers from it */
    const SimRelation *noted; /* the same: what has been taken up last */
    bool comes;               /* the same: it is in KnownNames.coming */
    ColumnRoom room;
} RelationSlot;

/* What a transaction has said of the constraints that can wait. */
typedef struct ConstraintsSet {
    uint32_t transaction; /* in any other it says nothing */
    uint32_t fired;     /* how often some have been made immediate: those that waited may be done */
    bool any_immediate; /* so that it is not known which wait */
    bool all_immediate;
    bool all_deferred;
    StringList immediate; /* by name, since all were deferred */
    StringList deferred;  /* the same, since all were immediate */
} ConstraintsSet;

/* Constraint triggers of a relation wait for the end of this transaction. */
typedef struct PendingEvents {
    uint32_t transaction;
    uint32_t fired; /* as it was in ConstraintsSet */
} PendingEvents;

/* Relations share one name space with indexes and sequences; types are domains, enums and others.
 */
typedef enum NameSpace {
    NAMES_RELATION,
    NAMES_DOMAIN,
    NAMES_ENUM,
    NAMES_COMPOSITE,
    NAMES_FUNCTION,
    NAMES_PUBLICATION,
    NAMES_STATISTICS,
    NAMES_WRAPPER,
    NAMES_SERVER,
    NAMES_SCHEMA,
    NAMES_EXTENSION,
    NAMES_CAST, /* one name for all */
    NAMES_SETTING,
    NAMES_LOCAL_SETTING,
    NAMES_DEFAULT_SETTING, /* what the session began with */
    NAMES_COMING_SETTING   /* what the next one will begin with */
} NameSpace;

enum { NAME_SPACE_COUNT = NAMES_COMING_SETTING + 1 };

typedef struct NameKey {
    NameSpace space;
    const char *schema; /* "" for what has none */
    const char *name;
} NameKey;

struct NameSlot {
    NameKey key;
    const void *value; /* a cell: RelationSlot, SimDomain, SimEnum, SimFunction, … or Setting */
    size_t changes;    /* number of its newest change, from 1; 0: none */
    NameSlot *next;    /* another one of the same name */
};

typedef struct KnownNames {
    NameTable table;
    RelationIdList coming; /* see name_users.h: each that has changed since somebody asked */
} KnownNames;

typedef struct Setting {
    const char *text; /* the values with ", " between */
    StringList values;
} Setting;

/* See schema_dependents(). */
typedef struct LastDependents {
    bool known; /* any change makes it false */
    int pg_version;
    DependentList roots;
    DependentList all;
} LastDependents;

typedef struct CellChange {
    const void **cell;
    const void *before;
    size_t earlier;         /* number of the change before this one of the same cell, or 0 */
    RelationSlot *relation; /* the cell is its `current`; else NULL */
    NameSlot *name;         /* the cell is its `value`; else NULL */
} CellChange;

typedef struct Savepoint {
    const char *name;
    size_t changes;
} Savepoint;

struct Schema {
    Arena *arena;
    KnownNames *names;
    KnownName *last_schema;      /* in which something got its name last */
    const NameSlot *search_path; /* of `names`: asked at every name without a schema */
    const NameSlot *local_search_path;
    const NameSlot *default_search_path;
    LastDependents *last_dependents;
    bool has[NAME_SPACE_COUNT];     /* some name of it is or was taken */
    bool has_temporary;             /* the same of the temporary schema */
    NameSlotList publications;      /* every name that ever was one */
    NameSlotList servers;           /* the same */
    NameSlotList settings;          /* the same: those of SET, and those to come */
    NameList parsed_functions;      /* each that ever had a body of SQL, which has dependencies */
    LIST(RelationSlot *) relations; /* by id - 1 */
    RelationId target;              /* of the operation that is being applied; 0: it is not there */
    LIST(CellChange) changes;
    LIST(Savepoint) savepoints;
    LIST(const char *) local_settings; /* those that SET LOCAL has set in this transaction */
    const void *constraints_set;       /* a cell: ConstraintsSet, or NULL */
    uint32_t changed_in;               /* the transaction that last changed more than rows */
    size_t transaction_start;          /* number of changes when it began */
    bool in_transaction;
    uint32_t transaction;
};

/* Puts `value` into a cell of this schema: one of its own or of a name. */
void schema_set_cell(Schema *schema, const void **cell, const void *value);
void schema_set_slot(Schema *schema, NameSlot *slot, const void *value);

/* Puts back what the cells held when there were `changes` changes. */
void schema_undo(Schema *schema, size_t changes);

/* What a name stands for in one schema, or NULL; setting NULL removes it. */
const void *schema_name_get(const Schema *schema, NameSpace space, QualifiedName name);

/* Where that is kept; NULL where the name never stood for anything. */
const NameSlot *schema_name_slot(const Schema *schema, NameSpace space, QualifiedName name);
void schema_name_set(Schema *schema, NameSpace space, QualifiedName name, const void *value);

/* The same along the search path when the name has no schema. */
const void *schema_name_find(const Schema *schema, NameSpace space, QualifiedName name);

/* All names that are or were in a schema, in the order of their creation. */
const NameSlotList *schema_members(const Schema *schema, const char *name);

static inline RelationSlot *
schema_slot(const Schema *schema, RelationId id)
{
    return id != 0 && id <= schema->relations.count ? schema->relations.items[id - 1] : NULL;
}

/*
 * Changing a relation is three steps: a copy of one's own, changing it, storing it. A new relation
 * has its id and its name from the beginning, and is seen by readers once it is stored. The copy
 * borrows its lists: appending is safe, but before an element is changed or moved the list has to
 * be made the copy's own.
 */
SimRelation *schema_new_relation(Schema *schema, QualifiedName name, RelationKind kind);
SimRelation *schema_edit(Schema *schema, RelationId id);
SimColumn *schema_append_column(Schema *schema, SimRelation *relation, SimColumn column);
SimColumn *schema_own_column(Schema *schema, SimRelation *relation, const SimColumn *column);
void schema_own_columns(Schema *schema, SimRelation *relation);
void schema_own_constraints(Schema *schema, SimRelation *relation);
void schema_own_keys(Schema *schema, SimRelation *index);
void schema_store(Schema *schema, SimRelation *relation);

/*
 * Whether a relation is `ancestor` or inherits from it. Asked before every new link to a parent:
 * the server refuses circular inheritance (tablecmds.c, ATExecAddInherit and
 * ATExecAttachPartition), and whoever walks the family relies on it.
 */
bool schema_is_below(const Schema *schema, RelationId relation, RelationId ancestor);

/* Notes that `referencing` has a foreign key to `referenced`. */
void schema_link_reference(Schema *schema, RelationId referencing, RelationId referenced);

/* Takes the relation's name away or gives it another; the slot stays. */
void schema_remove_relation(Schema *schema, const SimRelation *relation);
void schema_move_relation(Schema *schema, RelationId id, QualifiedName name);

#endif
