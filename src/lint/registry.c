/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lint/lint.h"

#define RULE(name) extern const Rule rule_##name;
#include "rules.def"
#undef RULE

const Rule *const all_rules[] = {
#define RULE(name) &rule_##name,
#include "rules.def"
#undef RULE
    NULL};

const Rule *
rule_find(const char *id)
{
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        if (strcmp(all_rules[i]->id, id) == 0)
            return all_rules[i];
    }
    return NULL;
}
