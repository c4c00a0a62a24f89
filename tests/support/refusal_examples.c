/* SPDX-License-Identifier: MIT */
#include "support/refusal_examples.h"

#include "support/explain_case.h"
#include "support/test.h"

void
refusal_examples_check(const char *schema, const RefusalExample *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const RefusalExample *example = &examples[i];
        Arena *arena = arena_new();
        const char *refusal =
            explain_case_refusal(arena, example->pg_version, schema, example->text);
        if (example->refusal == NULL && refusal != NULL)
            fail_msg("%s\n  refused: %s", example->text, refusal);
        if (example->refusal != NULL && refusal == NULL)
            fail_msg("%s\n  not refused", example->text);
        if (example->refusal != NULL)
            assert_string_equal(refusal, example->refusal);
        arena_free(arena);
    }
}
