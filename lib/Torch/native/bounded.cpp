// One element and a few settings.
#include "falwtorch.h"

// A missing bound is null; one of the two is always there.
FALW_API Tensor* falw_clamp(Tensor* self, const Number* min, const Number* max)
    MAKE(!max ? self->clamp_min(scalar(*min)) : !min ? self->clamp_max(scalar(*max)) : self->clamp(scalar(*min), scalar(*max)))
FALW_API int32_t falw_clamp_(Tensor* self, const Number* min, const Number* max)
    RUN(!max ? self->clamp_min_(scalar(*min)) : !min ? self->clamp_max_(scalar(*max)) : self->clamp_(scalar(*min), scalar(*max)))
FALW_API Tensor* falw_clamp_tensor(Tensor* self, Tensor* min, Tensor* max)
    MAKE(!max ? self->clamp_min(*min) : !min ? self->clamp_max(*max) : self->clamp(*min, *max))
FALW_API int32_t falw_clamp_tensor_(Tensor* self, Tensor* min, Tensor* max)
    RUN(!max ? self->clamp_min_(*min) : !min ? self->clamp_max_(*max) : self->clamp_(*min, *max))

FALW_API int32_t falw_fill_(Tensor* self, Number value) RUN(self->fill_(scalar(value)))
FALW_API int32_t falw_zero_(Tensor* self) RUN(self->zero_())
FALW_API Tensor* falw_round(Tensor* self, int64_t decimals) MAKE(at::round(*self, decimals))
FALW_API int32_t falw_round_(Tensor* self, int64_t decimals) RUN(at::round_(*self, decimals))
FALW_API Tensor* falw_nan_to_num(Tensor* self, double nan, double high, double low) MAKE(at::nan_to_num(*self, nan, high, low))
FALW_API Tensor* falw_logit(Tensor* self, bool bounded, double eps) MAKE(bounded ? at::logit(*self, eps) : at::logit(*self))
