// The machine under the tensors: threads, devices, versions and the switches of the backends.
#include "falwtorch.h"

#include <ATen/Parallel.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/cuda.h>
#include <torch/version.h>

FALW_API const char* falw_version() { return TORCH_VERSION; }
FALW_API int32_t falw_num_threads() ASK(-1, at::get_num_threads())
FALW_API int32_t falw_set_num_threads(int32_t count) RUN(at::set_num_threads(count))
FALW_API int32_t falw_num_interop_threads() ASK(-1, at::get_num_interop_threads())
FALW_API int32_t falw_set_num_interop_threads(int32_t count) RUN(at::set_num_interop_threads(count))

FALW_API int32_t falw_cuda_is_available() ASK(-1, torch::cuda::is_available() ? 1 : 0)
FALW_API int32_t falw_cudnn_is_available() ASK(-1, torch::cuda::cudnn_is_available() ? 1 : 0)
FALW_API int32_t falw_cuda_device_count() ASK(-1, torch::cuda::device_count())
FALW_API int32_t falw_cuda_manual_seed(int64_t seed, bool all)
    RUN(all ? torch::cuda::manual_seed_all(static_cast<uint64_t>(seed)) : torch::cuda::manual_seed(static_cast<uint64_t>(seed)))
FALW_API int32_t falw_cuda_synchronize(int64_t index) RUN(torch::cuda::synchronize(index))
FALW_API int32_t falw_cuda_is_built() ASK(-1, at::hasCUDA() ? 1 : 0)

// The calling thread's kernels queue behind each other and no longer behind those of other threads. No CUDA header is needed for it.
FALW_API int32_t falw_own_stream(int32_t device, int32_t index)
    RUN(const auto place = device_of(device, index); if (place.is_cuda()) {
        const c10::impl::VirtualGuardImpl guard(place.type());
        guard.exchangeStream(guard.getStreamFromGlobalPool(place.has_index() ? place : guard.getDevice()));
    })

// Newer versions refuse to answer when the same thing was also set in their new way.
FALW_API int32_t falw_allow_tf32_matmul() ASK(-1, at::globalContext().allowTF32CuBLAS() ? 1 : 0)
FALW_API int32_t falw_set_allow_tf32_matmul(bool value) RUN(at::globalContext().setAllowTF32CuBLAS(value))
FALW_API int32_t falw_allow_tf32_cudnn() ASK(-1, at::globalContext().allowTF32CuDNN() ? 1 : 0)
FALW_API int32_t falw_set_allow_tf32_cudnn(bool value) RUN(at::globalContext().setAllowTF32CuDNN(value))
