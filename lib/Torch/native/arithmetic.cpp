// Two operands: the four rules, powers, remainders.
#include "falwtorch.h"

#define BINARY(name) FALW_API Tensor* falw_##name(Tensor* self, Tensor* other) MAKE(self->name(*other))
#define BINARY_INPLACE(name) BINARY(name) FALW_API int32_t falw_##name##_(Tensor* self, Tensor* other) RUN(self->name##_(*other))
#define SCALED(name) \
    FALW_API Tensor* falw_##name(Tensor* self, Tensor* other, Number alpha) MAKE(self->name(*other, scalar(alpha))) \
    FALW_API int32_t falw_##name##_(Tensor* self, Tensor* other, Number alpha) RUN(self->name##_(*other, scalar(alpha))) \
    FALW_API Tensor* falw_##name##_number(Tensor* self, Number other, Number alpha) MAKE(self->name(scalar(other), scalar(alpha))) \
    FALW_API int32_t falw_##name##_number_(Tensor* self, Number other, Number alpha) RUN(self->name##_(scalar(other), scalar(alpha)))
#define WITH_NUMBER(name) \
    BINARY_INPLACE(name) \
    FALW_API Tensor* falw_##name##_number(Tensor* self, Number other) MAKE(self->name(scalar(other))) \
    FALW_API int32_t falw_##name##_number_(Tensor* self, Number other) RUN(self->name##_(scalar(other)))

SCALED(add)
SCALED(sub)
WITH_NUMBER(mul)
WITH_NUMBER(pow)
WITH_NUMBER(remainder)
WITH_NUMBER(fmod)
WITH_NUMBER(floor_divide)
BINARY(atan2)
BINARY(logaddexp)
BINARY(xlogy)
BINARY(hypot)

// Rounding: 0 none, 1 towards zero, 2 downwards.
FALW_API Tensor* falw_div(Tensor* self, Tensor* other, int32_t rounding)
    MAKE(rounding == 0 ? self->div(*other) : self->div(*other, rounding == 1 ? "trunc" : "floor"))
FALW_API Tensor* falw_div_number(Tensor* self, Number other, int32_t rounding)
    MAKE(rounding == 0 ? self->div(scalar(other)) : self->div(scalar(other), rounding == 1 ? "trunc" : "floor"))
FALW_API int32_t falw_div_number_(Tensor* self, Number other, int32_t rounding)
    RUN(if (rounding == 0) self->div_(scalar(other)); else self->div_(scalar(other), rounding == 1 ? "trunc" : "floor"))
FALW_API int32_t falw_div_(Tensor* self, Tensor* other, int32_t rounding)
    RUN(if (rounding == 0) self->div_(*other); else self->div_(*other, rounding == 1 ? "trunc" : "floor"))

FALW_API Tensor* falw_lerp(Tensor* self, Tensor* end, Tensor* weight) MAKE(self->lerp(*end, *weight))
FALW_API int32_t falw_lerp_(Tensor* self, Tensor* end, Tensor* weight) RUN(self->lerp_(*end, *weight))
FALW_API Tensor* falw_addcmul(Tensor* self, Tensor* one, Tensor* two, Number value) MAKE(self->addcmul(*one, *two, scalar(value)))
FALW_API int32_t falw_addcmul_(Tensor* self, Tensor* one, Tensor* two, Number value) RUN(self->addcmul_(*one, *two, scalar(value)))
FALW_API Tensor* falw_addcdiv(Tensor* self, Tensor* one, Tensor* two, Number value) MAKE(self->addcdiv(*one, *two, scalar(value)))
FALW_API int32_t falw_addcdiv_(Tensor* self, Tensor* one, Tensor* two, Number value) RUN(self->addcdiv_(*one, *two, scalar(value)))
