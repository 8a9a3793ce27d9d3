// What every file of the shim shares. The rules, for whoever adds a function:
//   - C names `falw_<operation>`, in-place ones end in `_`; tensors travel as opaque `Tensor*`;
//   - no exception leaves: MAKE returns a new tensor or null, RUN returns 0 or 1, ASK a number or its failure value,
//     and the text of what went wrong waits in this thread until `falw_error` is read;
//   - a null `Tensor*` argument means "absent"; no optional type is ever named, because its name changed with 2.x.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <utility>
#include <vector>

#define FALW_API extern "C" __attribute__((visibility("default")))

using at::Tensor;
using Tensors = std::vector<Tensor>;

// A number on its way to an operation. `kind`: 0 bool, 1 integer, 2 floating point.
struct Number
{
    int64_t kind;
    int64_t whole;
    double real;
};

inline at::Scalar scalar(Number number)
{
    if (number.kind == 0) return at::Scalar(number.whole != 0);
    if (number.kind == 1) return at::Scalar(number.whole);
    return at::Scalar(number.real);
}

inline at::IntArrayRef ints(const int64_t* values, int64_t count) { return at::IntArrayRef(values, static_cast<size_t>(count)); }

inline at::ScalarType type(int32_t dtype) { return static_cast<at::ScalarType>(dtype); }

inline at::Device device_of(int32_t kind, int32_t index)
{
    return at::Device(static_cast<at::DeviceType>(kind), static_cast<at::DeviceIndex>(index));
}

// `dtype` below zero leaves the choice to libtorch.
inline at::TensorOptions options(int32_t dtype, int32_t device, int32_t index)
{
    auto chosen = at::TensorOptions().device(device_of(device, index));
    return dtype < 0 ? chosen : chosen.dtype(type(dtype));
}

inline Tensor maybe(const Tensor* tensor) { return tensor ? *tensor : Tensor(); }

// An undefined generator is not the same as an absent one everywhere in libtorch, so the absent one is looked up here.
inline at::Generator source(const at::Generator* own, at::Device device)
{
    return own ? *own : at::globalContext().defaultGenerator(device);
}

inline Tensors list(Tensor* const* items, int64_t count)
{
    Tensors tensors;
    tensors.reserve(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; i++) tensors.push_back(maybe(items[i]));
    return tensors;
}

// Stores the text of the exception in flight; call inside `catch` only.
void remember() noexcept;

template <class Body> Tensor* make(Body&& body) noexcept
{
    try { return new Tensor(body()); }
    catch (...) { remember(); return nullptr; }
}

template <class Body> Tensors* make_list(Body&& body) noexcept
{
    try { return new Tensors(body()); }
    catch (...) { remember(); return nullptr; }
}

template <class Body> int32_t run(Body&& body) noexcept
{
    try { body(); return 0; }
    catch (...) { remember(); return 1; }
}

template <class Number, class Body> Number ask(Number failure, Body&& body) noexcept
{
    try { return static_cast<Number>(body()); }
    catch (...) { remember(); return failure; }
}

#define MAKE(...) { return make([&]() -> Tensor { return __VA_ARGS__; }); }
#define LIST(...) { return make_list([&]() -> Tensors { return __VA_ARGS__; }); }
#define RUN(...) { return run([&] { __VA_ARGS__; }); }
#define ASK(failure, ...) { return ask(failure, [&] { return __VA_ARGS__; }); }

// Hands two results over at once: both or neither.
template <class Pair> void give(Pair&& pair, Tensor** first, Tensor** second)
{
    *first = new Tensor(std::get<0>(pair));
    *second = new Tensor(std::get<1>(pair));
}

#define PAIR(...) { return run([&] { give(__VA_ARGS__, first, second); }); }
