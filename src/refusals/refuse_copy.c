/* SPDX-License-Identifier: MIT */
/* COPY. */
#include "refusals/refusal_check.h"

static const char *
cannot(const RefusalCase *c, const char *what, const SimRelation *relation, const char *quoted_kind)
{
    return arena_printf(c->arena, "cannot copy %s %s \"%s\"", what, quoted_kind,
                        relation->name.name);
}

static bool
has_instead_trigger(const SimRelation *view)
{
    foreach (attached, &view->attached) {
        if ((*attached)->kind == SIM_TRIGGER && (*attached)->events.on_insert)
            return true;
    }
    return false;
}

/* copyfrom.c, CopyFrom(): FREEZE last */
const char *
refuse_copy_from(const RefusalCase *c, const Op *op)
{
    const SimRelation *target = c->saw_code ? NULL : c->target;
    if (target == NULL)
        return NULL;
    bool is_view = target->kind == RELATION_VIEW;
    if ((is_view && !has_instead_trigger(target)) || target->kind == RELATION_SEQUENCE ||
        target->kind == RELATION_MATERIALIZED_VIEW)
        return cannot(c, "to", target, relation_kind_words(target->kind));
    if (!op->data.freezes)
        return NULL;
    if (target->kind == RELATION_PARTITIONED_TABLE)
        return "cannot perform COPY FREEZE on a partitioned table";
    if (target->kind != RELATION_TABLE || relation_is_new(c->schema, target) ||
        !schema_is_unchanged(c->schema))
        return NULL;
    return "cannot perform COPY FREEZE because the table was not created or truncated in the "
           "current subtransaction";
}

/* copyto.c, BeginCopyTo(); from 18 on a materialized view that holds something is copied */
const char *
refuse_copy_to(const RefusalCase *c, const Op *op)
{
    const SimRelation *source = c->saw_code ? NULL : c->target;
    (void)op;
    if (source == NULL || source->kind == RELATION_TABLE)
        return NULL;
    if (source->kind == RELATION_INDEX || source->kind == RELATION_PARTITIONED_INDEX)
        return c->pg_version >= 15
                   ? arena_printf(c->arena, "cannot open relation \"%s\"", source->name.name)
                   : arena_printf(c->arena, "\"%s\" is an index", source->name.name);
    if (source->kind != RELATION_MATERIALIZED_VIEW || c->pg_version < 18)
        return cannot(c, "from", source, relation_kind_words(source->kind));
    return source->unpopulated
               ? arena_printf(c->arena, "cannot copy from unpopulated materialized view \"%s\"",
                              source->name.name)
               : NULL;
}
