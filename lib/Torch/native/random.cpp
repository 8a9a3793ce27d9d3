// Random numbers and where they come from. A null generator is libtorch's own for the device.
#include "falwtorch.h"

using at::Generator;
#define OPTIONS int32_t dtype, int32_t device, int32_t index

FALW_API Generator* falw_generator(int32_t device, int32_t index, bool fresh, uint64_t seed)
{
    try {
        auto chosen = at::globalContext().defaultGenerator(device_of(device, index));
        if (!fresh) return new Generator(chosen);
        auto own = chosen.clone();
        own.set_current_seed(seed);
        return new Generator(own);
    }
    catch (...) { remember(); return nullptr; }
}

FALW_API void falw_generator_free(Generator* self) { delete self; }
FALW_API int32_t falw_manual_seed(int64_t seed) RUN(at::manual_seed(static_cast<uint64_t>(seed)))
FALW_API int32_t falw_generator_set_seed(Generator* self, int64_t seed) RUN(self->set_current_seed(static_cast<uint64_t>(seed)))
FALW_API int32_t falw_generator_seed(Generator* self, int64_t* seed) RUN(*seed = static_cast<int64_t>(self->seed()))
FALW_API int32_t falw_generator_initial_seed(Generator* self, int64_t* seed) RUN(*seed = static_cast<int64_t>(self->current_seed()))
FALW_API Tensor* falw_generator_state(Generator* self) MAKE(self->get_state())
FALW_API int32_t falw_generator_set_state(Generator* self, Tensor* state) RUN(self->set_state(*state))

FALW_API Tensor* falw_rand(const int64_t* size, int64_t n, Generator* generator, OPTIONS)
    MAKE(at::rand(ints(size, n), source(generator, device_of(device, index)), options(dtype, device, index)))
FALW_API Tensor* falw_randn(const int64_t* size, int64_t n, Generator* generator, OPTIONS)
    MAKE(at::randn(ints(size, n), source(generator, device_of(device, index)), options(dtype, device, index)))
FALW_API Tensor* falw_randint(int64_t low, int64_t high, const int64_t* size, int64_t n, Generator* generator, OPTIONS)
    MAKE(at::randint(low, high, ints(size, n), source(generator, device_of(device, index)), options(dtype, device, index)))
FALW_API Tensor* falw_randperm(int64_t n, Generator* generator, OPTIONS)
    MAKE(at::randperm(n, source(generator, device_of(device, index)), options(dtype, device, index)))

FALW_API Tensor* falw_bernoulli(Tensor* self, Generator* generator) MAKE(self->bernoulli(source(generator, self->device())))
FALW_API Tensor* falw_multinomial(Tensor* self, int64_t samples, bool replacement, Generator* generator)
    MAKE(self->multinomial(samples, replacement, source(generator, self->device())))
FALW_API Tensor* falw_poisson(Tensor* self, Generator* generator) MAKE(at::poisson(*self, source(generator, self->device())))
FALW_API Tensor* falw_normal(Tensor* mean, Tensor* std, Generator* generator)
    MAKE(at::normal(*mean, *std, source(generator, mean->device())))
FALW_API int32_t falw_bernoulli_(Tensor* self, double p, Generator* generator) RUN(self->bernoulli_(p, source(generator, self->device())))
FALW_API int32_t falw_bernoulli_tensor_(Tensor* self, Tensor* p, Generator* generator)
    RUN(self->bernoulli_(*p, source(generator, self->device())))
FALW_API int32_t falw_normal_(Tensor* self, double mean, double std, Generator* generator)
    RUN(self->normal_(mean, std, source(generator, self->device())))
FALW_API int32_t falw_uniform_(Tensor* self, double from, double to, Generator* generator)
    RUN(self->uniform_(from, to, source(generator, self->device())))
FALW_API int32_t falw_exponential_(Tensor* self, double rate, Generator* generator)
    RUN(self->exponential_(rate, source(generator, self->device())))
FALW_API int32_t falw_random_(Tensor* self, int64_t from, int64_t to, Generator* generator)
    RUN(self->random_(from, to, source(generator, self->device())))
