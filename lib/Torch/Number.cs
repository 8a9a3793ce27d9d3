using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>A number as the shim takes it. Kind: 0 bool, 1 integer, 2 floating point.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Number(long Kind, long Whole, double Real)
{
    internal static Number Of(bool value) => new(0, value ? 1 : 0, 0);

    internal static Number Of(long value) => new(1, value, 0);

    internal static Number Of(double value) => new(2, 0, value);

    internal double AsDouble => Kind == 2 ? Real : Whole;

    internal long AsLong => Kind == 2 ? checked((long)Real) : Whole;
}
