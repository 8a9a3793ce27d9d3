using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random numbers. Of its own, or libtorch's default one of a device.</summary>
    public class Generator : IDisposable
    {
        private readonly GeneratorHandle handle;

        public Generator(ulong seed = 0, Device? device = null) : this(device ?? CPU, fresh: true, seed) { }

        private Generator(Device device, bool fresh, ulong seed = 0)
        {
            InitializeDevice(device);
            this.device = device;
            handle = falw_generator((int)device.type, device.index, fresh, seed);
            if (handle.IsInvalid) throw Failure();
        }

        public static Generator Default => new(CPU, fresh: false);

        public Device device { get; }

        internal GeneratorHandle Handle => handle;

        public Generator manual_seed(long seed)
        {
            Check(falw_generator_set_seed(handle, seed));
            return this;
        }

        /// <summary>Seeds it from the machine's randomness and tells the seed.</summary>
        public long seed()
        {
            Check(falw_generator_seed(handle, out var seed));
            return seed;
        }

        public long initial_seed()
        {
            Check(falw_generator_initial_seed(handle, out var seed));
            return seed;
        }

        public Tensor get_state() => Wrap(falw_generator_state(handle));

        public void set_state(Tensor value) => Check(falw_generator_set_state(handle, value.Handle));

        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing) => handle.Dispose();
    }

    /// <summary>Seeds libtorch's default generators of every device.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static long seed() => random.seed();

    public static long initial_seed() => random.initial_seed();

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    public static partial class random
    {
        public static Generator manual_seed(long seed)
        {
            Check(falw_manual_seed(seed));
            return Generator.Default;
        }

        public static long seed() => Generator.Default.seed();

        public static long initial_seed() => Generator.Default.initial_seed();

        public static Tensor get_rng_state() => Generator.Default.get_state();

        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);
    }
}
