using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What layers with parameters do alike.</summary>
internal static class Layers
{
    /// <summary>Sets a parameter or buffer: frees the old, takes the new out of its dispose scope and registers it.</summary>
    internal static void Replace<T>(ref T? field, T? value, Action<T?> register) where T : Tensor
    {
        if (ReferenceEquals(field, value) && value is not null) return;
        field?.Dispose();
        value?.DetachFromDisposeScope();
        field = value;
        register(value);
    }

    internal static void Start(Parameter weight, Parameter? bias)
    {
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is null) return;
        var fan = nn.init.CalculateFanInAndFanOut(weight).fanIn;
        var bound = fan > 0 ? 1 / Math.Sqrt(fan) : 0;
        nn.init.uniform_(bias, -bound, bound);
    }
}
