// Layers without their memory: convolutions, normalisations, pools and what is left of torch.nn.functional.
#include "falwtorch.h"

#include <ATen/Context.h>

#define INTS(name) const int64_t* name, int64_t name##_count
#define LIST_OF(name) ints(name, name##_count)

static bool cudnn() { return at::globalContext().userEnabledCuDNN(); }

FALW_API Tensor* falw_conv2d(
    Tensor* input, Tensor* weight, Tensor* bias, INTS(stride), INTS(padding), INTS(dilation), int64_t groups)
    MAKE(at::conv2d(*input, *weight, maybe(bias), LIST_OF(stride), LIST_OF(padding), LIST_OF(dilation), groups))
FALW_API Tensor* falw_conv2d_named(
    Tensor* input, Tensor* weight, Tensor* bias, INTS(stride), bool same, INTS(dilation), int64_t groups)
    MAKE(at::conv2d(*input, *weight, maybe(bias), LIST_OF(stride), same ? "same" : "valid", LIST_OF(dilation), groups))
FALW_API Tensor* falw_linear(Tensor* input, Tensor* weight, Tensor* bias) MAKE(at::linear(*input, *weight, maybe(bias)))

FALW_API Tensor* falw_batch_norm(
    Tensor* input, Tensor* mean, Tensor* var, Tensor* weight, Tensor* bias, bool training, double momentum, double eps)
    MAKE(at::batch_norm(*input, maybe(weight), maybe(bias), maybe(mean), maybe(var), training, momentum, eps, cudnn()))
FALW_API Tensor* falw_layer_norm(Tensor* input, INTS(shape), Tensor* weight, Tensor* bias, double eps)
    MAKE(at::layer_norm(*input, LIST_OF(shape), maybe(weight), maybe(bias), eps, cudnn()))
FALW_API Tensor* falw_group_norm(Tensor* input, int64_t groups, Tensor* weight, Tensor* bias, double eps)
    MAKE(at::group_norm(*input, groups, maybe(weight), maybe(bias), eps, cudnn()))
FALW_API Tensor* falw_normalize(Tensor* input, double p, int64_t dim, double eps)
    MAKE(*input / input->norm(p, {dim}, true).clamp_min(eps))

FALW_API Tensor* falw_max_pool2d(Tensor* input, INTS(kernel), INTS(stride), INTS(padding), INTS(dilation), bool ceil_mode)
    MAKE(at::max_pool2d(*input, LIST_OF(kernel), LIST_OF(stride), LIST_OF(padding), LIST_OF(dilation), ceil_mode))
FALW_API int32_t falw_max_pool2d_with_indices(
    Tensor* input, INTS(kernel), INTS(stride), INTS(padding), INTS(dilation), bool ceil_mode, Tensor** first, Tensor** second)
    PAIR(at::max_pool2d_with_indices(*input, LIST_OF(kernel), LIST_OF(stride), LIST_OF(padding), LIST_OF(dilation), ceil_mode))
FALW_API Tensor* falw_avg_pool2d(
    Tensor* input, INTS(kernel), INTS(stride), INTS(padding), bool ceil_mode, bool count_pad, int64_t divisor)
    MAKE(divisor == 0 ? at::avg_pool2d(*input, LIST_OF(kernel), LIST_OF(stride), LIST_OF(padding), ceil_mode, count_pad)
                      : at::avg_pool2d(*input, LIST_OF(kernel), LIST_OF(stride), LIST_OF(padding), ceil_mode, count_pad, divisor))
FALW_API Tensor* falw_adaptive_avg_pool2d(Tensor* input, INTS(size)) MAKE(at::adaptive_avg_pool2d(*input, LIST_OF(size)))

FALW_API Tensor* falw_dropout(Tensor* input, double p, bool training) MAKE(at::dropout(*input, p, training))
FALW_API Tensor* falw_dropout_(Tensor* input, double p, bool training) MAKE(at::dropout_(*input, p, training))
FALW_API Tensor* falw_one_hot(Tensor* input, int64_t classes) MAKE(at::one_hot(*input, classes))

// Modes by TorchSharp's number: zeros, reflect, replicate, circular, constant.
FALW_API Tensor* falw_pad(Tensor* input, INTS(pad), int32_t mode, double value)
    MAKE(mode == 0 || mode == 4 ? at::constant_pad_nd(*input, LIST_OF(pad), mode == 0 ? 0.0 : value)
                                : at::pad(*input, LIST_OF(pad), mode == 1 ? "reflect" : mode == 2 ? "replicate" : "circular"))

FALW_API Tensor* falw_gelu(Tensor* input) MAKE(at::gelu(*input))
FALW_API Tensor* falw_silu(Tensor* input) MAKE(at::silu(*input))
FALW_API Tensor* falw_silu_(Tensor* input) MAKE(at::silu_(*input))
FALW_API Tensor* falw_leaky_relu(Tensor* input, double slope) MAKE(at::leaky_relu(*input, slope))
FALW_API Tensor* falw_leaky_relu_(Tensor* input, double slope) MAKE(at::leaky_relu_(*input, slope))
