// Circular and hyperbolic functions.
#include "falwtorch.h"

#define UNARY_INPLACE(name) \
    FALW_API Tensor* falw_##name(Tensor* self) MAKE(at::name(*self)) \
    FALW_API int32_t falw_##name##_(Tensor* self) RUN(at::name##_(*self))

UNARY_INPLACE(sin)
UNARY_INPLACE(cos)
UNARY_INPLACE(tan)
UNARY_INPLACE(asin)
UNARY_INPLACE(acos)
UNARY_INPLACE(atan)
UNARY_INPLACE(sinh)
UNARY_INPLACE(cosh)
UNARY_INPLACE(tanh)
