// One call per step for all parameters of a group: what counts on a small network is the number of calls, not their arithmetic.
// On CUDA the foreach kernels also make it a handful of launches. The order of operations is PyTorch's, so the bits are too.
#include "falwtorch.h"

#include <c10/core/GradMode.h>

#include <cmath>

namespace
{
bool has_gradient(const Tensor* parameter) { return parameter->grad().defined(); }

bool on_gpu(const Tensors& tensors) { return !tensors.empty() && tensors.front().is_cuda(); }

// left += factor * right, for lists.
void add(const Tensors& left, const Tensors& right, double factor)
{
    if (left.empty()) return;
    if (on_gpu(left)) at::_foreach_add_(left, right, factor);
    else for (size_t i = 0; i < left.size(); i++) left[i].add_(right[i], factor);
}

void scale(const Tensors& tensors, double factor)
{
    if (tensors.empty()) return;
    if (on_gpu(tensors)) at::_foreach_mul_(tensors, factor);
    else for (const auto& tensor : tensors) tensor.mul_(factor);
}

Tensors sum(const Tensors& left, const Tensors& right, double factor)
{
    if (on_gpu(left)) return at::_foreach_add(left, right, factor);
    Tensors result;
    result.reserve(left.size());
    for (size_t i = 0; i < left.size(); i++) result.push_back(left[i].add(right[i], factor));
    return result;
}
}

struct Sgd
{
    double rate, momentum, dampening, decay;
    int32_t nesterov, maximize;
};

static void sgd(Tensor* const* parameters, int64_t count, Tensor* const* buffers, const bool* fresh, const Sgd& how)
{
    c10::NoGradGuard guard;
    Tensors weights, gradients, memory, kept, kept_gradients;
    for (int64_t i = 0; i < count; i++)
        if (has_gradient(parameters[i]))
        {
            weights.push_back(*parameters[i]);
            gradients.push_back(parameters[i]->grad());
        }
    if (weights.empty()) return;
    if (how.decay != 0) gradients = sum(gradients, weights, how.decay);
    if (how.momentum != 0)
    {
        size_t at = 0;
        for (int64_t i = 0; i < count; i++)
        {
            if (!has_gradient(parameters[i])) continue;
            const auto& gradient = gradients[at++];
            memory.push_back(*buffers[i]);
            if (fresh[i]) buffers[i]->copy_(gradient);
            else { kept.push_back(*buffers[i]); kept_gradients.push_back(gradient); }
        }
        scale(kept, how.momentum);
        add(kept, kept_gradients, 1 - how.dampening);
        gradients = how.nesterov ? sum(gradients, memory, how.momentum) : memory;
    }
    add(weights, gradients, how.maximize ? how.rate : -how.rate);
}

FALW_API int32_t falw_sgd_step(Tensor* const* parameters, int64_t count, Tensor* const* buffers, const bool* fresh, Sgd how)
    RUN(sgd(parameters, count, buffers, fresh, how))

static void zero(Tensor* const* parameters, int64_t count)
{
    c10::NoGradGuard guard;
    Tensors gradients;
    for (int64_t i = 0; i < count; i++)
        if (has_gradient(parameters[i])) gradients.push_back(parameters[i]->grad());
    if (on_gpu(gradients)) at::_foreach_zero_(gradients);
    else for (const auto& gradient : gradients) gradient.zero_();
}

FALW_API int32_t falw_zero_grads(Tensor* const* parameters, int64_t count) RUN(zero(parameters, count))

struct Adam
{
    double rate, beta1, beta2, eps, decay;
    int32_t maximize, decoupled;
};

static void adam(const Tensor& weight, Tensor mean, Tensor square, Tensor peak, int64_t step, const Adam& how)
{
    auto gradient = how.maximize ? -weight.grad() : weight.grad();
    if (how.decoupled) weight.mul_(1 - how.rate * how.decay);
    else if (how.decay != 0) gradient = gradient.add(weight, how.decay);
    mean.mul_(how.beta1).add_(gradient, 1 - how.beta1);
    square.mul_(how.beta2).addcmul_(gradient, gradient, 1 - how.beta2);
    if (peak.defined()) at::maximum_out(peak, peak, square);
    auto correction1 = 1 - std::pow(how.beta1, step), correction2 = 1 - std::pow(how.beta2, step);
    auto spread = ((peak.defined() ? peak : square).sqrt() / std::sqrt(correction2)).add_(how.eps);
    weight.addcdiv_(mean, spread, -how.rate / correction1);
}

// `steps` counts the updates of each parameter, which those without a gradient do not get.
FALW_API int32_t falw_adam_step(
    Tensor* const* parameters, int64_t count, Tensor* const* means, Tensor* const* squares, Tensor* const* peaks, int64_t* steps, Adam how)
    RUN(c10::NoGradGuard guard; for (int64_t i = 0; i < count; i++) if (has_gradient(parameters[i]))
            adam(*parameters[i], *means[i], *squares[i], maybe(peaks[i]), ++steps[i], how))

static double clip(Tensor* const* parameters, int64_t count, double limit, double p)
{
    c10::NoGradGuard guard;
    Tensors gradients, norms;
    for (int64_t i = 0; i < count; i++)
        if (has_gradient(parameters[i])) gradients.push_back(parameters[i]->grad());
    if (gradients.empty()) return 0;
    for (const auto& gradient : gradients)
        norms.push_back((std::isinf(p) ? gradient.abs().max() : gradient.norm(p)).to(gradients.front().device()));
    auto total = std::isinf(p) ? at::stack(norms).max() : at::stack(norms).norm(p);
    auto factor = (limit / (total + 1e-6)).clamp_max(1.0);
    for (const auto& gradient : gradients) gradient.mul_(factor.to(gradient.device()));
    return total.item<double>();
}

FALW_API double falw_clip_grad_norm_(Tensor* const* parameters, int64_t count, double limit, double p)
    ASK(-1.0, clip(parameters, count, limit, p))
FALW_API int32_t falw_clip_grad_value_(Tensor* const* parameters, int64_t count, double limit)
    RUN(c10::NoGradGuard guard; for (int64_t i = 0; i < count; i++)
            if (has_gradient(parameters[i])) parameters[i]->grad().clamp_(-limit, limit))
