// Gradients: flags, modes, and the two ways to run the graph backwards.
#include "falwtorch.h"

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

FALW_API int32_t falw_requires_grad(Tensor* self) { return self->requires_grad() ? 1 : 0; }
FALW_API int32_t falw_set_requires_grad(Tensor* self, bool value) RUN(self->set_requires_grad(value))
FALW_API int32_t falw_is_leaf(Tensor* self) ASK(-1, self->is_leaf() ? 1 : 0)
FALW_API int32_t falw_retain_grad(Tensor* self) RUN(self->retain_grad())
FALW_API Tensor* falw_detach(Tensor* self) MAKE(self->detach())
FALW_API int32_t falw_detach_(Tensor* self) RUN(self->detach_())

// Null without an error when there is none.
FALW_API int32_t falw_grad(Tensor* self, Tensor** into)
    RUN(const auto& grad = self->grad(); *into = grad.defined() ? new Tensor(grad) : nullptr)
FALW_API int32_t falw_set_grad(Tensor* self, Tensor* grad) RUN(self->mutable_grad() = maybe(grad))

FALW_API int32_t falw_backward(
    Tensor* const* tensors, int64_t count, Tensor* const* grads, int64_t grad_count,
    bool retain_graph, bool create_graph, Tensor* const* inputs, int64_t input_count)
    RUN(torch::autograd::backward(
        list(tensors, count), list(grads, grad_count), retain_graph, create_graph, list(inputs, input_count)))

FALW_API Tensors* falw_autograd_grad(
    Tensor* const* outputs, int64_t output_count, Tensor* const* inputs, int64_t input_count,
    Tensor* const* grads, int64_t grad_count, bool retain_graph, bool create_graph, bool allow_unused)
    LIST(torch::autograd::grad(
        list(outputs, output_count), list(inputs, input_count), list(grads, grad_count), retain_graph, create_graph, allow_unused))

FALW_API int32_t falw_grad_enabled() { return c10::GradMode::is_enabled() ? 1 : 0; }
FALW_API void falw_set_grad_enabled(bool enabled) { c10::GradMode::set_enabled(enabled); }
FALW_API void* falw_inference_enter(bool enabled) ASK(static_cast<void*>(nullptr), new c10::InferenceMode(enabled))
FALW_API void falw_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
FALW_API int32_t falw_inference_enabled() { return c10::InferenceMode::is_enabled() ? 1 : 0; }
