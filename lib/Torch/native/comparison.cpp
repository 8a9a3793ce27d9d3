// Comparisons, element by element, and logic on their results.
#include "falwtorch.h"

#define BINARY(name) FALW_API Tensor* falw_##name(Tensor* self, Tensor* other) MAKE(self->name(*other))
#define BINARY_INPLACE(name) BINARY(name) FALW_API int32_t falw_##name##_(Tensor* self, Tensor* other) RUN(self->name##_(*other))
#define WITH_NUMBER(name) \
    BINARY_INPLACE(name) \
    FALW_API Tensor* falw_##name##_number(Tensor* self, Number other) MAKE(self->name(scalar(other))) \
    FALW_API int32_t falw_##name##_number_(Tensor* self, Number other) RUN(self->name##_(scalar(other)))

WITH_NUMBER(eq)
WITH_NUMBER(ne)
WITH_NUMBER(lt)
WITH_NUMBER(le)
WITH_NUMBER(gt)
WITH_NUMBER(ge)
BINARY_INPLACE(bitwise_and)
BINARY_INPLACE(bitwise_or)
BINARY_INPLACE(bitwise_xor)
BINARY_INPLACE(logical_and)
BINARY_INPLACE(logical_or)
BINARY_INPLACE(logical_xor)
BINARY(maximum)
BINARY(minimum)

FALW_API Tensor* falw_isclose(Tensor* self, Tensor* other, double rtol, double atol, bool equal_nan)
    MAKE(self->isclose(*other, rtol, atol, equal_nan))
FALW_API int32_t falw_allclose(Tensor* self, Tensor* other, double rtol, double atol, bool equal_nan)
    ASK(-1, self->allclose(*other, rtol, atol, equal_nan) ? 1 : 0)
FALW_API int32_t falw_equal(Tensor* self, Tensor* other) ASK(-1, self->equal(*other) ? 1 : 0)
