using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class cuda
    {
        public static bool is_available() => Answer(falw_cuda_is_available());

        public static bool is_cudnn_available() => Answer(falw_cudnn_is_available());

        public static int device_count() => (int)Count(falw_cuda_device_count());

        public static void manual_seed(long seed) => Check(falw_cuda_manual_seed(seed, all: false));

        public static void manual_seed_all(long seed) => Check(falw_cuda_manual_seed(seed, all: true));

        public static void synchronize(Device? device = null) => Check(falw_cuda_synchronize(device?.index ?? -1));

        internal static string WhyNot() => Answer(falw_cuda_is_built())
            ? "libtorch sees no usable GPU (driver missing, too old, or the device hidden)."
            : "this libtorch was built without CUDA; set FALW_LIBTORCH to one with it and build again.";
    }

    public static bool cuda_is_available() => cuda.is_available();

    public static partial class backends
    {
        public static partial class cuda
        {
            public static partial class matmul
            {
                public static bool allow_tf32
                {
                    get => Answer(falw_allow_tf32_matmul());
                    set => Check(falw_set_allow_tf32_matmul(value));
                }
            }
        }

        public static partial class cudnn
        {
            public static bool allow_tf32
            {
                get => Answer(falw_allow_tf32_cudnn());
                set => Check(falw_set_allow_tf32_cudnn(value));
            }
        }
    }
}
