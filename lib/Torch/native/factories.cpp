// New tensors: constant, counted, copied from the host.
#include "falwtorch.h"

#define OPTIONS int32_t dtype, int32_t device, int32_t index

FALW_API Tensor* falw_empty(const int64_t* size, int64_t n, OPTIONS) MAKE(at::empty(ints(size, n), options(dtype, device, index)))
FALW_API Tensor* falw_zeros(const int64_t* size, int64_t n, OPTIONS) MAKE(at::zeros(ints(size, n), options(dtype, device, index)))
FALW_API Tensor* falw_ones(const int64_t* size, int64_t n, OPTIONS) MAKE(at::ones(ints(size, n), options(dtype, device, index)))
FALW_API Tensor* falw_full(const int64_t* size, int64_t n, Number value, OPTIONS)
    MAKE(at::full(ints(size, n), scalar(value), options(dtype, device, index)))
FALW_API Tensor* falw_eye(int64_t rows, int64_t columns, OPTIONS) MAKE(at::eye(rows, columns, options(dtype, device, index)))
FALW_API Tensor* falw_arange(Number start, Number stop, Number step, OPTIONS)
    MAKE(at::arange(scalar(start), scalar(stop), scalar(step), options(dtype, device, index)))
FALW_API Tensor* falw_linspace(double start, double end, int64_t steps, OPTIONS)
    MAKE(at::linspace(start, end, steps, options(dtype, device, index)))
FALW_API Tensor* falw_logspace(double start, double end, int64_t steps, double base, OPTIONS)
    MAKE(at::logspace(start, end, steps, base, options(dtype, device, index)))

// The host's memory is only borrowed for the call: the result owns a copy.
FALW_API Tensor* falw_from_host(void* data, const int64_t* size, int64_t n, int32_t source, OPTIONS)
    MAKE(at::from_blob(data, ints(size, n), at::TensorOptions().dtype(type(source)))
             .to(device_of(device, index), type(dtype), /*non_blocking=*/false, /*copy=*/true))

FALW_API int32_t falw_set_default_dtype(int32_t dtype) RUN(c10::set_default_dtype(c10::scalarTypeToTypeMeta(type(dtype))))
FALW_API int32_t falw_default_dtype() ASK(-1, c10::get_default_dtype_as_scalartype())
