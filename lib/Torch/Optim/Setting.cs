namespace TorchSharp.Modules;

/// <summary>The settings an optimizer refuses.</summary>
internal static class Setting
{
    internal static void NotNegative(double value, string what)
    {
        if (value < 0) throw new ArgumentException(FormattableString.Invariant($"Invalid {what}: {value}. It must not be below zero."));
    }

    internal static void Share(double value, string what)
    {
        if (value is < 0 or >= 1) throw new ArgumentException(FormattableString.Invariant($"Invalid {what}: {value}. It must be in [0, 1)."));
    }
}
