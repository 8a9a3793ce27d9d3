// A tensor's life, what it is made of, and its way between devices and types.
#include "falwtorch.h"

#include <c10/util/Exception.h>
#include <exception>
#include <string>

namespace { thread_local std::string last_error; }

void remember() noexcept
{
    try {
        try { throw; }
        catch (const c10::Error& error) { last_error = error.what_without_backtrace(); }
        catch (const std::exception& error) { last_error = error.what(); }
        catch (...) { last_error = "libtorch raised something that is not a standard exception"; }
    }
    catch (...) { }
}

FALW_API const char* falw_error() { return last_error.c_str(); }

FALW_API void falw_free(Tensor* self) { delete self; }
FALW_API void falw_list_free(Tensors* list) { delete list; }
FALW_API int64_t falw_list_count(Tensors* list) { return static_cast<int64_t>(list->size()); }
FALW_API Tensor* falw_list_item(Tensors* list, int64_t index)
{
    const auto& item = (*list)[static_cast<size_t>(index)];
    return item.defined() ? new Tensor(item) : nullptr;
}

FALW_API Tensor* falw_alias(Tensor* self) MAKE(*self)
FALW_API int64_t falw_dim(Tensor* self) ASK(int64_t(-1), self->dim())
FALW_API int64_t falw_numel(Tensor* self) ASK(int64_t(-1), self->numel())
FALW_API int64_t falw_element_size(Tensor* self) ASK(int64_t(-1), self->element_size())
FALW_API int64_t falw_size(Tensor* self, int64_t dim) ASK(int64_t(-1), self->size(dim))
FALW_API int32_t falw_sizes(Tensor* self, int64_t* into)
    RUN(auto s = self->sizes(); std::copy(s.begin(), s.end(), into))
FALW_API int32_t falw_strides(Tensor* self, int64_t* into)
    RUN(auto s = self->strides(); std::copy(s.begin(), s.end(), into))
FALW_API int64_t falw_storage_offset(Tensor* self) ASK(int64_t(-1), self->storage_offset())
FALW_API int32_t falw_dtype(Tensor* self) ASK(-1, self->scalar_type())
FALW_API int32_t falw_device_type(Tensor* self) ASK(-1, self->device().type())
FALW_API int32_t falw_device_index(Tensor* self) { return self->device().index(); }
FALW_API int32_t falw_is_contiguous(Tensor* self) ASK(-1, self->is_contiguous() ? 1 : 0)
FALW_API int32_t falw_is_sparse(Tensor* self) ASK(-1, self->is_sparse() ? 1 : 0)
FALW_API int32_t falw_is_pinned(Tensor* self) ASK(-1, self->is_pinned() ? 1 : 0)
FALW_API int32_t falw_is_nonzero(Tensor* self) ASK(-1, self->is_nonzero() ? 1 : 0)
FALW_API void* falw_data(Tensor* self) ASK(static_cast<void*>(nullptr), self->data_ptr())

FALW_API int32_t falw_item(Tensor* self, Number* into)
    RUN(auto value = self->item();
        if (value.isBoolean()) *into = Number{0, value.toBool() ? 1 : 0, 0};
        else if (value.isIntegral(false)) *into = Number{1, value.toLong(), 0};
        else *into = Number{2, 0, value.toDouble()})

FALW_API Tensor* falw_to(Tensor* self, int32_t dtype, int32_t device, int32_t index, bool copy, bool non_blocking)
    MAKE(self->to(device_of(device, index), type(dtype), non_blocking, copy))
FALW_API Tensor* falw_to_type(Tensor* self, int32_t dtype, bool copy, bool non_blocking)
    MAKE(self->to(type(dtype), non_blocking, copy))
FALW_API Tensor* falw_to_device(Tensor* self, int32_t device, int32_t index, bool copy, bool non_blocking)
    MAKE(self->to(device_of(device, index), self->scalar_type(), non_blocking, copy))
FALW_API Tensor* falw_pin_memory(Tensor* self) MAKE(self->pin_memory())
FALW_API Tensor* falw_clone(Tensor* self) MAKE(self->clone())
FALW_API Tensor* falw_contiguous(Tensor* self) MAKE(self->contiguous())
FALW_API int32_t falw_copy_(Tensor* self, Tensor* source, bool non_blocking) RUN(self->copy_(*source, non_blocking))
FALW_API int32_t falw_set_(Tensor* self, Tensor* source) RUN(self->set_(*source))
