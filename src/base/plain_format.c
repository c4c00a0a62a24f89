/* SPDX-License-Identifier: MIT */
#include "base/plain_format.h"

#include <string.h>

char *
digits_before(char *end, size_t number)
{
    do
        *--end = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    return end;
}

typedef struct Room {
    char *at;
    char *end;
} Room;

static bool
put(Room *room, const char *bytes, size_t length)
{
    if (length > (size_t)(room->end - room->at))
        return false;
    room->at = mempcpy(room->at, bytes, length);
    return true;
}

static bool
put_number(Room *room, size_t number, bool is_negative)
{
    char digits[MOST_DIGITS + 1];
    char *first = digits_before(digits + sizeof digits, number);
    if (is_negative)
        *--first = '-';
    return put(room, first, (size_t)(digits + sizeof digits - first));
}

static bool
put_signed(Room *room, long number)
{
    size_t size = (size_t)number;
    return put_number(room, number < 0 ? 0 - size : size, number < 0);
}

/* As far as `most`; a negative one sets no limit. */
static bool
put_string(Room *room, const char *string, int most)
{
    if (string == NULL)
        return false;
    return put(room, string, most < 0 ? strlen(string) : strnlen(string, (size_t)most));
}

bool
plain_format(char *out, size_t size, size_t *length, const char *format, va_list arguments)
{
    Room room = {out, out + size};
    for (;;) {
        const char *directive = strchrnul(format, '%');
        bool fits = put(&room, format, (size_t)(directive - format));
        if (!fits || *directive == '\0') {
            *length = (size_t)(room.at - out);
            return fits;
        }
        format = directive + 2;
        if (directive[1] == 's') {
            fits = put_string(&room, va_arg(arguments, const char *), -1);
        } else if (directive[1] == 'd') {
            fits = put_signed(&room, va_arg(arguments, int));
        } else if (directive[1] == '%') {
            fits = put(&room, "%", 1);
        } else if (strncmp(directive, "%ld", 3) == 0) {
            fits = put_signed(&room, va_arg(arguments, long));
            format = directive + 3;
        } else if (strncmp(directive, "%zu", 3) == 0) {
            fits = put_number(&room, va_arg(arguments, size_t), false);
            format = directive + 3;
        } else if (strncmp(directive, "%.*s", 4) == 0) {
            int most = va_arg(arguments, int);
            fits = put_string(&room, va_arg(arguments, const char *), most);
            format = directive + 4;
        } else {
            return false;
        }
        if (!fits)
            return false;
    }
}
