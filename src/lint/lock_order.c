/* SPDX-License-Identifier: MIT */
#include "lint/lock_order.h"

#include <stdlib.h>

/* Two deploys that are further apart in the history are releases apart: nobody runs both. */
enum { MOST_APART = 5 };

/* A strong lock on one relation, in the order in which its transaction has taken them. */
typedef struct TakenLock {
    size_t transaction;
    size_t position; /* in its transaction */
    size_t statement;
    QualifiedName relation;
    uint32_t id;
    LockLevel level;
} TakenLock;

typedef LIST(TakenLock) TakenLockList;

typedef struct Place {
    const char *path;
    size_t deploy;
} Place;

typedef struct ToldPair {
    uint32_t low;
    uint32_t high;
} ToldPair;

struct LockOrder {
    Arena *arena;
    LIST(Place) places; /* of each transaction */
    size_t deploys;
    LIST(TakenLockList) by_relation; /* by its id, in the order of transactions */
    TakenLockList current;
    LIST(ToldPair) told;
};

LockOrder *
lock_order_new(Arena *arena)
{
    LockOrder *order = ARENA_NEW(arena, LockOrder);
    *order = (LockOrder){.arena = arena};
    return order;
}

void
lock_order_begin(LockOrder *order, const char *path, bool begins_deploy)
{
    order->current.count = 0;
    order->deploys += begins_deploy;
    LIST_APPEND(order->arena, &order->places, (Place){path, order->deploys});
}

static TakenLockList *
locks_on(LockOrder *order, uint32_t relation)
{
    while (order->by_relation.count <= relation)
        LIST_APPEND(order->arena, &order->by_relation, (TakenLockList){0});
    return &order->by_relation.items[relation];
}

static bool
is_told(const LockOrder *order, ToldPair pair)
{
    foreach (told, &order->told) {
        if (told->low == pair.low && told->high == pair.high)
            return true;
    }
    return false;
}

static bool
is_other_deploy(const LockOrder *order, const TakenLock *a, const TakenLock *b)
{
    return order->places.items[a->transaction].deploy != order->places.items[b->transaction].deploy;
}

/* The first that may meet `own`: the lists are in the order of transactions. */
static size_t
find_reach(const LockOrder *order, const TakenLockList *list, const TakenLock *own)
{
    const size_t now = order->places.items[own->transaction].deploy;
    size_t at = list->count;
    while (at > 0 &&
           now - order->places.items[list->items[at - 1].transaction].deploy <= MOST_APART)
        at--;
    return at;
}

static const TakenLock *
find_reverse(const LockOrder *order, const TakenLockList *later, const TakenLockList *earlier,
             const TakenLock *own, const TakenLock *held)
{
    size_t at = find_reach(order, later, own);
    for (size_t i = find_reach(order, earlier, own); i < earlier->count; i++) {
        const TakenLock *first = &earlier->items[i];
        while (at < later->count && later->items[at].transaction < first->transaction)
            at++;
        if (at == later->count)
            return NULL;
        const TakenLock *second = &later->items[at];
        if (second->transaction == first->transaction && first->position < second->position &&
            is_other_deploy(order, first, own) && lock_conflicts(first->level, own->level) &&
            lock_conflicts(second->level, held->level))
            return first;
    }
    return NULL;
}

/* `own` is taken now, behind `held`: has anybody taken it first? */
static bool
find_conflict(LockOrder *order, const TakenLock *own, const TakenLock *held, OrderConflict *out)
{
    const TakenLock *first =
        find_reverse(order, locks_on(order, held->id), locks_on(order, own->id), own, held);
    const ToldPair pair =
        own->id < held->id ? (ToldPair){own->id, held->id} : (ToldPair){held->id, own->id};
    if (first == NULL || is_told(order, pair))
        return false;
    LIST_APPEND(order->arena, &order->told, pair);
    *out = (OrderConflict){.path = order->places.items[first->transaction].path,
                           .statement = first->statement,
                           .first = own->relation,
                           .second = held->relation};
    return true;
}

static bool
is_held(const LockOrder *order, uint32_t relation)
{
    foreach (lock, &order->current) {
        if (lock->id == relation)
            return true;
    }
    return false;
}

static bool
take(LockOrder *order, const LockEffect *effect, size_t number, OrderConflict *out)
{
    const TakenLock own = {.transaction = order->places.count - 1,
                           .position = order->current.count,
                           .statement = number,
                           .relation = effect->relation,
                           .id = effect->relation_id,
                           .level = effect->level};
    bool found = false;
    TakenLockList *taken = locks_on(order, own.id);
    LIST_APPEND(order->arena, taken, own);
    foreach (held, &order->current)
        found = found || find_conflict(order, &own, held, out);
    LIST_APPEND(order->arena, &order->current, own);
    return found;
}

bool
lock_order_add(LockOrder *order, const LockEffectList *effects, size_t number, OrderConflict *out)
{
    bool found = false;
    foreach (effect, effects) {
        OrderConflict conflict;
        if (effect->relation_id == 0 || !effect->existed || !lock_blocks_writes(effect->level) ||
            !relation_kind_has_rows(effect->kind) || is_held(order, effect->relation_id))
            continue;
        if (take(order, effect, number, &conflict) && !found) {
            *out = conflict;
            found = true;
        }
    }
    return found;
}
