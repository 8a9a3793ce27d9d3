using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Random numbers.</summary>
internal static partial class Native
{
    [LibraryImport(Shim)]
    internal static partial GeneratorHandle falw_generator(int device, int index, Flag fresh, ulong seed);
    [LibraryImport(Shim)]
    internal static partial void falw_generator_free(nint self);
    [LibraryImport(Shim)]
    internal static partial int falw_manual_seed(long seed);
    [LibraryImport(Shim)]
    internal static partial int falw_generator_set_seed(GeneratorHandle self, long seed);
    [LibraryImport(Shim)]
    internal static partial int falw_generator_seed(GeneratorHandle self, out long seed);
    [LibraryImport(Shim)]
    internal static partial int falw_generator_initial_seed(GeneratorHandle self, out long seed);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_generator_state(GeneratorHandle self);
    [LibraryImport(Shim)]
    internal static partial int falw_generator_set_state(GeneratorHandle self, TensorHandle state);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_rand(
        ReadOnlySpan<long> size, long n, GeneratorHandle generator, int dtype, int device, int index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_randn(
        ReadOnlySpan<long> size, long n, GeneratorHandle generator, int dtype, int device, int index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_randint(
        long low, long high, ReadOnlySpan<long> size, long n, GeneratorHandle generator, int dtype, int device, int index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_randperm(long n, GeneratorHandle generator, int dtype, int device, int index);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_bernoulli(TensorHandle self, GeneratorHandle generator);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_multinomial(TensorHandle self, long samples, Flag replacement, GeneratorHandle generator);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_poisson(TensorHandle self, GeneratorHandle generator);
    [LibraryImport(Shim)]
    internal static partial TensorHandle falw_normal(TensorHandle mean, TensorHandle std, GeneratorHandle generator);
    [LibraryImport(Shim)]
    internal static partial int falw_bernoulli_(TensorHandle self, double p, GeneratorHandle generator);
    [LibraryImport(Shim)]
    internal static partial int falw_bernoulli_tensor_(TensorHandle self, TensorHandle p, GeneratorHandle generator);
    [LibraryImport(Shim)]
    internal static partial int falw_normal_(TensorHandle self, double mean, double std, GeneratorHandle generator);
    [LibraryImport(Shim)]
    internal static partial int falw_uniform_(TensorHandle self, double from, double to, GeneratorHandle generator);
    [LibraryImport(Shim)]
    internal static partial int falw_exponential_(TensorHandle self, double rate, GeneratorHandle generator);
    [LibraryImport(Shim)]
    internal static partial int falw_random_(TensorHandle self, long from, long to, GeneratorHandle generator);
}
