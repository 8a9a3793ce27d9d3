// Elements chosen by place, by list or by mask.
#include "falwtorch.h"

#include <ATen/TensorIndexing.h>

// One entry of t[...]. `kind`: 0 number, 1 slice, 2 ellipsis, 3 new axis, 4 bool, 5 tensor. A slice's missing ends say so.
struct Place
{
    int64_t kind;
    int64_t start;
    int64_t stop;
    int64_t step;
    int64_t has_start;
    int64_t has_stop;
    Tensor* tensor;
};

namespace {

at::indexing::TensorIndex place(const Place& entry)
{
    switch (entry.kind) {
    case 0: return at::indexing::TensorIndex(entry.start);
    case 2: return at::indexing::TensorIndex(at::indexing::Ellipsis);
    case 3: return at::indexing::TensorIndex(at::indexing::None);
    case 4: return at::indexing::TensorIndex(entry.start != 0);
    case 5: return at::indexing::TensorIndex(*entry.tensor);
    default: break;
    }
    if (entry.has_start && entry.has_stop) return at::indexing::Slice(entry.start, entry.stop, entry.step);
    if (entry.has_start) return at::indexing::Slice(entry.start, at::indexing::None, entry.step);
    if (entry.has_stop) return at::indexing::Slice(at::indexing::None, entry.stop, entry.step);
    return at::indexing::Slice(at::indexing::None, at::indexing::None, entry.step);
}

std::vector<at::indexing::TensorIndex> places(const Place* entries, int64_t count)
{
    std::vector<at::indexing::TensorIndex> all;
    for (int64_t i = 0; i < count; i++) all.push_back(place(entries[i]));
    return all;
}

}

FALW_API Tensor* falw_index(Tensor* self, const Place* entries, int64_t count) MAKE(self->index(places(entries, count)))
FALW_API int32_t falw_index_put_(Tensor* self, const Place* entries, int64_t count, Tensor* value)
    RUN(self->index_put_(places(entries, count), *value))
FALW_API int32_t falw_index_put_number_(Tensor* self, const Place* entries, int64_t count, Number value)
    RUN(self->index_put_(places(entries, count), scalar(value)))

FALW_API Tensor* falw_select(Tensor* self, int64_t dim, int64_t index) MAKE(self->select(dim, index))
FALW_API Tensor* falw_narrow(Tensor* self, int64_t dim, int64_t start, int64_t length) MAKE(self->narrow(dim, start, length))
FALW_API Tensor* falw_slice(Tensor* self, int64_t dim, int64_t start, int64_t finish, int64_t step)
    MAKE(self->slice(dim, start, finish, step))
FALW_API Tensor* falw_index_select(Tensor* self, int64_t dim, Tensor* index) MAKE(self->index_select(dim, *index))
FALW_API Tensor* falw_take(Tensor* self, Tensor* index) MAKE(self->take(*index))
FALW_API Tensor* falw_take_along_dim(Tensor* self, Tensor* index, int64_t dim) MAKE(self->take_along_dim(*index, dim))
FALW_API Tensor* falw_gather(Tensor* self, int64_t dim, Tensor* index) MAKE(self->gather(dim, *index))
FALW_API Tensor* falw_masked_select(Tensor* self, Tensor* mask) MAKE(self->masked_select(*mask))
FALW_API Tensor* falw_nonzero(Tensor* self) MAKE(self->nonzero())
FALW_API Tensors* falw_nonzero_list(Tensor* self) LIST(self->nonzero_numpy())
FALW_API Tensor* falw_where(Tensor* condition, Tensor* x, Tensor* y) MAKE(at::where(*condition, *x, *y))
FALW_API Tensor* falw_isin(Tensor* self, Tensor* among, bool unique, bool invert) MAKE(at::isin(*self, *among, unique, invert))

#define BY_INDEX(name) \
    FALW_API Tensor* falw_##name(Tensor* self, int64_t dim, Tensor* index, Tensor* source) MAKE(self->name(dim, *index, *source)) \
    FALW_API int32_t falw_##name##_(Tensor* self, int64_t dim, Tensor* index, Tensor* source) RUN(self->name##_(dim, *index, *source))

BY_INDEX(scatter)
BY_INDEX(scatter_add)
BY_INDEX(index_copy)

FALW_API Tensor* falw_index_add(Tensor* self, int64_t dim, Tensor* index, Tensor* source, Number alpha)
    MAKE(self->index_add(dim, *index, *source, scalar(alpha)))
FALW_API int32_t falw_index_add_(Tensor* self, int64_t dim, Tensor* index, Tensor* source, Number alpha)
    RUN(self->index_add_(dim, *index, *source, scalar(alpha)))
FALW_API Tensor* falw_index_fill(Tensor* self, int64_t dim, Tensor* index, Number value)
    MAKE(self->index_fill(dim, *index, scalar(value)))
FALW_API int32_t falw_index_fill_(Tensor* self, int64_t dim, Tensor* index, Number value)
    RUN(self->index_fill_(dim, *index, scalar(value)))
FALW_API Tensor* falw_masked_fill(Tensor* self, Tensor* mask, Number value) MAKE(self->masked_fill(*mask, scalar(value)))
FALW_API int32_t falw_masked_fill_(Tensor* self, Tensor* mask, Number value) RUN(self->masked_fill_(*mask, scalar(value)))
FALW_API Tensor* falw_masked_scatter(Tensor* self, Tensor* mask, Tensor* source) MAKE(self->masked_scatter(*mask, *source))
FALW_API int32_t falw_masked_scatter_(Tensor* self, Tensor* mask, Tensor* source) RUN(self->masked_scatter_(*mask, *source))
