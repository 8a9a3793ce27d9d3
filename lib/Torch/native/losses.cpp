// Losses. Reductions by c10's number, which is TorchSharp's: none 0, mean 1, sum 2.
#include "falwtorch.h"

FALW_API Tensor* falw_cross_entropy(
    Tensor* input, Tensor* target, Tensor* weight, int64_t reduction, int64_t ignored, double smoothing)
    MAKE(at::cross_entropy_loss(*input, *target, maybe(weight), reduction, ignored, smoothing))
FALW_API Tensor* falw_nll_loss(Tensor* input, Tensor* target, Tensor* weight, int64_t reduction)
    MAKE(at::nll_loss_nd(*input, *target, maybe(weight), reduction))
FALW_API Tensor* falw_binary_cross_entropy(Tensor* input, Tensor* target, Tensor* weight, int64_t reduction)
    MAKE(at::binary_cross_entropy(*input, *target, maybe(weight), reduction))
FALW_API Tensor* falw_binary_cross_entropy_with_logits(
    Tensor* input, Tensor* target, Tensor* weight, Tensor* positive, int64_t reduction)
    MAKE(at::binary_cross_entropy_with_logits(*input, *target, maybe(weight), maybe(positive), reduction))
FALW_API Tensor* falw_kl_div(Tensor* input, Tensor* target, int64_t reduction, bool log_target)
    MAKE(at::kl_div(*input, *target, reduction, log_target))
FALW_API Tensor* falw_mse_loss(Tensor* input, Tensor* target, int64_t reduction) MAKE(at::mse_loss(*input, *target, reduction))
FALW_API Tensor* falw_l1_loss(Tensor* input, Tensor* target, int64_t reduction) MAKE(at::l1_loss(*input, *target, reduction))
FALW_API Tensor* falw_smooth_l1_loss(Tensor* input, Tensor* target, int64_t reduction, double beta)
    MAKE(at::smooth_l1_loss(*input, *target, reduction, beta))
FALW_API Tensor* falw_huber_loss(Tensor* input, Tensor* target, int64_t reduction, double delta)
    MAKE(at::huber_loss(*input, *target, reduction, delta))
