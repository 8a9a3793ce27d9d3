using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Steps of optimizers, all parameters of a group in one call.</summary>
internal static partial class Native
{
    /// <summary>As the shim's struct of this name.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Sgd(double Rate, double Momentum, double Dampening, double Decay, int Nesterov, int Maximize);

    /// <summary>As the shim's struct of this name.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Adam(double Rate, double Beta1, double Beta2, double Eps, double Decay, int Maximize, int Decoupled);

    [LibraryImport(Shim)]
    internal static partial int falw_sgd_step(
        ReadOnlySpan<nint> parameters, long count, ReadOnlySpan<nint> buffers, ReadOnlySpan<Flag> fresh, Sgd how);
    [LibraryImport(Shim)]
    internal static partial int falw_adam_step(
        ReadOnlySpan<nint> parameters, long count, ReadOnlySpan<nint> means, ReadOnlySpan<nint> squares, ReadOnlySpan<nint> peaks,
        Span<long> steps, Adam how);
    [LibraryImport(Shim)]
    internal static partial int falw_zero_grads(ReadOnlySpan<nint> parameters, long count);
    [LibraryImport(Shim)]
    internal static partial double falw_clip_grad_norm_(ReadOnlySpan<nint> parameters, long count, double limit, double p);
    [LibraryImport(Shim)]
    internal static partial int falw_clip_grad_value_(ReadOnlySpan<nint> parameters, long count, double limit);
}
